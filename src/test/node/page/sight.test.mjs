// Which connections the server's view shows. Run by PageModelIT, beside a copy of webapp.
import { newest, opened, settled, sockets, watched } from "./sockets.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lab } from "./webapp/lab/lab.js";
import { Stage } from "./webapp/lessons/stage.js";

const PAGE = "http://localhost:8080/";

const start = () => new Lab(PAGE);

test("a connection opened under the server's view is seen until that ends", async () => {
  const lab = start();
  const inspector = await watched(lab);
  const old = opened(lab);
  assert.deepEqual([lab.sees(old), lab.misses(old)], [true, false]);
  inspector.end();
  assert.deepEqual([lab.sees(old), lab.misses(old)], [false, true]);
  await watched(lab);
  const young = opened(lab, "B");
  assert.deepEqual([lab.sees(old), lab.misses(old)], [false, true]);
  assert.deepEqual([lab.sees(young), lab.misses(young)], [true, false]);
});

test("a connection that is older than the server's view is missed", async () => {
  const lab = start();
  const early = opened(lab);
  assert.deepEqual([lab.sees(early), lab.misses(early)], [false, false]);
  await watched(lab);
  assert.deepEqual([lab.sees(early), lab.misses(early)], [false, true]);
});

test("neither another server's connection nor one where nothing shows frames is missed", async () => {
  const lab = start();
  const inspector = await watched(lab);
  const foreign = opened(lab, "A", "ws://elsewhere.test/");
  assert.deepEqual([lab.sees(foreign), lab.misses(foreign)], [false, false]);
  inspector.end();
  const appServer = start();
  const early = opened(appServer);
  await watched(appServer, { frames: false });
  assert.deepEqual([appServer.sees(early), appServer.misses(early)], [false, false]);
});

test("a connection too many for the server's view is not seen", async () => {
  const lab = start();
  const inspector = await watched(lab);
  const connection = opened(lab);
  inspector.hear({ type: "events", list: [{ event: "lost", connection, frames: 0 }] });
  assert.equal(lab.sees(connection), false);
});

test("a command for a connection that is not watched says to connect again", async () => {
  const lab = start();
  const early = opened(lab);
  const inspector = await watched(lab);
  await assert.rejects(lab.ask({ type: "ping", connection: early, payload: "" }), /Try: connect again/);
  assert.equal(inspector.sent.length, 1);
  inspector.end();
  await assert.rejects(lab.ask({ type: "ping", connection: early, payload: "" }), /Try: connect again/);
});

test("who wants to know hears of each begin and end of the server's view", async () => {
  const lab = start();
  const heard = [];
  lab.onwatching(() => heard.push(lab.watching !== null));
  (await watched(lab)).end();
  await watched(lab);
  assert.deepEqual(heard, [true, false, true]);
});

test("a lesson opens a connection of its own where that of the page is not seen", async () => {
  const lab = start();
  opened(lab);
  await watched(lab);
  const line = new Stage(lab, () => {}).echo();
  await settled();
  newest().open();
  const { connection } = await line;
  assert.equal(connection, 2);
  assert.equal(lab.sees(connection), true);
});

test("two buttons of a lesson pressed together share the connection that the first opens", async () => {
  const lab = start();
  await watched(lab);
  const stage = new Stage(lab, () => {});
  const before = sockets.length;
  const lines = Promise.all([stage.echo(), stage.echo()]);
  await settled();
  assert.equal(sockets.length, before + 1);
  newest().open();
  const [one, other] = await lines;
  one.send("1");
  other.send("2");
  assert.deepEqual(newest().sent, ["1", "2"]);
});

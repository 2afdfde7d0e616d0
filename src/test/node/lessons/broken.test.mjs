// What the page says of frames that break a rule. Run by LessonJudgesIT, beside a copy of webapp.
import "./files.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { sameIn } from "./webapp/pane/samein.js";
import { describe } from "./webapp/ui/describe.js";
import { diagnose } from "./webapp/ui/diagnosis.js";
import { utf8 } from "./webapp/wire/bytes.js";
import { diagnoseRule } from "./webapp/wire/explain.js";
import { isLimit } from "./webapp/wire/limits.js";
import { loadWords } from "./webapp/wire/words.js";
import { close, up } from "./rows.mjs";

const words = await loadWords();
const rule = (name, group = "frame") => diagnoseRule(words, name, group);
const URL = "ws://localhost/echo";

/** What is said of a connection with this frame, which ended so. */
const said = (broken, close) => diagnose({ status: 101, opened: true, byUs: false, ended: null, broken, close }, rule);

test("the limits of a receiver are those that end with 1008 or 1009", () => {
  const limits = words.rules.frame.filter(({ closeCode }) => [1008, 1009].includes(closeCode)).map(({ name }) => name);
  assert.deepEqual(words.rules.frame.map(({ name }) => name).filter(isLimit), limits);
});

test("a message over the limit breaks no protocol, and any client may send it", () => {
  const row = up(1, "Hello", { broken: "MESSAGE_TOO_BIG" });
  assert.equal(said(row, { code: 1009, reason: "", wasClean: true }).title, "The receiver’s limit was reached");
  assert.match(describe(row).text, /^beyond the limit/);
  assert.equal(sameIn(row, utf8("Hello"), URL)[0].code, 'socket.send("Hello");');
});

test("a broken frame that the browser let pass is not said to have ended the connection", () => {
  const row = { ...close("received", 2000), broken: "CLOSE_CODE_INVALID" };
  const ending = { code: 2000, reason: "", wasClean: true };
  assert.equal(said(row, ending).title, "A frame breaks the standard; your browser let it pass");
  assert.equal(said(row, { ...ending, wasClean: false }).title, "A frame broke the protocol");
  assert.equal(said({ ...row, direction: "sent" }, ending).title, "A frame broke the protocol");
});

test("what no conforming client sends is said to be that", () => {
  const row = close("sent", 1005);
  row.broken = "CLOSE_CODE_INVALID";
  assert.equal(said(row, { code: 1006, reason: "", wasClean: false }).title, "A frame broke the protocol");
  assert.match(sameIn(row, row.frame.payload, URL)[0].code, /No conforming client/);
});

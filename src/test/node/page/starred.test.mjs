// What leaves the page without the mark of its connections. Run by PageModelIT, beside a copy of webapp.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sameIn } from "./webapp/pane/samein.js";
import { exportJson } from "./webapp/ui/exporting.js";
import { toHex, utf8 } from "./webapp/wire/bytes.js";

const KEY = "0123456789abcdef0123456789abcdef";
const STARS = "*".repeat(32);

const request = utf8(`GET /echo?lab=${KEY}.7 HTTP/1.1\r\nHost: localhost\r\n\r\n`);
const response = utf8("HTTP/1.1 101 Switching Protocols\r\n\r\n");
const row = { kind: "handshake", connection: 7, request, response, url: "ws://localhost/echo" };
const hidden = toHex(utf8(`/echo?lab=${STARS}.7 HTTP/1.1`));

test("an export has stars for the mark, in heads and in addresses, and tells all else", () => {
  globalThis.location = { href: `http://localhost/?url=ws%3A%2F%2Flocalhost%2Fecho%3Flab%3D${KEY}.7` };
  const text = exportJson({ watching: { frames: true }, dropped: 0, rows: [row] });
  assert.ok(!text.includes(KEY) && !text.includes(toHex(utf8(KEY))));
  const { page, rows } = JSON.parse(text);
  assert.ok(page.endsWith(`lab%3D${STARS}.7`));
  assert.ok(rows[0].request.includes(hidden));
  assert.equal(rows[0].request.length, toHex(request).length);
  assert.equal(rows[0].response, toHex(response));
});

test("the hex of a handshake that is copied has stars for the mark", () => {
  const { code } = sameIn(row, null, row.url).find(({ id }) => id === "hex");
  assert.ok(code.replaceAll("\n", " ").includes(hidden));
  assert.equal(new TextDecoder().decode(request).includes(KEY), true);
});

// What the page makes of the inspector's events. Run by LessonJudgesIT, beside a copy of webapp.
import "./files.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Trace } from "./webapp/lab/trace.js";
import { meaningOf } from "./webapp/pane/meaning.js";
import { describe } from "./webapp/ui/describe.js";
import { fromHex, toBase64, utf8 } from "./webapp/wire/bytes.js";
import { explainFrame } from "./webapp/wire/explain.js";
import { loadWords } from "./webapp/wire/words.js";

const words = await loadWords();
const AGREED = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

/** The row of a frame with RSV1 from the server, behind a 101 with these headers. */
function rowOf(hex, { headers = "", ...fields }) {
  const rows = { list: [], add(row) { this.list.push(row); return row; }, update: (row, change) => change(row) };
  const trace = new Trace({ connection: 1, client: "A", url: "ws://localhost/", openedAt: 0 });
  const take = (event) => trace.take({ connection: 1, at: 1, ...event }, rows);
  const head = (text) => ({ length: text.length, text: toBase64(utf8(text)) });
  const [request, response] = [head("GET / HTTP/1.1\r\n\r\n"), head(`HTTP/1.1 101 x\r\n${headers}\r\n`)];
  take({ event: "handshake", request: request.text, length: request.length, partner: false, secure: false });
  take({ event: "answer", response: response.text, length: response.length });
  const bytes = fromHex(hex);
  take({ event: "frame", number: 1, from: "server", bytes: toBase64(bytes), length: bytes.length, ...fields });
  return rows.list.at(-1);
}

test("a text with RSV1 where nothing was agreed is not called compressed", () => {
  const row = rowOf("c1 05 48 65 6c 6c 6f", { broken: "RESERVED_BIT_SET" });
  assert.equal(row.compressed, false);
  assert.match(meaningOf(words, row, row.frame.payload), /: “Hello”\.$/);
  const pieces = explainFrame(words, row.bytes, row.message, !row.compressed);
  assert.match(pieces.at(-1).sentence, /^The character 'o',/);
});

test("where permessage-deflate was agreed, RSV1 says compressed, also beside another reserved bit", () => {
  assert.equal(rowOf("c1 02 f3 00", { headers: AGREED }).compressed, true);
  const row = rowOf("e1 02 f3 00", { headers: AGREED, broken: "RESERVED_BIT_SET" });
  assert.equal(row.compressed, true);
  assert.match(describe({ ...row, broken: undefined }).text, /^compressed f3 00/);
});

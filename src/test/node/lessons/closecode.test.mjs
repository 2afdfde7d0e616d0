// What the page says of close codes. Run by LessonJudgesIT, beside a copy of webapp.
import "./files.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCode, parseReason } from "./webapp/closecode.js";
import { explainClose } from "./webapp/ended.js";
import { loadWords } from "./webapp/wire/words.js";

await loadWords();

const clean = (code, byUs) => explainClose({ code, wasClean: true, opened: true, byUs });

test("a Close frame without a code is not said to carry 1005", () => {
  assert.match(clean(1005, false), /^Closed cleanly\. The server said goodbye without a code/);
  assert.match(clean(1005, true), /^Closed cleanly\. You said goodbye \(without a code\)/);
  assert.match(clean(1001, false), /^Closed cleanly\. The server said goodbye with 1001 \(going away\)/);
});

test("a code that a page may not send is refused with who sends it", () => {
  assert.throws(() => parseCode("1001"), /1001 is sent by the browser itself when the page is left, or by a server\./);
  for (const code of [1008, 1011]) {
    assert.throws(() => parseCode(String(code)), /is not for a page to send\./);
  }
});

test("a page may close without a code, but then without a reason, too", () => {
  assert.equal(parseCode(" "), null);
  assert.equal(parseReason("", null), "");
  assert.throws(() => parseReason("bye", null), /A reason stands behind a code/);
  assert.equal(parseReason("bye", 1000), "bye");
});

// A row in one line. Run by PageModelIT, beside a copy of webapp.
import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "./webapp/ui/describe.js";
import { utf8 } from "./webapp/wire/bytes.js";
import { makeFrame, readFrame } from "./webapp/wire/frame.js";

const text = (payload) => {
  const bytes = makeFrame({ opcode: 1, payload });
  return { kind: "frame", direction: "received", number: 1, bytes, length: bytes.length, frame: readFrame(bytes), message: 1 };
};

const plain = (number) => describe(text(utf8("x".repeat(number)))).text;

for (const character of ["é", "€", "🙂"]) {
  test(`a long text is shown as text wherever the end of the line cuts ${character}`, () => {
    const length = utf8(character).length;
    for (let inside = 1; inside < length; inside++) {
      const before = "x".repeat(160 - inside);
      assert.equal(describe(text(utf8(`${before}${character} and more`))).text, JSON.stringify(before));
      // Nothing of the cut character is left for the next row.
      assert.equal(plain(3), '"xxx"');
    }
  });
}

test("what is no UTF-8 is shown in hex, and the next text as text", () => {
  assert.equal(describe(text(Uint8Array.of(0xff, 0x61))).text, "ff 61");
  assert.equal(plain(1), '"x"');
});

test("a row that cannot be told says so instead of throwing", (context) => {
  const error = context.mock.method(console, "error", () => {});
  const { tone, text: told } = describe({ kind: "frame", direction: "sent" });
  assert.equal(tone, "failure");
  assert.match(told, /^this page cannot tell this row: /);
  assert.equal(error.mock.callCount(), 1);
});

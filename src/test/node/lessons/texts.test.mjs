// The texts of the lessons, and what happens without them. Run by LessonJudgesIT, beside a copy of webapp.
import "./files.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { TEXTS } from "./webapp/lessons/texts.js";

test("there are twenty, in their order", () => {
  assert.deepEqual(TEXTS.map(({ id }) => id), Array.from({ length: 20 }, (_, i) => i + 1));
});

test("a server that does not have them is an error that says so", async () => {
  const { fetch } = globalThis;
  globalThis.fetch = async () => new Response("", { status: 404 });
  try {
    // Another address is another module: it is loaded anew.
    const { loadTexts } = await import("./webapp/lessons/source.js?missing");
    await assert.rejects(loadTexts(), /expected 200 from .*lessons\.json, got 404/);
  } finally {
    globalThis.fetch = fetch;
  }
});

test("lesson 13 promises no delivery, and says that close() ends onmessage", () => {
  const { sentence, after } = TEXTS[12];
  assert.doesNotMatch(sentence, /nothing was lost/);
  assert.match(sentence, /no crash/);
  assert.match(after.join(" "), /After close\(\) a page gets no onmessage any more/);
  assert.doesNotMatch(after.join(" "), /goes on reading/);
});

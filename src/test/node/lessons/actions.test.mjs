// What the buttons of the lessons need. Run by LessonJudgesIT, beside a copy of webapp.
import "./files.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { LESSONS } from "./webapp/lessons/lessons.js";

/** The first path that an action asks for; null if it asks for none. */
async function pathOf({ run }) {
  let asked = null;
  const ask = async (path) => {
    asked ??= path;
    throw new Error("asked");
  };
  const stage = {
    lab: { watching: {}, url: () => "ws://localhost/echo", raw: ({ path }) => ask(path) },
    echo: () => ask("/echo"), open: ask, attempt: ask, note() {},
  };
  await Promise.resolve(run(stage)).catch(() => {});
  return asked;
}

test("an action is marked as a fault if, and only if, it asks for one", async () => {
  const actions = LESSONS.flatMap((lesson) => lesson.actions.map((action) => ({ lesson: lesson.id, ...action })));
  for (const action of actions) {
    const isFault = (await pathOf(action))?.startsWith("/fault/") ?? false;
    assert.equal(action.fault === true, isFault, `lesson ${action.lesson}: ${action.label}`);
  }
  assert.ok(actions.some(({ fault }) => fault));
});

// Where a learner is in the course, and what is kept. Run by LessonJudgesIT, beside a copy of webapp.
import "./files.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Course } from "./webapp/lessons/course.js";
import { FAST_TRACK, LESSONS, linkOf } from "./webapp/lessons/lessons.js";
import { down, handshake, up } from "./rows.mjs";

const page = { search: "" };

/** As much of the page's Lab as a course needs. */
class FakeLab {
  rows = [];
  watching = { frames: true };
  #listeners = [];
  #onwatching = [];
  onwatching(listener) {
    this.#onwatching.push(listener);
  }
  show(watching) {
    this.watching = watching;
    this.#onwatching.forEach((listener) => listener());
  }
  async watch() {
    return this.watching;
  }
  subscribe(listener) {
    this.#listeners.push(listener);
  }
  add(...rows) {
    this.rows.push(...rows);
    rows.forEach((row) => this.#listeners.forEach((listener) => listener(row)));
  }
  update(row) {
    this.#listeners.forEach((listener) => listener({ kind: "update", row }));
  }
}

class FakeStore {
  texts = new Map();
  getItem(name) {
    return this.texts.get(name) ?? null;
  }
  setItem(name, text) {
    this.texts.set(name, text);
  }
}

const denied = {
  getItem() { throw new Error("denied"); },
  setItem() { throw new Error("denied"); },
};

const start = (store = new FakeStore(), at = page) => {
  const lab = new FakeLab();
  return { lab, store, course: new Course(lab, { store, page: at }) };
};

const both = [up(1, "Hello"), down(1, "Hello")];

test("a course tells that the server's view has ended or begun", () => {
  const { lab, course } = start();
  const heard = [];
  course.subscribe(({ kind }) => heard.push([kind, course.scene.frames]));
  lab.show(null);
  lab.show({ frames: true });
  assert.deepEqual(heard, [["seeing", false], ["seeing", true]]);
});

test("every lesson has all its parts", () => {
  assert.deepEqual(LESSONS.map(({ id }) => id), Array.from({ length: 20 }, (_, i) => i + 1));
  for (const lesson of LESSONS) {
    for (const part of ["title", "do", "see", "sentence", "done", "hint", "challenge"]) {
      assert.ok(lesson[part]?.length > 0, `lesson ${lesson.id}: ${part}`);
    }
    assert.ok(lesson.why.length > 0 && lesson.after.length > 0 && lesson.links.length > 0, `lesson ${lesson.id}`);
    assert.ok(lesson.steps.length > 0 && lesson.actions.length > 0, `lesson ${lesson.id}`);
    assert.ok(lesson.minutes <= 3, `lesson ${lesson.id}`);
    assert.ok(lesson.links.every((link) => linkOf(link).href.startsWith("https://")), `lesson ${lesson.id}`);
    assert.ok(!JSON.stringify(lesson).match(/`[^`]*$/) || JSON.stringify(lesson).split("`").length % 2 === 1, `lesson ${lesson.id}: backquotes in pairs`);
  }
});

test("what happened before the lesson counts only where the page does it by itself", () => {
  const { lab, course } = start();
  lab.add(...both);
  course.go(1);
  assert.equal(course.mark(1), "done");
  course.go(5);
  assert.deepEqual(course.progress(5).seen, {});
});

test("a lesson is done once its last step is seen, and stays done", () => {
  const { lab, course } = start();
  const told = [];
  course.subscribe(({ kind, id, step }) => told.push([kind, id, step].filter(Boolean).join(" ")));
  course.go(1);
  lab.add(...both, ...both);
  assert.deepEqual(told.filter((line) => !line.startsWith("progress")), ["moved 1", "step 1 up", "step 1 down", "done 1"]);
  course.again();
  assert.equal(course.mark(1), "done");
  assert.deepEqual(course.progress(1).seen, {});
});

test("a handshake counts when its answer comes", () => {
  const { lab, course } = start();
  course.go(3);
  const row = handshake([], null);
  lab.add(row);
  assert.equal(course.mark(3), "open");
  lab.update({ ...row, status: 101, response: new TextEncoder().encode("HTTP/1.1 101 x\r\n\r\n") });
  assert.equal(course.mark(3), "done");
});

test("marks, place and track outlive the page", () => {
  const { lab, course, store } = start();
  course.go(1);
  lab.add(...both);
  course.next();
  course.skip();
  course.track = "fast";
  const later = new Course(new FakeLab(), { store, page });
  assert.deepEqual([later.mark(1), later.mark(2), later.mark(3), later.place, later.track], ["done", "skipped", "open", 3, "fast"]);
  assert.equal(later.current, null);
});

test("two tabs keep each other's marks", () => {
  const store = new FakeStore();
  const [one, other] = [start(store), start(store)];
  one.course.go(1);
  one.lab.add(...both);
  other.course.go(2);
  other.course.skip();
  one.course.go(5);
  const later = start(store).course;
  assert.deepEqual([later.mark(1), later.mark(2), later.place], ["done", "skipped", 5]);
});

test("a mark of another tab is heard", () => {
  const listeners = [];
  globalThis.addEventListener = (kind, listener) => kind === "storage" && listeners.push(listener);
  const { course, store } = start();
  delete globalThis.addEventListener;
  const told = [];
  course.subscribe(({ kind }) => told.push(kind));
  store.setItem("wscratch.lessons", '{"done":[3]}');
  listeners.forEach((listener) => listener({ key: "wscratch.lessons" }));
  assert.deepEqual([course.mark(3), told], ["done", ["progress"]]);
  listeners.forEach((listener) => listener({ key: "something.else" }));
  assert.deepEqual(told, ["progress"]);
});

test("the fast track goes from one to the next of its own", () => {
  const { course } = start();
  course.track = "fast";
  assert.deepEqual(course.lessons.map(({ id }) => id), FAST_TRACK);
  course.go(1);
  const way = FAST_TRACK.slice(1).map(() => (course.next(), course.current));
  assert.deepEqual(way, FAST_TRACK.slice(1));
  course.next();
  assert.equal(course.current, 13);
});

test("a lesson that does not exist is not gone to", () => {
  const { course } = start();
  course.go(21);
  course.go(Number.NaN);
  assert.equal(course.current, null);
});

test("without a store the course works, and says that it forgets", () => {
  for (const store of [denied, null]) {
    const { lab, course } = start(store);
    course.go(1);
    lab.add(...both);
    assert.equal(course.mark(1), "done");
    assert.equal(course.keeps, false);
  }
});

test("a damaged store is a new beginning", () => {
  for (const text of ["{", "null", "[]", '"x"', '{"done":"all","current":"x","track":7}', '{"done":[1,"2",null,1]}']) {
    const store = new FakeStore();
    store.setItem("wscratch.lessons", text);
    const { course } = start(store);
    assert.ok(Array.isArray(course.done) && course.done.length < 2, text);
    assert.equal(course.place, 1);
    course.go(2);
    assert.equal(course.keeps, true);
  }
});

test("marks travel by the address to the page over https", () => {
  const way = { protocol: "https:", search: "?lessons=1,3,99,x", hash: "#/lesson/20" };
  assert.deepEqual(start(new FakeStore(), way).course.done, [1, 3]);
});

test("no other link makes marks", () => {
  const way = { protocol: "https:", search: "?lessons=1,3", hash: "#/lesson/20" };
  for (const other of [{ ...way, protocol: "http:" }, { ...way, hash: "" }, { ...way, hash: "#/lesson/2" }]) {
    assert.deepEqual(start(new FakeStore(), other).course.done, []);
  }
});

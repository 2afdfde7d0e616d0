// Which mark the page's connections carry. Run by LessonJudgesIT, beside a copy of webapp.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lab } from "./webapp/lab/lab.js";

const FOREIGN = `lab=${"f".repeat(32)}.1`;

/** Where the page really connects to: the inspector answers "watching", or there is none. */
async function dialled(url, { watched }) {
  const urls = [];
  globalThis.WebSocket = class extends EventTarget {
    static CLOSED = 3;
    readyState = 0;
    constructor(target) {
      super();
      urls.push(target);
      const inspects = target.endsWith("/inspect");
      if (inspects && watched) {
        queueMicrotask(() => this.dispatchEvent(Object.assign(new Event("message"), { data: '{"type":"watching"}' })));
      } else if (inspects) {
        queueMicrotask(() => this.dispatchEvent(new Event("close")));
      }
    }
    send() {}
  };
  const lab = new Lab("http://localhost:8080/");
  assert.equal((await lab.watch()) !== null, watched);
  lab.connect({ url });
  return urls.at(-1);
}

test("a mark of somebody else's in a deep link is never sent, whether the page watches or not and wherever it leads", async () => {
  for (const watched of [true, false]) {
    for (const server of ["ws://localhost:8080", "ws://elsewhere.test"]) {
      for (const mark of [FOREIGN, `%6cab=${"f".repeat(32)}%2e1`, `${FOREIGN}&${FOREIGN}`]) {
        const url = await dialled(`${server}/echo?a=%20b&${mark}&c`, { watched });
        assert.ok(!url.includes("ffff"), url);
        assert.ok(url.startsWith(`${server}/echo?a=%20b&c`), url);
      }
    }
  }
});

test("a URL without a mark stays as it is where the page does not watch", async () => {
  const url = "ws://elsewhere.test/echo?lab=mine&x=%7e";
  assert.equal(await dialled(url, { watched: true }), url);
});

test("the page's own connections carry its own mark", async () => {
  assert.match(await dialled("ws://localhost:8080/echo", { watched: true }), /\/echo\?lab=[0-9a-f]{32}\.1$/);
});

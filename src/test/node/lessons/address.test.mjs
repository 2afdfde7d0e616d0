// Which addresses a page may connect to. Run by LessonJudgesIT, beside a copy of webapp.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAddress } from "./webapp/address.js";

const PAGE = "https://localhost:8443/";

test("a page that came by https may open ws: to its own machine", () => {
  for (const url of ["ws://localhost:8080/echo", "ws://127.0.0.1:8080/echo", "ws://[::1]:8080/echo", "ws://a.localhost/"]) {
    assert.equal(parseAddress(url, PAGE), url);
  }
});

test("and to no other", () => {
  for (const url of ["ws://a.test/", "ws://localhost.test/", "ws://127.0.0.1.test/"]) {
    assert.throws(() => parseAddress(url, PAGE), /except to this machine\. Try: wss:/);
  }
});

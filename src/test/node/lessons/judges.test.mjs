// What counts for each lesson, and what must not. Run by LessonJudgesIT, beside a copy of webapp.
import "./files.mjs";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { judge } from "./webapp/lessons/judge.js";
import { LESSONS, lessonOf } from "./webapp/lessons/lessons.js";
import { close, down, ended, event, frame, handshake, noted, opened, up } from "./rows.mjs";

const FRAMES = { frames: true };
const NO_FRAMES = { frames: false };

const seen = (id, rows, scene = FRAMES) => Object.keys(judge(lessonOf(id), rows, scene).seen);
const isDone = (id, rows, scene = FRAMES) => judge(lessonOf(id), rows, scene).done;
const OK = "HTTP/1.1 101 Switching Protocols";
const KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
const repeat = (times, row) => Array.from({ length: times }, (_, i) => row(i));
const clean = (code) => event("onclose", { code, reason: "", wasClean: true });
const unclean = (connection = 1) => event("onclose", { code: 1006, reason: "", wasClean: false }, connection);

describe("every lesson", () => {
  test("begins with nothing seen, and is done by nothing", () => {
    for (const { id } of LESSONS) {
      assert.deepEqual(seen(id, []), []);
      assert.equal(isDone(id, []), false);
    }
  });
  test("is not moved by rows that say little", () => {
    const rows = [
      { id: 1, kind: "note", connection: null, client: null, text: "x" },
      { id: 2, kind: "lost", connection: 1, client: "A", frames: 3 },
      { id: 3, kind: "frame", connection: 1, client: "A", direction: "sent", bytes: Uint8Array.of(1), length: 1, frame: null, cut: true },
      { id: 4, kind: "handshake", connection: 1, client: "A", request: new Uint8Array(), response: null, status: null },
      { id: 5, kind: "bytes", connection: 1, client: "A", direction: "received", bytes: Uint8Array.of(1), length: 1 },
      up(8, []), down(8, []), ended({}),
    ];
    for (const { id } of LESSONS) {
      assert.equal(isDone(id, rows), false, `lesson ${id}`);
    }
  });
  test("keeps a bounded memory of ten thousand frames", () => {
    const rows = repeat(10_000, (i) => (i % 2 ? down : up)(1 + (i % 4 > 1), `message ${i}`, { connection: i % 100 }));
    for (const lesson of LESSONS) {
      const { memory } = judge(lesson, rows, FRAMES);
      assert.ok(JSON.stringify(memory).length < 200_000, `lesson ${lesson.id}`);
    }
  });
});

describe("1", () => {
  const sent = frame("sent", "81 85 37 fa 21 3d 7f 9f 4d 51 58");
  test("the RFC's Hello and its echo", () => assert.ok(isDone(1, [sent, frame("received", "81 05 48 65 6c 6c 6f")])));
  test("the seed's echo", () => assert.ok(isDone(1, [sent, down(1, "Echo: Hello")])));
  test("not another answer", () => assert.deepEqual(seen(1, [sent, down(1, "hello")]), ["up"]));
  test("not an echo on another connection", () => assert.deepEqual(seen(1, [sent, down(1, "Hello", { connection: 2 })]), ["up"]));
  test("not the partner's frame", () => assert.deepEqual(seen(1, [up(1, "Hello", { client: "partner" })]), []));
});

describe("2", () => {
  const talk = opened("/talk");
  const poll = () => noted("poll", { requestBytes: 500, responseBytes: 200 });
  const time = () => down(1, '{"type":"time","time":1,"skipped":0}');
  test("ten polls and ten messages", () => assert.ok(isDone(2, [talk, ...repeat(10, poll), ...repeat(10, time)])));
  test("not echoes of the same", () => assert.deepEqual(seen(2, [opened("/echo"), ...repeat(10, time)]), []));
  test("not nine of either", () => assert.deepEqual(seen(2, [talk, ...repeat(9, poll), ...repeat(9, time)]), []));
  test("not other messages", () => assert.deepEqual(seen(2, [talk, ...repeat(20, () => down(1, "Hello"))]), []));
  test("adds up the bytes", () =>
    assert.equal(judge(lessonOf(2), repeat(10, poll), FRAMES).seen.polled.text, "10 polls moved 7,000 bytes"));
  test("by onmessage where no frames are seen", () =>
    assert.ok(isDone(2, [talk, ...repeat(10, poll), ...repeat(10, () => event("onmessage", { data: '{"type":"time"}' }))], NO_FRAMES)));
});

describe("3", () => {
  test("101", () => assert.ok(isDone(3, [handshake([KEY], [OK])])));
  test("not a request without its answer", () => assert.deepEqual(seen(3, [handshake([KEY], null)]), ["asked"]));
  test("not a refusal", () => assert.deepEqual(seen(3, [handshake([KEY], ["HTTP/1.1 403 Forbidden"])]), ["asked"]));
});

describe("4", () => {
  const good = handshake([KEY], [OK, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="]);
  const bad = handshake([KEY], [OK, "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA="],
    { connection: 2, url: "ws://localhost:8080/fault/bad-accept" });
  const address = opened("/fault/bad-accept", 2);
  test("a good one and a bad one that is refused", () => assert.ok(isDone(4, [good, address, bad, unclean(2)])));
  test("also when the browser's end is told first", () => assert.ok(isDone(4, [good, address, unclean(2), bad])));
  test("not two good ones", () => assert.deepEqual(seen(4, [good, good]), ["good"]));
  test("not a bad one that opened", () =>
    assert.deepEqual(seen(4, [address, bad, event("onopen", {}, 2), unclean(2)]), ["bad"]));
});

describe("5", () => {
  const answer = down(1, "Hello");
  test("two keys and an answer", () =>
    assert.ok(isDone(5, [up(1, "Hello"), answer, up(1, "Hello", { key: [1, 2, 3, 4] })])));
  test("not one key", () => assert.deepEqual(seen(5, [up(1, "Hello"), up(1, "Hello"), answer]), ["first", "answer"]));
  test("not two texts", () =>
    assert.deepEqual(seen(5, [up(1, "Hello"), up(1, "hello", { key: [1, 2, 3, 4] })]), ["first"]));
  test("not two empty ones", () => assert.deepEqual(seen(5, [up(1, ""), up(1, "", { key: [1, 2, 3, 4] })]), []));
});

describe("6", () => {
  test("text and binary", () => assert.ok(isDone(6, [up(1, "Hello"), up(2, [0, 255, 16])])));
  test("not two texts", () => assert.deepEqual(seen(6, [up(1, "a"), up(1, "b")]), ["text"]));
  test("not what came down", () => assert.deepEqual(seen(6, [down(1, "a"), down(2, "b")]), []));
});

describe("7", () => {
  const both = (n) => [up(2, new Uint8Array(n)), down(2, new Uint8Array(n))];
  test("all four", () => assert.ok(isDone(7, [125, 126, 65_535, 65_536].flatMap(both))));
  test("shows the header of the echo", () => {
    const found = judge(lessonOf(7), [125, 126, 65_535, 65_536].flatMap(both), FRAMES).seen;
    assert.deepEqual(Object.values(found).map(({ bytes }) => bytes),
      ["82 7d", "82 7e 00 7e", "82 7e ff ff", "82 7f 00 00 00 00 00 01 00 00"]);
    assert.equal(found[125].text, "yours began 82 fd 37 fa 21 3d");
  });
  test("not lengths beside them", () => assert.deepEqual(seen(7, [124, 127, 65_534, 65_537].flatMap(both)), []));
  test("not without an echo", () => assert.deepEqual(seen(7, [up(2, new Uint8Array(125))]), []));
  test("also where only the first bytes of a payload are shown", () => {
    const cut = (row) => ({ ...row, bytes: row.bytes.subarray(0, 16_384), frame: { ...row.frame, payload: row.frame.payload.subarray(0, 16_000) } });
    assert.deepEqual(seen(7, both(65_536).map(cut)), ["65536"]);
  });
});

describe("8", () => {
  const texts = [up(1, "é"), up(1, "🙂")];
  test("both characters and 1007 from the server", () => assert.ok(isDone(8, [...texts, close("received", 1007, 2)])));
  test("1007 from the browser", () => assert.ok(isDone(8, [...texts, close("sent", 1007)])));
  test("not 1002", () => assert.deepEqual(seen(8, [...texts, close("received", 1002)]), ["two", "four"]));
  test("not the bytes as binary", () => assert.deepEqual(seen(8, [up(2, "é")]), []));
});

describe("9", () => {
  test("bytes and JSON", () => assert.ok(isDone(9, [up(2, [0, 255, 16]), up(1, '{"type":"hi"}')])));
  test("not a text that is no JSON", () => assert.deepEqual(seen(9, [up(1, "{hi}")]), []));
  test("not a number", () => assert.deepEqual(seen(9, [up(1, "42")]), []));
  test("not JSON in a binary message", () => assert.deepEqual(seen(9, [up(2, '{"a":1}')]), ["binary"]));
});

describe("10", () => {
  const parts = [down(1, "one ", { fin: false }), down(0, "two ", { fin: false }), down(0, "three")];
  const heard = event("onmessage", { data: "one two three" });
  test("three frames, one onmessage", () => assert.ok(isDone(10, [...parts, heard])));
  test("the event told first", () => assert.ok(isDone(10, [heard, ...parts])));
  test("with a ping between them", () => assert.ok(isDone(10, [parts[0], down(9, "x"), parts[1], parts[2], heard])));
  test("a character cut in two", () => {
    const cut = [[0xf0, 0x9f], [0x99], [0x82]].map((bytes, i) => down(i === 0 ? 1 : 0, bytes, { fin: i === 2 }));
    assert.ok(isDone(10, [...cut, event("onmessage", { data: "🙂" })]));
  });
  test("not two frames", () => assert.deepEqual(seen(10, [parts[0], down(0, "two"), event("onmessage", { data: "one two" })]), []));
  test("not frames that have not ended", () => assert.deepEqual(seen(10, parts.slice(0, 2)), []));
  test("not three messages", () => assert.deepEqual(seen(10, ["a", "b", "c"].map((text) => down(1, text))), []));
  test("not another onmessage", () => assert.deepEqual(seen(10, [...parts, event("onmessage", { data: "else" })]), ["frames"]));
});

describe("11", () => {
  const between = [down(1, "Hel", { fin: false }), down(9, "hello"), down(0, "lo")];
  test("the RFC's ping and pong, and one within a message", () =>
    assert.ok(isDone(11, [frame("received", "89 05 48 65 6c 6c 6f"), frame("sent", "8a 85 37 fa 21 3d 7f 9f 4d 51 58"), ...between])));
  test("not a pong with other bytes", () => assert.deepEqual(seen(11, [down(9, "hello"), up(10, "other")]), ["ping"]));
  test("not a pong on another connection", () =>
    assert.deepEqual(seen(11, [down(9, "hello"), up(10, "hello", { connection: 2 })]), ["ping"]));
  test("not a ping behind the message", () =>
    assert.deepEqual(seen(11, [between[0], between[2], down(9, "hello")]), ["ping"]));
});

describe("12", () => {
  const silent = opened("/fault/silent");
  const noPong = opened("/fault/no-pong", 2);
  const gaveUp = close("received", 3008, 2);
  const pong = up(10, "are you there?", { connection: 2 });
  test("silence and timeout", () =>
    assert.ok(isDone(12, [silent, ended({ framesFromClient: 3, framesFromServer: 0 }), noPong, pong, gaveUp])));
  test("not an end that was answered", () =>
    assert.deepEqual(seen(12, [silent, ended({ framesFromClient: 3, framesFromServer: 1 })]), []));
  test("not silence elsewhere", () =>
    assert.deepEqual(seen(12, [opened("/echo"), ended({ framesFromClient: 3, framesFromServer: 0 })]), []));
  test("not a timeout without pongs", () => assert.deepEqual(seen(12, [noPong, gaveUp]), []));
});

describe("13", () => {
  const ours = [close("sent", 1000), close("received", 1000), clean(1000)];
  const theirs = [close("received", 1001, 2), close("sent", 1001, 2), event("onclose", { code: 1001, wasClean: true }, 2)];
  test("both ways", () => assert.ok(isDone(13, [...ours, ...theirs])));
  test("onclose told first", () => assert.ok(isDone(13, [ours[2], ours[0], ours[1], theirs[2], theirs[0], theirs[1]])));
  test("not twice the same way", () => assert.deepEqual(seen(13, ours), ["ours"]));
  test("not without an answer", () => assert.deepEqual(seen(13, [ours[0], unclean()]), []));
  test("not before onclose", () => assert.deepEqual(seen(13, ours.slice(0, 2)), []));
});

describe("14", () => {
  const refused = (code) => noted("refused", { code, error: "InvalidAccessError" });
  test("4001 sent, 1006 refused", () => assert.ok(isDone(14, [close("sent", 4001), refused(1006)])));
  test("1005 is as good", () => assert.ok(isDone(14, [close("sent", 4001), refused(1005)])));
  test("not 1000", () => assert.deepEqual(seen(14, [close("sent", 1000), clean(1000)]), []));
  test("not 4001 from the server", () => assert.deepEqual(seen(14, [close("received", 4001)]), []));
  test("not another refusal", () => assert.deepEqual(seen(14, [refused(1001), noted("refused", { code: 1006, error: "Problem" })]), []));
  test("by onclose where no frames are seen", () => assert.ok(isDone(14, [clean(4001), refused(1006)], NO_FRAMES)));
});

describe("15", () => {
  const fault = (rule, connection) => [down(1, "x", { connection, broken: rule }), unclean(connection)];
  const three = ["RESERVED_BIT_SET", "MASK_FORBIDDEN", "RESERVED_OPCODE"];
  test("three faults", () => assert.ok(isDone(15, three.flatMap(fault))));
  test("the ends told first", () => assert.ok(isDone(15, three.flatMap((rule, i) => fault(rule, i).reverse()))));
  test("not three times the same", () => assert.deepEqual(seen(15, [1, 2, 3].flatMap((i) => fault(three[0], i))), ["1"]));
  test("not a fault that was let pass", () => assert.deepEqual(seen(15, [fault(three[0], 1)[0], clean(1000)]), []));
  test("not an unclean end without a fault", () => assert.deepEqual(seen(15, [unclean()]), []));
});

describe("16", () => {
  const big = up(2, [0], { broken: "MESSAGE_TOO_BIG" });
  const ping = up(9, "", { client: "partner", connection: 2 });
  const ends = [close("received", 1009), close("received", 1008, 2)];
  test("1009 and 1008, each for its cause", () => assert.ok(isDone(16, [big, ping, ...ends])));
  test("also when the ends are told first", () => assert.ok(isDone(16, [...ends, big, ping])));
  test("not codes that somebody chose", () => assert.deepEqual(seen(16, ends), []));
  test("not for each other's cause", () => assert.deepEqual(seen(16, [big, ping, close("received", 1008), close("received", 1009, 2)]), []));
  test("not codes of the browser", () => assert.deepEqual(seen(16, [close("sent", 1009), close("sent", 1008)]), []));
  test("by onclose where no frames are seen", () => assert.deepEqual(seen(16, [clean(1009)], NO_FRAMES), ["big"]));
});

describe("17", () => {
  const offer = "Sec-WebSocket-Protocol: wscratch.v1.cbor, wscratch.v1.json";
  const chosen = handshake([offer], [OK, "Sec-WebSocket-Protocol: wscratch.v1.cbor"]);
  const stranger = handshake([offer], [OK, "Sec-WebSocket-Protocol: chat"], { connection: 2 });
  test("chosen, and refused", () => assert.ok(isDone(17, [chosen, stranger, unclean(2)])));
  test("the end told first", () => assert.ok(isDone(17, [chosen, unclean(2), stranger])));
  test("not none", () => assert.deepEqual(seen(17, [handshake([offer], [OK])]), []));
  test("not one that opened", () => assert.deepEqual(seen(17, [stranger, event("onopen", {}, 2), unclean(2)]), []));
});

describe("18", () => {
  const plain = up(1, "x".repeat(10_240));
  const squeezed = (inflatedLength) => {
    const row = up(1, "x".repeat(300));
    return { ...row, frame: { ...row.frame, rsv1: true }, inflated: new Uint8Array(10), inflatedLength };
  };
  test("plain and compressed", () => assert.ok(isDone(18, [plain, squeezed(10_240)])));
  test("not small ones", () => assert.deepEqual(seen(18, [up(1, "x"), squeezed(400)]), []));
  test("not plain twice", () => assert.deepEqual(seen(18, [plain, plain]), ["plain"]));
});

describe("19", () => {
  const own = handshake(["Origin: http://localhost:8080"], [OK]);
  const foreign = (status) => handshake(["Origin: http://evil.test"], [`HTTP/1.1 ${status}`]);
  test("101 and 403", () => assert.ok(isDone(19, [own, foreign("403 Forbidden")])));
  test("not another refusal", () => assert.deepEqual(seen(19, [foreign("503 Later")]), []));
  test("not a foreign page that was let in", () => assert.deepEqual(seen(19, [foreign("101 Switching Protocols")]), []));
  test("not a program without an Origin", () => assert.deepEqual(seen(19, [handshake([], [OK])]), []));
});

describe("20", () => {
  const wss = { url: "wss://localhost:8443/echo" };
  test("wss and a message", () => assert.ok(isDone(20, [handshake([], [OK], wss), up(1, "Hello"), down(1, "Hello")])));
  test("not ws", () => assert.deepEqual(seen(20, [handshake([], [OK]), up(1, "Hello"), down(1, "Hello")]), []));
  test("not a refusal", () => assert.deepEqual(seen(20, [handshake([], ["HTTP/1.1 403 Forbidden"], wss)]), []));
});

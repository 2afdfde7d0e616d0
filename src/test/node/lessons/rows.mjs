// Rows as the lab makes them, from real bytes: what a lesson is judged by.
import { fromHex, utf8 } from "./webapp/wire/bytes.js";
import { makeFrame, readFrame } from "./webapp/wire/frame.js";

let id = 0;

const base = (connection, fields) => ({
  id: ++id, connection, client: "A", at: id, direction: null, ...fields,
});

/** A frame in hex, as it was on the wire. */
export const frame = (direction, hex, fields = {}, connection = 1) => of(direction, fromHex(hex), fields, connection);

const of = (direction, bytes, fields, connection) =>
  base(connection, { kind: "frame", direction, number: id, bytes, length: bytes.length, frame: readFrame(bytes), ...fields });

/** A masked frame, as browsers send it. */
export const up = (opcode, payload, { key = [0x37, 0xfa, 0x21, 0x3d], connection = 1, ...fields } = {}) =>
  of("sent", makeFrame({ opcode, key: Uint8Array.from(key), payload: bytesOf(payload) }), fields, connection);

export const down = (opcode, payload, { connection = 1, fin = true, ...fields } = {}) =>
  of("received", makeFrame({ opcode, fin, payload: bytesOf(payload) }), fields, connection);

export const close = (direction, code, connection = 1) => {
  const payload = Uint8Array.of(code >> 8, code & 0xff);
  return direction === "sent" ? up(8, payload, { connection }) : down(8, payload, { connection });
};

const bytesOf = (payload) => (typeof payload === "string" ? utf8(payload) : Uint8Array.from(payload));

export const event = (name, detail = {}, connection = 1) => base(connection, { kind: "event", name, detail });

export const opened = (path, connection = 1) =>
  event("new WebSocket", { url: `ws://localhost:8080${path}`, protocols: [] }, connection);

export const ended = (fields, connection = 1) => base(connection, { kind: "ended", cause: "", ...fields });

export const noted = (name, detail) => base(null, { kind: "note", client: null, name, detail });

export const handshake = (request, response, { connection = 1, url = "ws://localhost:8080/echo", ...fields } = {}) =>
  base(connection, {
    kind: "handshake", url, partner: false,
    request: utf8(["GET /echo HTTP/1.1", "Host: localhost:8080", "Upgrade: websocket", ...request, "", ""].join("\r\n")),
    response: response === null ? null : utf8([...response, "", ""].join("\r\n")),
    status: response === null ? null : Number(response[0].split(" ")[1]),
    ...fields,
  });

// The messages of wscratch.v1 in their two formats: an object with a type goes in, what a WebSocket sends comes out.

import { decode, encode } from './cbor.js';

/** JSON in text messages; bytes, which only `data` has, are base64. */
const JSON_FORMAT = {
  subprotocol: 'wscratch.v1.json',
  write: (message) => JSON.stringify(message, (name, value) => (value instanceof Uint8Array ? toBase64(value) : value)),
  read: (data) => {
    const message = JSON.parse(expect('string', data));
    return typeof message?.data === 'string' ? { ...message, data: fromBase64(message.data) } : message;
  },
};

/** CBOR in binary messages; bytes are bytes. */
const CBOR_FORMAT = {
  subprotocol: 'wscratch.v1.cbor',
  write: encode,
  read: (data) => decode(new Uint8Array(expect('object', data))),
};

/** `{ subprotocol, write(message), read(data) }` by name; `read` throws for what is none. */
export const FORMATS = { json: JSON_FORMAT, cbor: CBOR_FORMAT };

function expect(type, data) {
  if (typeof data !== type) {
    throw new TypeError(`expected a ${type === 'string' ? 'text' : 'binary'} message`);
  }
  return data;
}

/** In pieces, since a function takes only so many arguments; a multiple of three, so that the pieces join. */
const PIECE = 3 * 8192;

function toBase64(bytes) {
  let base64 = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    base64 += btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  }
  return base64;
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

// The messages of wscratch.v1 in their two formats: an object with a type goes in, what a WebSocket sends comes out.

import { decode, encode } from './cbor.js';
import { fromBase64, toBase64 } from './wire/bytes.js';

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

// SHA-1 (FIPS 180-4) for the accept key: the browser's own is missing on plain http beyond localhost. It guards no
// secret here.

import { toBase64, utf8 } from './bytes.js';

/** The constant of RFC 6455 §1.3. */
export const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** What a server answers to a key: key and GUID, hashed, in base64 (RFC 6455 §4.2.2). */
export function acceptOf(key) {
  return toBase64(sha1(utf8(key + GUID)));
}

/** The 20 bytes of the digest. */
export function sha1(bytes) {
  const view = padded(bytes);
  const hash = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const w = new Int32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let t = 0; t < 80; t++) {
      w[t] = t < 16 ? view.getInt32(block + 4 * t) : rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    }
    mix(hash, w);
  }
  const digest = new DataView(new ArrayBuffer(20));
  hash.forEach((word, i) => digest.setInt32(4 * i, word));
  return new Uint8Array(digest.buffer);
}

/** §5.1.1: a bit 1, zeros, and the length in bits as the last eight bytes of a block. */
function padded(bytes) {
  const view = new DataView(new ArrayBuffer((bytes.length + 8 & ~63) + 64));
  new Uint8Array(view.buffer).set(bytes);
  view.setUint8(bytes.length, 0x80);
  view.setBigUint64(view.byteLength - 8, BigInt(bytes.length) * 8n);
  return view;
}

/** §6.1.2: one block into the hash. */
function mix(hash, w) {
  let [a, b, c, d, e] = hash;
  for (let t = 0; t < 80; t++) {
    const next = (rotate(a, 5) + f(t, b, c, d) + e + w[t]) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  [a, b, c, d, e].forEach((word, i) => {
    hash[i] = (hash[i] + word) | 0;
  });
}

/** §4.1.1 with the constants of §4.2.1. */
function f(t, x, y, z) {
  if (t < 20) {
    return ((x & y) ^ (~x & z)) + 0x5a827999;
  }
  if (t < 40) {
    return (x ^ y ^ z) + 0x6ed9eba1;
  }
  return t < 60 ? ((x & y) ^ (x & z) ^ (y & z)) + 0x8f1bbcdc : (x ^ y ^ z) + 0xca62c1d6;
}

function rotate(word, by) {
  return (word << by) | (word >>> (32 - by));
}

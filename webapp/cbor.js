// CBOR (RFC 8949), as much of it as messages need: maps and arrays, text, bytes, whole numbers, true, false, null.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const SIMPLE = 7;

/** Deeper than any message of ours; a hostile one must not exhaust the stack. */
const MAX_DEPTH = 8;

/** The bytes of a value. A Uint8Array becomes a byte string. Throws a TypeError for what has no place in a message. */
export function encode(value) {
  const parts = [];
  write(value, parts);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The value that the bytes of a Uint8Array stand for, all of them. Throws a TypeError that names the byte. */
export function decode(bytes) {
  const reader = new Reader(bytes);
  const value = reader.value(1);
  if (reader.at !== bytes.length) {
    throw new TypeError(`CBOR: expected the end at byte ${reader.at}`);
  }
  return value;
}

function write(value, parts) {
  if (Number.isSafeInteger(value)) {
    parts.push(value >= 0 ? head(UNSIGNED, value) : head(NEGATIVE, -1 - value));
  } else if (typeof value === 'string') {
    const text = encoder.encode(value);
    parts.push(head(TEXT, text.length), text);
  } else if (value instanceof Uint8Array) {
    parts.push(head(BYTES, value.length), value);
  } else if (typeof value === 'boolean' || value === null) {
    parts.push(head(SIMPLE, value === null ? 22 : value ? 21 : 20));
  } else if (Array.isArray(value)) {
    parts.push(head(ARRAY, value.length));
    value.forEach((item) => write(item, parts));
  } else if (typeof value === 'object') {
    const fields = Object.entries(value);
    parts.push(head(MAP, fields.length));
    fields.flat().forEach((item) => write(item, parts));
  } else {
    throw new TypeError(`CBOR: expected text, bytes, a whole number, true, false, null, an array or an object; got ${value}`);
  }
}

/** Major type and argument, in as few bytes as it takes (section 4.2.1). */
function head(major, argument) {
  const type = major << 5;
  if (argument < 24) {
    return Uint8Array.of(type | argument);
  }
  const size = argument < 0x100 ? 1 : argument < 0x10000 ? 2 : argument < 0x100000000 ? 4 : 8;
  const bytes = new Uint8Array(1 + size);
  bytes[0] = type | (24 + Math.log2(size));
  for (let i = size, rest = argument; i > 0; i--, rest = Math.floor(rest / 256)) {
    bytes[i] = rest % 256;
  }
  return bytes;
}

class Reader {
  at = 0;
  #bytes;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  value(depth) {
    const start = this.at;
    const { major, info, argument } = this.#head();
    switch (depth > MAX_DEPTH ? -1 : major) {
      case UNSIGNED: return argument;
      case NEGATIVE: return -1 - argument;
      case BYTES: return this.#take(argument).slice();
      case TEXT: return this.#text(argument);
      case ARRAY: return this.#repeat(argument, () => this.value(depth + 1));
      case MAP: return Object.fromEntries(this.#repeat(argument, () => [this.#name(), this.value(depth + 1)]));
      case SIMPLE: return this.#simple(info, start);
      default: throw this.#wrong('a value of at most 8 levels and without tags', start);
    }
  }

  #head() {
    const start = this.at;
    const first = this.#take(1)[0];
    const info = first & 31;
    if (info > 27) {
      throw this.#wrong('a length', start);
    }
    const more = info < 24 ? [] : this.#take(1 << (info - 24));
    const argument = info < 24 ? info : more.reduce((sum, byte) => sum * 256 + byte, 0);
    if (first >> 5 !== SIMPLE && !Number.isSafeInteger(argument)) {
      throw this.#wrong('a whole number of at most 53 bits', start);
    }
    return { major: first >> 5, info, argument };
  }

  #repeat(count, item) {
    this.#room(count);
    return Array.from({ length: count }, item);
  }

  #name() {
    const start = this.at;
    const { major, argument } = this.#head();
    if (major !== TEXT) {
      throw this.#wrong('a name, which is text', start);
    }
    return this.#text(argument);
  }

  #text(length) {
    const start = this.at;
    const bytes = this.#take(length);
    try {
      return decoder.decode(bytes);
    } catch {
      throw this.#wrong('UTF-8', start);
    }
  }

  #simple(info, start) {
    const values = { 20: false, 21: true, 22: null };
    if (!(info in values)) {
      throw this.#wrong('true, false or null', start);
    }
    return values[info];
  }

  #take(length) {
    this.#room(length);
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  /** Each item takes at least a byte: a length beyond the end is refused before anything is made of it. */
  #room(length) {
    if (length > this.#bytes.length - this.at) {
      throw this.#wrong(`${length} more bytes or items`, this.at);
    }
  }

  #wrong(expected, at) {
    return new TypeError(`CBOR: expected ${expected} at byte ${at}`);
  }
}

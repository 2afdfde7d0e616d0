// One WebSocket frame (RFC 6455 §5.2): bytes in, fields out, and back.

/** What a frame is, by the low four bits of its first byte. */
export const OPCODES = Object.freeze({ CONTINUATION: 0x0, TEXT: 0x1, BINARY: 0x2, CLOSE: 0x8, PING: 0x9, PONG: 0xa });

/**
 * The fields of the frame that begins with these bytes, or null if its header is not whole. It judges nothing.
 * `length` is what the header says, a bigint where no number is exact; `payload` is what is there of it, as on the wire.
 */
export function readFrame(bytes) {
  if (bytes.length < 2) {
    return null;
  }
  const masked = (bytes[1] & 0x80) !== 0;
  const keyAt = 2 + lengthBytes(bytes[1]);
  const headerLength = keyAt + (masked ? 4 : 0);
  if (bytes.length < headerLength) {
    return null;
  }
  const length = readLength(bytes);
  return {
    fin: (bytes[0] & 0x80) !== 0,
    rsv1: (bytes[0] & 0x40) !== 0,
    rsv2: (bytes[0] & 0x20) !== 0,
    rsv3: (bytes[0] & 0x10) !== 0,
    opcode: bytes[0] & 0x0f,
    masked,
    key: masked ? bytes.slice(keyAt, headerLength) : null,
    length,
    headerLength,
    payload: bytes.subarray(headerLength, Math.min(headerLength + Number(length), bytes.length)),
  };
}

/** How many bytes of extended length the second byte announces: 0, 2 or 8. */
export function lengthBytes(secondByte) {
  const sevenBits = secondByte & 0x7f;
  return sevenBits < 126 ? 0 : sevenBits === 126 ? 2 : 8;
}

/** The payload length that a header says; its length bytes must be there. */
export function readLength(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (lengthBytes(bytes[1])) {
    case 0:
      return bytes[1] & 0x7f;
    case 2:
      return view.getUint16(2);
    default: {
      const length = view.getBigUint64(2);
      return length <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(length) : length;
    }
  }
}

/** Each byte XORed with one of the key's four (§5.3): masks, and unmasks again. Without a key, a copy. */
export function unmask(payload, key) {
  return key ? payload.map((byte, i) => byte ^ key[i & 3]) : payload.slice();
}

/** A frame with this payload, masked if there is a key; nothing keeps it from breaking rules. */
export function makeFrame({ fin = true, rsv1 = false, rsv2 = false, rsv3 = false, opcode, key = null, payload }) {
  const extended = payload.length < 126 ? 0 : payload.length < 0x10000 ? 2 : 8;
  const header = new Uint8Array(2 + extended + (key ? 4 : 0));
  header[0] = (fin << 7) | (rsv1 << 6) | (rsv2 << 5) | (rsv3 << 4) | opcode;
  header[1] = (key ? 0x80 : 0) | (extended === 0 ? payload.length : extended === 2 ? 126 : 127);
  const view = new DataView(header.buffer);
  if (extended === 2) {
    view.setUint16(2, payload.length);
  } else if (extended === 8) {
    view.setBigUint64(2, BigInt(payload.length));
  }
  if (key) {
    header.set(key, header.length - 4);
  }
  const frame = new Uint8Array(header.length + payload.length);
  frame.set(header);
  frame.set(unmask(payload, key), header.length);
  return frame;
}

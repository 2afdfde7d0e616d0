// What the model needs of RFC 6455 to read the frames that the inspector shows.

const LONG = 126;
const LONGER = 127;

/**
 * The first frame in `bytes`, or null if its header is not whole: `{ fin, rsv1, rsv2, rsv3, opcode, masked, key, length,
 * headerLength, payload }`, the payload as it is on the wire and as far as it is there.
 */
export function readFrame(bytes) {
  if (bytes.length < 2) {
    return null;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const masked = (bytes[1] & 0x80) !== 0;
  const short = bytes[1] & 0x7f;
  const extended = { [LONG]: 2, [LONGER]: 8 }[short] ?? 0;
  const headerLength = 2 + extended + (masked ? 4 : 0);
  if (bytes.length < headerLength) {
    return null;
  }
  return {
    fin: (bytes[0] & 0x80) !== 0,
    rsv1: (bytes[0] & 0x40) !== 0,
    rsv2: (bytes[0] & 0x20) !== 0,
    rsv3: (bytes[0] & 0x10) !== 0,
    opcode: bytes[0] & 0x0f,
    masked,
    key: masked ? bytes.subarray(headerLength - 4, headerLength) : null,
    length: lengthOf(view, short),
    headerLength,
    payload: bytes.subarray(headerLength),
  };
}

function lengthOf(view, short) {
  if (short === LONG) {
    return view.getUint16(2);
  }
  if (short === LONGER) {
    const length = view.getBigUint64(2);
    return length <= Number.MAX_SAFE_INTEGER ? Number(length) : length;
  }
  return short;
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** In pieces, since a function takes only so many arguments; a multiple of three, so that the pieces join. */
const PIECE = 3 * 8192;

export function toBase64(bytes) {
  let base64 = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    base64 += btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  }
  return base64;
}

/** A payload and its key combined by exclusive or, which also masks (RFC 6455 §5.3). */
export function unmask(payload, key) {
  return payload.map((byte, i) => byte ^ key[i % 4]);
}

// The same thing in other words: what a program, a shell or a hex editor would say to do or to see this row.

import { starredBytes } from '../lab/starred.js';
import { fromUtf8, isUtf8, latin1, toHex } from '../wire/bytes.js';
import { OPCODES } from '../wire/frame.js';
import { isLimit } from '../wire/limits.js';

/** A message longer than this is taken from a file instead of being written out. */
const MOST_TEXT = 1000;
const MOST_BYTES = 256;

/** `[{ id, name, code }]` for JavaScript, Java, the command line and hex. `url`: of the connection, as far as known. */
export function sameIn(row, plain, url) {
  const codes = row.kind === 'handshake' ? ofHandshake(row, url) : ofFrame(row, plain, url);
  return [
    { id: 'js', name: 'JS', code: codes.js },
    { id: 'java', name: 'Java', code: codes.java },
    { id: 'wscratch', name: 'wscratch', code: codes.wscratch },
    { id: 'hex', name: 'hex', code: codes.hex },
  ];
}

function ofHandshake(row, url) {
  const protocols = header(latin1(row.request), 'sec-websocket-protocol').split(',').map((name) => name.trim()).filter(Boolean);
  const names = protocols.map(quoted).join(', ');
  const more = names === '' ? '' : `, ${names}`;
  const shell = protocols.map((name) => ` -s ${shellWord(name)}`).join('');
  return {
    js: `const socket = new WebSocket(${quoted(url)}${names === '' ? '' : `, [${names}]`});`,
    java: `var socket = new WebSocket(${quoted(url)}${more});\nsocket.start();`,
    wscratch: `wscratch connect ${shellWord(url)}${shell} --frames`,
    hex: [row.request, row.response].filter(Boolean).map((head) => hexLines(starredBytes(head))).join('\n\n'),
  };
}

/** The value of a header of a head, or ''. */
export function header(head, name) {
  const line = head.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line === undefined ? '' : line.slice(name.length + 1).trim();
}

function ofFrame(row, plain, url) {
  const explain = row.bytes.length <= MOST_BYTES && !row.cut && row.bytes.length === row.length
    ? `# Explain these bytes:\nwscratch explain ${row.frame?.rsv1 && row.inflated ? '--deflate ' : ''}${toHex(row.bytes)}`
    : '# These are too many bytes, or too few, to explain on a command line.';
  const { js, java, wscratch } = ofMessage(row, plain, url);
  return { js, java, wscratch: `${wscratch}\n\n${explain}`, hex: hexLines(row.bytes) };
}

function ofMessage(row, plain, url) {
  if (!row.frame) {
    return only('The header of this frame is not whole.', '# The header of this frame is not whole.');
  }
  if (row.broken && !isLimit(row.broken)) {
    return broken(row, url);
  }
  const opcode = row.frame.opcode === OPCODES.CONTINUATION ? row.message : row.frame.opcode;
  const whole = row.frame.fin && row.frame.opcode !== OPCODES.CONTINUATION;
  if (row.direction !== 'sent') {
    return received(opcode, plain, url);
  }
  switch (opcode) {
    case OPCODES.TEXT:
    case OPCODES.BINARY:
      return whole
        ? message(opcode === OPCODES.TEXT && isUtf8(plain), plain, url, isCut(row))
        : only('A page, and the client in Java, send each message in one piece; the browser may cut it.', `wscratch connect ${shellWord(url)} --frames`);
    case OPCODES.CLOSE:
      return close(plain, url);
    case OPCODES.PING:
      return {
        js: '// A page cannot send a ping.',
        java: `socket.ping(${javaBytes(plain)});`,
        wscratch: `wscratch connect ${shellWord(url)} --ping 10s -v`,
      };
    case OPCODES.PONG:
      return {
        js: '// A page cannot send a pong: the browser answers each ping by itself.',
        java: '// Pings are answered by themselves; one that nobody asked for:\n' + `socket.pong(${javaBytes(plain)});`,
        wscratch: `# Pings are answered by themselves; -v shows them.\nwscratch connect ${shellWord(url)} -v`,
      };
    default:
      return only('No conforming client sends this.', `# No conforming client sends this.`);
  }
}

function only(words, wscratch) {
  return { js: `// ${words}`, java: `// ${words}`, wscratch };
}

/** Whoever receives such a frame ends the connection instead of passing it on. */
function broken({ direction }, url) {
  return direction === 'sent'
    ? only('No conforming client sends this.', '# No conforming client sends this.')
    : {
      js: '// The browser fails the connection: no onmessage, but\nsocket.onerror = () => console.log("failed");\nsocket.onclose = (event) => console.log(event.code, event.wasClean);',
      java: '// The client fails the connection, and says which rule was broken:\nsocket.onerror(event -> System.err.println(event.message()));',
      wscratch: `wscratch connect ${shellWord(url)} --frames`,
    };
}

/** Whether the row has only the beginning of its frame. */
function isCut(row) {
  return row.bytes.length < row.length;
}

function message(text, plain, url, cut) {
  if (cut || plain.length > (text ? MOST_TEXT : MOST_BYTES)) {
    const file = text ? 'message.txt' : 'message.bin';
    return {
      js: '// message: a string for text, a Uint8Array for binary\nsocket.send(message);',
      java: '// message: a String for text, a byte[] for binary\nsocket.send(message);',
      wscratch: `# The message is in a file:\nwscratch connect ${shellWord(url)}${text ? '' : ' -b'} -x @${file} -n 1`,
    };
  }
  if (!text) {
    return {
      js: `socket.send(new Uint8Array([${literals(plain)}]));`,
      java: `socket.send(${javaBytes(plain)});`,
      wscratch: `wscratch connect ${shellWord(url)} --hex -x ${shellWord(toHex(plain))} -n 1`,
    };
  }
  const string = fromUtf8(plain);
  return {
    js: `socket.send(${quoted(string)});`,
    java: `socket.send(${quoted(string)});`,
    wscratch: connectAndSend(string, url),
  };
}

/** `@FILE`, `-` and what looks like an option mean something else to -x: such a text comes by stdin. Control characters are not for pasting. */
function connectAndSend(text, url) {
  const connect = `wscratch connect ${shellWord(url)}`;
  if (/[^\P{Cc}\n\t]/u.test(text)) {
    return `# The message has control characters: write it to a file.\n${connect} -x @message.txt -n 1`;
  }
  if (/^[@-]/.test(text)) {
    return `printf '%s\\0' ${shellWord(text)} | ${connect} --null -n 1`;
  }
  return `${connect} --send=${shellWord(text)} -n 1`;
}

function received(opcode, plain, url) {
  const connect = `wscratch connect ${shellWord(url)}`;
  switch (opcode) {
    case OPCODES.TEXT:
      return {
        js: 'socket.onmessage = (event) => console.log(event.data);',
        java: 'socket.onmessage(event -> System.out.println(event.data()));',
        wscratch: connect,
      };
    case OPCODES.BINARY:
      return {
        js: "socket.binaryType = 'arraybuffer';\nsocket.onmessage = (event) => console.log(new Uint8Array(event.data));",
        java: 'socket.onmessage(event -> System.out.println(event.data()));',
        wscratch: `${connect} --hex`,
      };
    case OPCODES.CLOSE:
      return {
        js: 'socket.onclose = (event) => console.log(event.code, event.reason, event.wasClean);',
        java: 'socket.onclose(event -> System.out.println(event.code() + " " + event.reason()));',
        wscratch: `${connect} -v`,
      };
    case OPCODES.PING:
    case OPCODES.PONG:
      return only('No event tells of pings and pongs; the browser sees to them.', `${connect} -v`);
    default:
      return only('No event tells of this frame.', `${connect} --frames`);
  }
}

function close(plain, url) {
  const connect = `wscratch connect ${shellWord(url)}`;
  if (plain.length < 2) {
    return { js: 'socket.close();', java: 'socket.close();', wscratch: `# closes with 1000; without a code only a page does\n${connect} </dev/null` };
  }
  const code = (plain[0] << 8) | plain[1];
  if (code !== 1000 && (code < 3000 || code > 4999)) {
    return only(`A program may close with 1000 or 3000 to 4999 only; ${code} is not its to send.`,
      `# A program may close with 1000 or 3000 to 4999 only; ${code} is not its to send.`);
  }
  const reason = fromUtf8(plain.subarray(2));
  const arguments_ = reason === '' ? String(code) : null;
  return {
    js: `socket.close(${arguments_ ?? `${code}, ${quoted(reason)}`});`,
    java: `socket.close(${arguments_ ?? `${code}, ${quoted(reason)}`});`,
    wscratch: `${connect} --close=${shellWord(reason === '' ? String(code) : `${code}:${reason}`)} </dev/null`,
  };
}

function literals(bytes) {
  return Array.from(bytes, (byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ');
}

function javaBytes(bytes) {
  const signed = Array.from(bytes, (byte) => (byte > 0x7f ? `(byte) 0x${byte.toString(16)}` : `0x${byte.toString(16).padStart(2, '0')}`));
  return `new byte[] {${signed.join(', ')}}`;
}

/** What neither a person nor a compiler sees well is written by its number. */
function escaped(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) =>
    Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''));
}

/** A literal of JavaScript and of Java: both read these escapes alike. */
function quoted(text) {
  const short = text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return `"${escaped(short)}"`;
}

/** A word of a POSIX shell. */
export function shellWord(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function hexLines(bytes) {
  const shown = bytes.subarray(0, 4096);
  const lines = [];
  for (let at = 0; at < shown.length; at += 16) {
    lines.push(toHex(shown.subarray(at, at + 16)));
  }
  return lines.join('\n') + (bytes.length > shown.length ? `\n# and ${bytes.length - shown.length} more` : '');
}

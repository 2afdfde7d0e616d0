// Echoes texts and bytes of many sizes through a server with compression, and checks that all come back equal.
// Usage: node deflate.mjs URL LARGEST OPTIONS   where OPTIONS is ws's perMessageDeflate as JSON
import WebSocket from "ws";

const [url, largest, options] = process.argv.slice(2);
// The same bytes in each run: repetitions near and far, and noise.
let state = 7692;
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 0x100000000) * below);
}

function bytes(size) {
  const data = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const end = Math.min(size, at + 1 + random(2000));
    const distance = 1 + random(random(2) === 0 ? 300 : 40000);
    const noise = random(4) === 0 || distance > at;
    for (; at < end; at += 1) {
      data[at] = noise ? random(256) : data[at - distance];
    }
  }
  return data;
}

// At most so many bytes: words, and numbers that never repeat.
function text(size) {
  const words = ["Hello ", "Grüße ", "🙂 ", '{"type":"message",', "0123456789 "];
  const parts = [];
  for (let length = 0; ; ) {
    const part = words[random(words.length)] + random(1 << 30).toString(36);
    length += Buffer.byteLength(part);
    if (length > size) {
      return parts.join("") + "x".repeat(size - length + Buffer.byteLength(part));
    }
    parts.push(part);
  }
}

function noise(size) {
  return Buffer.alloc(size).map(() => random(256));
}

// At most so many bytes, since half of these characters have two.
function noiseText(size) {
  return noise(Math.floor(size / 2)).toString("latin1");
}

const sizes = [0, 1, 63, 64, 65, 125, 126, 127, 511, 512, 513, 4096, 65535, 65536, 300000, 1 << 20, 16 << 20];
const questions = sizes
  .filter((size) => size <= Number(largest))
  .flatMap((size) => [text(size), noiseText(size), bytes(size), noise(size)]);
// Not before, or making the questions would count as the handshake's time.
const socket = new WebSocket(url, {
  handshakeTimeout: 5000,
  perMessageDeflate: { threshold: 0, ...JSON.parse(options) },
});

let asked = 0;
let agreed = "nothing";

function ask() {
  socket.send(questions[asked]);
}

socket.on("upgrade", (response) => {
  agreed = response.headers["sec-websocket-extensions"];
});
socket.on("open", () => {
  console.log(`extensions ${socket.extensions}`);
  console.log(`agreed ${agreed}`);
  ask();
});
socket.on("message", (data, isBinary) => {
  const question = questions[asked];
  const expected = Buffer.from(question);
  if (isBinary !== Buffer.isBuffer(question) || !data.equals(expected)) {
    console.error(`question ${asked} of ${expected.length} bytes came back as ${data.length} others`);
    process.exit(1);
  }
  asked += 1;
  if (asked === questions.length) {
    const read = socket._socket.bytesRead;
    const sent = questions.reduce((sum, each) => sum + Buffer.byteLength(each), 0);
    console.log(`equal ${asked}`);
    console.log(`shorter ${read < sent}`);
    console.error(`${sent} bytes came back as ${read}`);
    socket.close(1000);
  } else {
    ask();
  }
});
socket.on("close", (code) => console.log(`close ${code}`));
socket.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});

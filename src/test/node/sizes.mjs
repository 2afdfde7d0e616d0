// Sends a text and bytes of each length through an echo and says whether they came back as they were.
// Usage: node sizes.mjs URL LENGTH…
import WebSocket from "ws";

const [url, ...lengths] = process.argv.slice(2);
const socket = new WebSocket(url, { handshakeTimeout: 5000 });
const questions = lengths
  .map((length) => Buffer.alloc(Number(length), "0123456789abcdef"))
  .flatMap((bytes) => [bytes.toString(), bytes]);
let asked = 0;

const ask = () => (asked < questions.length ? socket.send(questions[asked]) : socket.close(4001));
socket.on("open", ask);
socket.on("message", (data, isBinary) => {
  const question = questions[asked];
  const same = isBinary === Buffer.isBuffer(question) && data.equals(Buffer.from(question));
  console.log(`${isBinary ? "binary" : "text"} ${data.length} ${same ? "same" : "different"}`);
  asked += 1;
  ask();
});
socket.on("close", (code) => console.log(`close ${code}`));
socket.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});

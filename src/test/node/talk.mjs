// Asks everything of /talk and prints the answers, one line each.
// Usage: node talk.mjs URL json|cbor, beside the page's message.js and cbor.js
import WebSocket from "ws";
import { FORMATS } from "./message.js";

const [url, name] = process.argv.slice(2);
const format = FORMATS[name];
const socket = new WebSocket(url, format.subprotocol, { handshakeTimeout: 5000 });
socket.binaryType = "arraybuffer";
const file = new TextEncoder().encode("one\ntwo\n");
const questions = [
  { type: "echo", text: "Grüße 🙂" },
  { type: "ping", stamp: 17 },
  { type: "file", name: "notes.txt", offset: 0, last: false, data: file.subarray(0, 6) },
  { type: "file", name: "notes.txt", offset: 6, last: true, data: file.subarray(6) },
  { type: "shout" },
  { type: "live", on: true, every: 100 },
];

socket.on("open", () => {
  console.log(`subprotocol ${socket.protocol}`);
  questions.forEach((question) => socket.send(format.write(question)));
  socket.send(name === "json" ? Buffer.of(0xa0) : "{}");
});
socket.on("message", (data, isBinary) => {
  const answer = format.read(isBinary ? data : data.toString());
  const { time, ...rest } = answer;
  console.log(`${isBinary ? "binary" : "text"} ${JSON.stringify(rest)}${time > 1.7e12 ? " now" : ""}`);
  if (answer.type === "time") {
    socket.close(4001, "enough");
  }
});
socket.on("close", (code) => console.log(`close ${code}`));
socket.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});

// Echoes texts and bytes through a server and prints what comes back, one line each.
// Usage: node client.mjs URL
import WebSocket from "ws";

const socket = new WebSocket(process.argv[2], { handshakeTimeout: 5000 });
const questions = ["Hello", "Grüße 🙂", Buffer.from([0, 255, 128, 65]), Buffer.alloc(1 << 20, 7)];
let answers = 0;

socket.on("open", () => {
  console.log(`extensions ${JSON.stringify(socket.extensions)}`);
  questions.forEach((question) => socket.send(question));
});
socket.on("message", (data, isBinary) => {
  const shown = data.length > 100 ? `${data.length} bytes, the last ${data.at(-1)}` : null;
  console.log(isBinary ? `binary ${shown ?? data.toString("hex")}` : `text ${shown ?? data.toString()}`);
  answers += 1;
  if (answers === questions.length) {
    socket.close(4001, "enough");
  }
});
socket.on("close", (code, reason) => console.log(`close ${code} ${reason}`));
socket.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});

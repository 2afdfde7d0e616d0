// Visits each fault and prints what became of it: path, outcome and detail, with tabs between them.
// Usage: node faults.mjs BASE; stdin has a line for each visit: path, milliseconds of patience, milliseconds for the end.
import { readFileSync } from "node:fs";
import WebSocket from "ws";

function visit(path, patience, farewell) {
  return new Promise((resolve) => {
    const socket = new WebSocket(process.argv[2] + path, ["chat.v1", "chat.v2"]);
    let opened = false;
    let own = false;
    let messages = 0;
    let error = "";
    const end = (outcome) => {
      resolve(`${path}\t${outcome}\t${messages} messages ${error}`);
      socket.terminate();
    };
    socket.on("open", () => {
      opened = true;
      socket.send("Hello");
      setTimeout(() => {
        own = true;
        socket.close(1000);
        setTimeout(() => end("hangs"), farewell);
      }, patience);
    });
    socket.on("message", () => (messages += 1));
    socket.on("error", (e) => (error = e.message.replaceAll(/\s+/g, " ")));
    socket.on("close", (code) => {
      if (!opened) {
        end("refused");
      } else if (own) {
        end(code === 1000 ? "ok" : `own ${code}`);
      } else {
        end(String(code));
      }
    });
  });
}

const visits = readFileSync(0, "utf8").trim().split("\n").map((line) => line.split("\t"));
const lines = await Promise.all(visits.map(([path, patience, farewell]) => visit(path, +patience, +farewell)));
lines.forEach((line) => console.log(line));
process.exit(0);

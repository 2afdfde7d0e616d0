// The echo on Node's ws, with its optional native masking. Arguments as of the other peers: PORT [KEYSTORE PASSWORD].
const http = require("http");
const https = require("https");
const fs = require("fs");
const { WebSocketServer } = require("ws");

const [port, store, passphrase] = process.argv.slice(2);
const server = store ? https.createServer({ pfx: fs.readFileSync(store), passphrase }) : http.createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, maxPayload: 16 << 20 });
sockets.on("connection", (socket) => {
  socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
  socket.on("error", (error) => console.error("node: " + error));
});
server.listen({ port: Number(port), host: "127.0.0.1", backlog: 1024 }, () => console.log("ready"));

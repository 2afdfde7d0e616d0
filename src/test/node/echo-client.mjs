// An echo client on the ws package: connects again and again to the URL of its argument until nobody listens there.
import WebSocket from 'ws';

const url = process.argv[2];
let failures = 0;

function connect() {
  const socket = new WebSocket(url, { perMessageDeflate: { threshold: 0 }, handshakeTimeout: 5000 });
  socket.on('message', (data, binary) => socket.send(data, { binary }));
  socket.on('error', (error) => {
    failures = error.code === 'ECONNREFUSED' ? failures + 1 : 0;
  });
  socket.on('close', () => {
    if (failures < 2) {
      setImmediate(connect);
    }
  });
}

connect();

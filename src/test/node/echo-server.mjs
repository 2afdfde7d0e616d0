// An echo server on the ws package; prints "port" and its port. The first argument "deflate" offers permessage-deflate.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: process.argv[2] === 'deflate' ? { threshold: 0 } : false,
});
server.on('listening', () => console.log('port ' + server.address().port));
server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, binary) => socket.send(data, { binary }));
});

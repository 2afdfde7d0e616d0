// Actions of lessons 1 to 11: messages, frames, pings.

import { Problem } from '../../problem.js';
import { toBase64, utf8 } from '../../wire/bytes.js';
import { makeFrame } from '../../wire/frame.js';

/** A poll each 250 ms for five seconds, and as many messages that come by themselves. */
const EVERY = 250;
const NEWS = 20;

const count = (value) => value.toLocaleString('en');

export const PLAIN_ACTIONS = {
  1: [{ label: 'Say Hello', run: async (stage) => (await stage.echo()).send('Hello') }],
  2: [{ label: 'Poll for 5 seconds', run: poll }, { label: 'Let the server tell', run: subscribe }],
  3: [{ label: 'Connect', run: async (stage) => void (await stage.open('/echo')) }],
  4: [
    { label: 'A right answer', run: async (stage) => void (await stage.open('/echo')) },
    { label: 'A wrong answer', fault: true, run: async (stage) => void (await stage.attempt('/fault/bad-accept')) },
  ],
  5: [
    { label: 'Send “Hello”', run: async (stage) => (await stage.echo()).send('Hello') },
  ],
  6: [
    { label: 'Send a text', run: async (stage) => (await stage.echo()).send('Hello') },
    { label: 'Send bytes', run: async (stage) => (await stage.echo()).send(Uint8Array.of(0x00, 0xff, 0x10)) },
  ],
  7: [125, 126, 65_535, 65_536].map((length) => ({
    label: `Send ${count(length)} bytes`,
    run: async (stage) => (await stage.echo()).send(new Uint8Array(length)),
  })),
  8: [
    { label: 'Send “é”', run: async (stage) => (await stage.echo()).send('é') },
    { label: 'Send “🙂”', run: async (stage) => (await stage.echo()).send('🙂') },
    { label: 'Partner sends ff as text', run: brokenText },
    { label: 'Server sends broken text', fault: true, run: async (stage) => void (await stage.attempt('/fault/bad-utf8/whole')) },
  ],
  9: [
    { label: 'Send 00 ff 10', run: async (stage) => (await stage.echo()).send(Uint8Array.of(0x00, 0xff, 0x10)) },
    { label: 'Send JSON', run: async (stage) => (await stage.echo()).send(JSON.stringify({ type: 'hi', sent: 3 })) },
  ],
  10: [
    { label: 'One message, three frames', run: fragments },
    { label: '🙂, one byte per frame', fault: true, run: async (stage) => (await stage.open('/fault/fragmented-echo/1')).send('🙂') },
  ],
  11: [
    { label: 'Ping my browser', run: ping },
    { label: 'Ping within a message', fault: true, run: async (stage) => void (await stage.open('/fault/ping/hello?count=1')) },
  ],
};

async function poll(stage) {
  for (let i = 0; i < NEWS; i++) {
    const answer = await fetch(new URL('poll', document.baseURI), { cache: 'no-store' });
    if (!answer.ok) {
      throw new Problem(`The server has no /poll: expected 200, got ${answer.status}. It is part of wscratch serve.`);
    }
    const { requestBytes, responseBytes } = await answer.json();
    stage.note('poll', { requestBytes, responseBytes });
    await stage.pause(EVERY);
  }
}

async function subscribe(stage) {
  const line = await stage.open('/talk', { protocols: ['wscratch.v1.json'] });
  line.send(JSON.stringify({ type: 'live', on: true, every: EVERY }));
  let news = 0;
  await line.until(({ name, detail }) => name === 'onmessage' && detail.data.includes('"type":"time"') && ++news === NEWS, 'news');
  line.send(JSON.stringify({ type: 'live', on: false }));
  line.close(1000, 'enough');
}

async function brokenText(stage) {
  const key = crypto.getRandomValues(new Uint8Array(4));
  await stage.lab.raw({ path: '/echo', bytes: makeFrame({ opcode: 1, key, payload: Uint8Array.of(0xff) }) });
}

async function ping(stage) {
  const line = await stage.echo();
  await line.ask({ type: 'ping', payload: toBase64(utf8('hello')) });
}

async function fragments(stage) {
  const line = await stage.echo();
  const parts = ['one message, ', 'three frames, ', 'one onmessage'];
  await line.ask({ type: 'send', kind: 'text', parts: parts.map((part) => toBase64(utf8(part))) });
}

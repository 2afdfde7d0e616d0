// Actions of lessons 12 to 20: silence, goodbyes, faults, limits, and who may connect.

import { makeFrame } from '../../wire/frame.js';

/** What the server takes in a second, where it does not say so. */
const CONTROL_RATE = 100;

/** As many pings as the partner can write in one go. */
const MOST_PINGS = 10_000;

/** The limit of a server that does not tell its own. */
const MEBIBYTE = 1024 * 1024;

const LARGE = 10 * 1024;

export const OTHER_ACTIONS = {
  12: [{ label: 'Talk to a silent server', fault: true, run: silence }, { label: 'Be given up', fault: true, run: givenUp }],
  13: [
    { label: 'close(1000, "bye")', run: (stage) => farewell(stage, (line) => line.close(1000, 'bye')) },
    {
      label: 'Let the server close',
      run: (stage) => farewell(stage, (line) => line.ask({ type: 'close', code: 1001, reason: 'lunch' })),
    },
  ],
  14: [4001, 1006, 1000, 1001, 1005, 3000, 4999, 5000].map((code) => ({ label: `close(${code})`, run: (stage) => tryCode(stage, code) })),
  15: [
    { label: 'A reserved bit', fault: true, run: (stage) => fault(stage, '/fault/rsv/1') },
    { label: 'A masked frame', fault: true, run: (stage) => fault(stage, '/fault/masked') },
    { label: 'Opcode 3', fault: true, run: (stage) => fault(stage, '/fault/opcode/3') },
    { label: 'A ping of 126 bytes', fault: true, run: (stage) => fault(stage, '/fault/big-control/ping') },
  ],
  16: [{ label: 'One byte too many', run: tooBig }, { label: (stage) => `${pingsFor(stage).toLocaleString('en')} pings at once`, run: tooFast }],
  17: [
    { label: 'Offer cbor, then json', run: (stage) => offer(stage, ['wscratch.v1.cbor', 'wscratch.v1.json']) },
    { label: 'Offer json, then cbor', run: (stage) => offer(stage, ['wscratch.v1.json', 'wscratch.v1.cbor']) },
    {
      label: 'Be answered with another',
      fault: true,
      run: async (stage) => void (await stage.attempt('/fault/subprotocol/unoffered', { protocols: ['wscratch.v1.json'] })),
    },
  ],
  18: [
    { label: '10 KiB to /echo', run: async (stage) => (await stage.echo()).send(json()) },
    { label: '10 KiB to /deflate', run: async (stage) => (await stage.open('/deflate')).send(json()) },
    { label: '“a” to /deflate, twice', run: twice },
  ],
  19: [
    { label: 'As this page’s own server', run: async (stage) => void (await stage.open('/echo')) },
    { label: 'By its other name', run: otherName },
    { label: 'Partner, from evil.test', run: (stage) => partnerFrom(stage, 'http://evil.test') },
    { label: 'Partner, without Origin', run: (stage) => partnerFrom(stage, null) },
  ],
  20: [{ label: 'Say Hello here', run: async (stage) => (await stage.echo()).send('Hello') }],
};

async function silence(stage) {
  const line = await stage.open('/fault/silent?for=3s');
  for (const question of ['Hello?', 'Is anybody there?', 'Hello!']) {
    line.send(question);
    await stage.pause(500);
  }
  await line.ended();
}

async function givenUp(stage) {
  const line = await stage.open('/fault/no-pong?every=500ms&timeout=3s');
  await line.ended();
}

async function farewell(stage, begin) {
  const line = await stage.echo();
  await Promise.all([line.ended(), begin(line)]);
}

async function tryCode(stage, code) {
  const line = await stage.echo();
  try {
    line.close(code, '');
  } catch (refusal) {
    stage.note('refused', { code, error: refusal.name });
    return `The browser refuses ${code}: ${refusal.name}.`;
  }
  await line.ended();
  return `${code} travelled, and came back.`;
}

async function fault(stage, path) {
  const line = await stage.attempt(path);
  if (line.opened) {
    await line.ended();
  }
}

async function tooBig(stage) {
  const line = await stage.echo();
  const size = (stage.lab.watching?.maxMessage ?? MEBIBYTE) + 1;
  line.send(new Uint8Array(size));
  const waiting = line.bufferedAmount;
  await line.ended();
  return `Right after send, bufferedAmount was ${waiting.toLocaleString('en')}.`;
}

/** Twice what the server takes in a second. */
function pingsFor(stage) {
  return Math.min(2 * (stage.lab.watching?.controlRate ?? CONTROL_RATE), MOST_PINGS);
}

async function tooFast(stage) {
  const key = crypto.getRandomValues(new Uint8Array(4));
  const ping = makeFrame({ opcode: 9, key, payload: new Uint8Array() });
  const pings = pingsFor(stage);
  const bytes = new Uint8Array(pings * ping.length);
  for (let i = 0; i < pings; i++) {
    bytes.set(ping, i * ping.length);
  }
  await stage.lab.raw({ path: '/echo', bytes });
}

async function offer(stage, protocols) {
  const line = await stage.open('/talk', { protocols });
  line.close(1000, '');
}

/** Records with the same fields again and again, as JSON mostly is. */
function json() {
  const records = [];
  for (let id = 1; JSON.stringify(records).length < LARGE; id++) {
    records.push({ id, sensor: `hall-${id % 7}`, celsius: 18 + (id * 7 % 50) / 10, humid: id % 3 === 0, note: null });
  }
  return JSON.stringify(records);
}

async function twice(stage) {
  const line = await stage.open('/deflate');
  line.send('a');
  line.send('a');
}

/** The partner is no browser: it claims any Origin, or none. */
async function partnerFrom(stage, origin) {
  await stage.lab.raw({ path: '/echo', headers: [['Origin', origin]] });
}

/** The same machine under a name that is not the page's. A server that has only one name is asked by the partner. */
async function otherName(stage) {
  const url = new URL(stage.lab.url('/echo'));
  const other = { localhost: '127.0.0.1', '127.0.0.1': 'localhost', '[::1]': 'localhost' }[url.hostname];
  if (other === undefined) {
    await partnerFrom(stage, 'http://elsewhere.test');
    return 'This server has no second name here, so the partner asked in a stranger’s name.';
  }
  url.hostname = other;
  const line = await stage.attempt('/echo', { url: url.href });
  return line.opened ? `It opened: this server lets pages of ${location.origin} in under any name.` : undefined;
}

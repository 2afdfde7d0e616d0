// One connection as the server saw it: the inspector's events become rows.

import { fromBase64 } from '../wire/bytes.js';
import { readFrame } from '../wire/frame.js';
import { ServerClock } from './clock.js';

const CONTINUATION = 0;
const FIRST_CONTROL = 8;

/** Messages that wait for their frames; a connection whose frames are not seen does not collect more. */
const MAX_WAITING = 1000;

/** When messages passed at the page, each for the frame that it belongs to, whichever of the two is told first. */
class Times {
  #waiting = [];
  #owed = 0;

  put(at) {
    if (this.#owed > 0) {
      this.#owed--;
    } else if (this.#waiting.length < MAX_WAITING) {
      this.#waiting.push(at);
    }
  }

  take() {
    if (this.#waiting.length === 0) {
      this.#owed++;
    }
    return this.#waiting.shift();
  }
}

/** Also knows when the page itself sent and received, so that no frame stands before its cause or after its effect. */
export class Trace {
  client;
  /** Whether the inspector that there is now knows the connection by its mark: not one that began later. */
  watched = false;
  /** Whether the connection leads to the server of the page. */
  ours = false;
  /** Whether the inspector has too many connections to show this one. */
  hidden = false;
  /** The row of the handshake, which the answer completes. */
  #handshake = null;
  #connection;
  #url;
  #clock;
  #sends = new Times();
  #messages = new Times();
  /** When onopen fired; the handshake was before it. */
  #opened;
  /** Frames that were not shown make it unknown which send was which frame. */
  #paired = true;
  /** The message under way, by who sends it: its opcode, and whether it is compressed. */
  #underway = { client: null, server: null };

  constructor({ connection, client, url, openedAt }) {
    this.#connection = connection;
    this.client = client;
    this.#url = url;
    this.#clock = new ServerClock(openedAt);
  }

  opened(at) {
    this.#opened = at;
  }

  sent(at) {
    this.#sends.put(at);
  }

  received(at) {
    this.#messages.put(at);
  }

  /** Gives `rows` what this event adds or changes. */
  take(event, rows) {
    if (event.event === 'answer') {
      this.#answer(event, rows);
    } else {
      const row = this.#row(event);
      if (row !== null) {
        const added = rows.add({ connection: this.#connection, client: this.client, direction: null, ...row });
        this.#handshake = row.kind === 'handshake' ? added : this.#handshake;
      }
    }
  }

  #row(event) {
    switch (event.event) {
      case 'handshake':
        return this.#handshakeRow(event);
      case 'frame':
        return this.#frameRow(event);
      case 'bytes':
        return {
          kind: 'bytes', at: this.#clock.read(event.at), direction: direction(event.from),
          bytes: fromBase64(event.bytes), length: event.length,
        };
      case 'ended': {
        const { cause, framesFromClient, framesFromServer, bytesFromClient, bytesFromServer } = event;
        return {
          kind: 'ended', at: this.#clock.read(event.at),
          cause, framesFromClient, framesFromServer, bytesFromClient, bytesFromServer,
        };
      }
      case 'lost':
        this.#paired = false;
        this.hidden ||= event.frames === 0;
        return { kind: 'lost', at: this.#clock.last, frames: event.frames };
      default: // of a newer server
        return null;
    }
  }

  #handshakeRow({ at, request, length, partner, secure }) {
    return {
      kind: 'handshake', at: this.#clock.read(at, { notAfter: this.#opened }), request: fromBase64(request), requestLength: length,
      response: null, responseLength: null, status: null, answeredAt: null, partner, secure, url: this.#url,
    };
  }

  #answer(event, rows) {
    if (this.#handshake !== null) {
      rows.update(this.#handshake, (row) => {
        row.response = fromBase64(event.response);
        row.responseLength = event.length;
        row.status = statusOf(row.response);
        row.answeredAt = this.#clock.read(event.at);
      });
    }
  }

  #frameRow({ number, from, at, bytes: base64, length, broken, cut, inflated, inflatedLength }) {
    const bytes = fromBase64(base64);
    const frame = readFrame(bytes);
    const { message, compressed } = this.#message(from, frame, broken);
    return {
      kind: 'frame', direction: direction(from), at: this.#clock.read(at, this.#bounds(from, frame)),
      number, bytes, length, frame, message, compressed,
      ...(broken !== undefined && { broken }),
      ...(cut !== undefined && { cut }),
      ...(inflated !== undefined && { inflated: fromBase64(inflated), inflatedLength }),
    };
  }

  /**
   * The opcode of the message that the frame belongs to, and whether that is compressed: only its first frame has RSV1
   * (RFC 7692 §6), which says so only where that was agreed.
   */
  #message(from, frame, broken) {
    const compressed = frame?.rsv1 === true && (broken !== 'RESERVED_BIT_SET' || this.#deflates());
    const own = { message: frame?.opcode ?? null, compressed };
    if (frame === null || frame.opcode >= FIRST_CONTROL) {
      return own;
    }
    const whole = frame.opcode === CONTINUATION ? this.#underway[from] ?? own : own;
    this.#underway[from] = frame.fin ? null : whole;
    return whole;
  }

  #deflates() {
    const head = String.fromCharCode(...(this.#handshake?.response ?? []));
    return /^sec-websocket-extensions:.*permessage-deflate/im.test(head);
  }

  #bounds(from, frame) {
    if (!this.#paired || frame === null || frame.opcode >= FIRST_CONTROL) {
      return {};
    }
    return from === 'client'
      ? { notBefore: frame.opcode === CONTINUATION ? undefined : this.#sends.take() }
      : { notAfter: frame.fin ? this.#messages.take() : undefined };
  }
}

function direction(from) {
  return from === 'client' ? 'sent' : 'received';
}

/** Of a response head, or null where it has none. */
function statusOf(response) {
  const line = String.fromCharCode(...response.subarray(0, 32));
  return Number(line.match(/^HTTP\/\d\.\d (\d{3})/)?.[1] ?? Number.NaN) || null;
}

// Lessons 11 to 14: staying alive, and ending well. Text in `backquotes` is code.

export const LIVING = [
  {
    id: 11,
    title: 'Ping, pong',
    minutes: 2,
    do: 'Let the server ping your browser. Then let it ping in the middle of a message.',
    see: '`89 05` and five bytes come down; `8a 85` and the same five, masked, go up. No script of this page did that: the browser answered by itself.',
    sentence: 'A ping is answered with a pong that carries the same bytes, as soon as possible, by whatever implements the protocol.',
    done: 'a ping was answered with its own payload, and one came between two frames of a message.',
    hint: 'A page can neither send a ping nor see one. That is why the server does it for you.',
    why: [
      'Two programs that say nothing cannot tell silence from death. And on the way sit routers and proxies that forget a connection after a minute without traffic. A ping costs six bytes and answers both.',
    ],
    after: [
      'Ping, pong and close are control frames: at most 125 bytes, never in pieces, and allowed between the frames of a message. Without that, a ping would have to wait until a long message is through, and would measure nothing.',
      'Who has got several pings may answer only the latest. A pong that nobody asked for is allowed, and means nothing.',
    ],
    challenge: 'Ping with an empty payload. How many bytes go each way?',
    links: [['6455', '5.5.2'], ['6455', '5.5.3'], ['6455', '5.4']],
  },
  {
    id: 12,
    title: 'Is anybody there?',
    minutes: 2,
    do: 'Talk to a server that never answers. Then meet one that pings, does not hear your pongs, and gives up.',
    see: 'First: your frames go up, nothing comes down, and your browser believes in an OPEN connection all the while. Then: pings down, pongs up, and after its timeout a Close frame with 3008.',
    sentence: 'That a connection is open means only that nobody has said it is not; to know, ask, and set a deadline.',
    done: 'a connection ended without an answer, and a server closed after its timeout.',
    hint: 'Each takes three seconds. Watch the pill: it stays OPEN.',
    why: [
      'When a laptop sleeps or a cable is cut, nobody sends a goodbye. TCP finds out only when it sends something and hears nothing for minutes; who only listens never finds out. Such a connection is called half-open, and a server that keeps them drowns in them.',
    ],
    after: [
      'This server pings every connection each 25 seconds and ends those that have missed two. A page cannot ping, so a page that must know asks in its own messages: `{"type":"ping"}` up, an answer down, a timer in between.',
      'Behind a timeout comes the next question, coming back: not all at once, but each client after a random wait, or a server that restarts is flooded by its own friends.',
    ],
    challenge: 'Connect, switch your network off, and wait. When does the page notice, and with which code?',
    links: [['6455', '5.5.2'], ['6455', '7.2.3']],
  },
  {
    id: 13,
    title: 'Saying goodbye',
    minutes: 2,
    do: 'Close with 1000 and the reason “bye”. Then let the server close.',
    see: '`88 85`, a key, and five masked bytes: `03 e8` is 1000, `62 79 65` is bye. The other end sends a Close frame back, then TCP ends, and onclose says `wasClean: true`.',
    sentence: 'Each side sends one Close frame, and after both TCP ends: then it is certain that nothing was lost on the way.',
    done: 'you closed and the server answered, and the server closed and your browser answered.',
    hint: 'Look for the order of the two Close frames: who was first?',
    why: [
      'TCP can end too, so why another goodbye? Because TCP’s end says only “no more bytes”. It does not tell a finished conversation from a crash, it carries no reason, and some proxies keep it to themselves.',
    ],
    after: [
      'Who has sent a Close frame sends no more data, but goes on reading until the other’s Close frame comes. The reason is for developers and logs, at most 123 bytes, and not to be shown to users as it is.',
      'After both frames it is the server that ends TCP first. The side that does has to remember the connection for a minute or more, and a server’s port survives that better than a client’s.',
    ],
    challenge: 'Close without a code. How long is the Close frame, and what code does onclose report?',
    links: [['6455', '1.4'], ['6455', '5.5.1'], ['6455', '7.1']],
  },
  {
    id: 14,
    title: 'Codes of farewell',
    minutes: 2,
    do: 'Try codes. Close with 4001, and then try 1006.',
    see: '4001 travels, as `0f a1`, and comes back. For 1006 the browser throws an InvalidAccessError and nothing travels at all.',
    sentence: 'Some codes are for pages, some for the protocol, and three never travel: they only tell a program what happened.',
    done: '4001 went over the wire, and the browser refused to send 1006 or 1005.',
    hint: 'A page may send 1000, and 3000 to 4999. Press other codes to see what becomes of them.',
    why: [
      'A code lets a program decide: come back at once, later, or never. If pages could send “protocol error”, or 1006, which means that no goodbye came, nobody could trust those codes.',
    ],
    after: [
      '1000 is a normal end, 1001 going away, 1002 a broken protocol, 1003 a kind of message that is not taken, 1007 wrong content, 1008 a broken policy, 1009 too big, 1011 a server’s error. 1012 to 1014 were registered later: restart, try again later, bad gateway.',
      'Never sent: 1005, there was no code; 1006, there was no Close frame; 1015, TLS failed. 3000 to 3999 are registered by libraries, 4000 to 4999 are yours.',
    ],
    challenge: 'Which code would you give to “your login has expired”, so that your client knows not to come back as it is?',
    links: [['6455', '7.4.1'], ['6455', '7.4.2'], ['whatwg', 'dom-websocket-close']],
  },
];

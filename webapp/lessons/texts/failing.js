// Lessons 15 to 17: rules, limits, and agreeing on a language. Text in `backquotes` is code.

export const FAILING = [
  {
    id: 15,
    title: 'When it goes wrong',
    minutes: 3,
    do: 'Let the server break the rules: three of the four.',
    see: 'One frame of which one bit is wrong, marked in red. Your browser does not deliver it: it fails the connection, and onclose says 1006 and `wasClean: false`.',
    sentence: 'Whoever sees a broken frame ends the connection, because nothing behind it can be trusted.',
    done: 'your browser refused three different faults.',
    hint: 'Each button is one fault. Choose the red frame and read which rule it breaks.',
    why: [
      'Being lenient looks friendly, and is how two programs come to read the same bytes differently. Between a filter and a server that is a hole. So the protocol leaves no choice: fail, and say why.',
    ],
    after: [
      'The browser may send a Close frame that says 1002 before it goes. But what the page hears is 1006, since no Close frame came from the server; the cause is in the console, and here, where the server tells what it sent.',
      'The same goes for a server: send it a frame without a mask, and it answers 1002. `wscratch check` does that to any server, in more than 400 ways.',
    ],
    challenge: 'The tab “Break it” has more than thirty other faults. Which of them does your browser let pass?',
    links: [['6455', '5.1'], ['6455', '5.2'], ['6455', '5.5'], ['6455', '7.1.7']],
  },
  {
    id: 16,
    title: 'Too big, too fast',
    minutes: 2,
    do: 'Send one message that is longer than the server takes. Then let the partner send 200 pings in one go.',
    see: 'A Close frame with 1009 for the long message, often before it was through. One with 1008 for the pings.',
    sentence: 'A server that takes whatever comes can be emptied by anybody, so it sets limits and says which one was hit.',
    done: 'a Close frame with 1009 and one with 1008 came.',
    hint: 'The limit is 1 MiB unless the server was started with another: the first button sends one byte more than its limit.',
    why: [
      'A frame may announce 2^63 − 1 bytes in ten. If a receiver believed it and made room, ten bytes would end it. So the limit is checked at the header, before the data.',
    ],
    after: [
      'A page has the same trouble the other way round: `send` never waits. What cannot leave is kept in memory, and `bufferedAmount` says how much: it jumps when you send and falls as the network takes it. A page that sends a lot looks at it before it sends more.',
      'The other end pushes back simply by not reading. Then TCP’s window closes, and bufferedAmount stays up. This server pauses reading when its own answers are not taken.',
    ],
    challenge: 'Send to `/fault/deaf`, which never reads. How high does bufferedAmount get?',
    links: [['6455', '7.4.1'], ['6455', '10.4'], ['whatwg', 'dom-websocket-bufferedamount']],
  },
  {
    id: 17,
    title: 'Speak the same language',
    minutes: 2,
    do: 'Offer two subprotocols to `/talk`. Then meet a server that chooses one you never offered.',
    see: '`Sec-WebSocket-Protocol` twice: a list in the request, one name in the answer, and `socket.protocol` says which. The name that was never offered costs the connection.',
    sentence: 'The client offers languages in the order in which it likes them, and the server picks one of them or none.',
    done: 'one offered subprotocol was chosen, and one that was not offered was refused by your browser.',
    hint: 'A subprotocol is only a name for what messages mean. `wscratch.v1.json` is JSON, `wscratch.v1.cbor` the same in CBOR.',
    why: [
      'Text and bytes say nothing about what they mean. If a server changes its messages, old pages must not be left to guess. A name with a version in it, agreed on before the first message, spares both sides that.',
    ],
    after: [
      'If the server picks none, the RFC lets the connection open without one; browsers are stricter, and fail it when the page had asked for some.',
      'The same header is sometimes misused to carry a token, because it is the only one that a page can fill: see lesson 19.',
    ],
    challenge: 'Offer the two in the other order. Who decides, the client or the server? Try `/fault/subprotocol/none` too.',
    links: [['6455', '1.9'], ['6455', '4.1'], ['6455', '4.2.2'], ['6455', '11.3.4']],
  },
];

// Lessons 1 to 4: a message, what was before, and how a connection begins. Text in `backquotes` is code.

export const BEGINNINGS = [
  {
    id: 1,
    title: 'Hello, wire',
    minutes: 1,
    do: 'Nothing: the page has already said “Hello” for you. If you missed it, let it say it again.',
    see: 'Up go `81 85`, four bytes that change every time, and five that do not look like Hello. Down come `81 05`, and `48 65 6c 6c 6f`, which is Hello, letter by letter.',
    sentence: 'A WebSocket message is a header of a few bytes and then your data; there is nothing else.',
    done: 'a message of yours went up and the same came down.',
    hint: 'The pill at the top must say OPEN. If it says CLOSED, the button connects first.',
    why: [
      'Because every question about WebSockets ends at the bytes. Is my message whole? Who closed? Why is it slow? Browsers hide the answer: a page sees messages, never frames. Here the server shows you what reached it.',
    ],
    after: [
      'You sent 5 letters, and 11 bytes left your browser: 2 of header, 4 of masking key, 5 of payload. The answer took 7, because a server sends no key. HTTP would have spent hundreds of bytes on headers for the same greeting.',
      '`81` says: this frame ends its message (FIN), and it is text. `85` says: masked, 5 bytes. Lesson 5 shows what the mask is for, lesson 6 each bit.',
    ],
    challenge: 'Send an empty message. Guess first: how many bytes go up, how many come down?',
    links: [['6455', '1.2'], ['6455', '5.7']],
  },
  {
    id: 2,
    title: 'Before WebSockets',
    minutes: 2,
    do: 'Ask for news the old way: a request every quarter of a second, for five seconds. Then let the server tell you.',
    see: 'Each poll moves hundreds of bytes of headers, both ways, to bring one number. The same news in frames takes 2 bytes of header each, and you never had to ask.',
    sentence: 'Polling asks again and again; a WebSocket stays open, so either side may speak when it has something to say.',
    done: 'ten polls were answered and ten messages came by themselves.',
    hint: 'Let the first button finish before you press the second: each takes five seconds.',
    why: [
      'HTTP was made for documents: you ask, you get one answer. For chats and prices pages kept asking, or held a request open until there was news (long polling). Every question repeats cookies, languages and the browser’s name.',
    ],
    after: [
      'The news is the server’s time, some 50 bytes. By polling, most of the traffic was envelope; and with a poll every 250 ms news waits 125 ms on average before you hear of it. A message that is pushed leaves at once.',
      'Polling is not wrong. If news is rare, or a cache may answer, it is simpler. Server-sent events push too, but only downwards.',
    ],
    challenge: 'Open the browser’s own network panel and add up the header bytes of one poll. Which header is the longest?',
    links: [['6455', '1.1']],
  },
  {
    id: 3,
    title: 'It starts as HTTP',
    minutes: 2,
    do: 'Connect.',
    see: 'An ordinary `GET` with a few unusual headers goes up. An answer that is not 200 comes down: `101 Switching Protocols`. From the next byte on it is no longer HTTP.',
    sentence: 'The client asks HTTP to become WebSocket, the server says 101, and both change language on the same TCP connection.',
    done: 'a handshake was answered with 101.',
    hint: 'Choose the handshake row in the timeline: the pane beside it explains each header.',
    why: [
      'Why not a port and a greeting of its own? Because port 80 and 443 are open nearly everywhere, and what stands there speaks HTTP: servers, proxies, logins, certificates. Beginning as HTTP lets one server offer both.',
    ],
    after: [
      '`Upgrade: websocket` and `Connection: Upgrade` name the wish. `Sec-WebSocket-Version: 13` is the only version in use. `Sec-WebSocket-Key` is a random question and `Sec-WebSocket-Accept` its answer: lesson 4. `Origin` says which page asks: lesson 19.',
      'A header that begins with `Sec-` cannot be set by a page’s script, so a server can trust that the browser itself, and not a trick with `fetch`, made this request.',
    ],
    challenge: 'Ask for the same address without the upgrade: open `/echo` in a tab. What status is the answer, and what does it advise?',
    links: [['6455', '1.3'], ['6455', '4.1'], ['6455', '4.2.2']],
  },
  {
    id: 4,
    title: 'The secret handshake',
    minutes: 3,
    do: 'Compute the server’s answer before it comes: type any key of 16 bytes, or take the one of your connection. Then meet a server that answers wrongly.',
    see: 'Key and a fixed text go through SHA-1 and base64, and out comes exactly the server’s `Sec-WebSocket-Accept`. The wrong one costs the connection: no onopen, only onerror and 1006.',
    sentence: 'The answer to the key proves that whoever answered read this very handshake and speaks WebSocket.',
    done: 'one right answer and one wrong answer were seen, and the browser refused the wrong one.',
    hint: '“A right answer” connects to `/echo`; “A wrong answer” to `/fault/bad-accept`.',
    why: [
      'It keeps out no enemy: anybody can compute SHA-1. It keeps out misunderstandings. A cache that replays an old answer, or a mail server that echoes what it is sent, does not know the fixed text `258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, so no page can trick it into a conversation.',
    ],
    after: [
      'The recipe: the key as it stands in the header, followed by the fixed text; SHA-1 over both makes 20 bytes; base64 makes 28 characters. The RFC’s own example: key `dGhlIHNhbXBsZSBub25jZQ==`, answer `s3pPLMBiTxaQ9kYGzzhZRbK+xOo=`.',
      'This page computes it with a small SHA-1 of its own. That SHA-1 is broken for signatures does not matter here: there is no secret to keep.',
    ],
    challenge: 'Send the partner’s handshake with a key of 15 bytes. What does the server say?',
    links: [['6455', '4.2.2'], ['6455', '11.3.3']],
  },
];

// Lessons 18 to 20: compression, origins, and TLS. Text in `backquotes` is code.

export const WORLD = [
  {
    id: 18,
    title: 'Squeeze it',
    minutes: 2,
    do: 'Send 10 KiB of JSON to `/echo`, and the same to `/deflate`.',
    see: 'On `/echo` ten thousand bytes and some. On `/deflate` about a tenth of that, in a frame whose first byte is `c1` and not `81`: RSV1 is set, which means “inflate me”.',
    sentence: 'permessage-deflate is an extension, agreed on in the handshake, that compresses each message before it is framed.',
    done: 'the same size went up once plain and once compressed.',
    hint: 'Compare `Sec-WebSocket-Extensions` in the two handshakes: your browser offers it to both, and only one accepts.',
    why: [
      'JSON repeats its names in every object, so it shrinks to a tenth or less. On a phone’s network that is worth the work; on a fast one, with small messages, it may not be.',
    ],
    after: [
      'Both ends keep what was said before as a dictionary (“context takeover”), so the second message of a kind is smaller than the first. That costs memory for each connection, which is why an answer may forbid it: `server_no_context_takeover`.',
      'Two warnings. A small compressed message can inflate to gigabytes, so limits hold for what comes out. And a secret should not be compressed together with what a stranger may choose: the size gives it away.',
    ],
    challenge: 'Send “a” to `/deflate`. Is the compressed message shorter? Send it again: what has changed?',
    links: [['6455', '9'], ['7692', '7']],
  },
  {
    id: 19,
    title: 'Who may connect?',
    minutes: 3,
    do: 'Connect under this page’s own name, and then under the server’s other name, where it is a stranger. What a stranger is answered, the partner shows.',
    see: 'By its own name `101`; by the other the page hears only 1006, and even this view is not for strangers. The partner, from evil.test, shows what they are told: `403`, since `Origin` and `Host` are not the same.',
    sentence: 'Any page may open a WebSocket to any server, so it is the server that must look at Origin and say no.',
    done: 'a handshake was accepted, and one with a foreign Origin was refused with 403.',
    hint: '`localhost` and `127.0.0.1` are the same machine, but not the same origin. The partner can send any Origin: it is not a browser.',
    why: [
      'For `fetch` the browser asks the server whether a foreign page may read the answer (CORS). For WebSockets nobody asks. Your browser connects for whatever page you visit, with your cookies. If the server looked at cookies alone, that page would speak in your name: cross-site WebSocket hijacking.',
    ],
    after: [
      'Origin is put there by the browser, and no script can change it. A program outside a browser can send what it likes; but it has none of your cookies either.',
      'To know who the user is: a cookie, together with this check; a token in the address, which ends up in logs; a token in the list of subprotocols, which works and is a trick; or a token in the first message, with a deadline for it. None is perfect; the last keeps tokens out of logs.',
    ],
    challenge: 'Let the partner connect without any Origin. Why may it?',
    links: [['6455', '1.6'], ['6455', '10.2'], ['6455', '10.5']],
  },
  {
    id: 20,
    title: 'wss: the same in a tunnel',
    minutes: 2,
    do: 'Open this page by https, and connect: the address begins with `wss:` there.',
    see: 'The same frames, byte for byte, masked as ever. But somebody on the wire sees only TLS records, which begin `17 03 03` and tell nothing but their length.',
    sentence: 'wss is WebSocket inside TLS: nothing about the frames changes, only who can read them.',
    done: 'a handshake was answered with 101 over TLS, and a message came back through it.',
    hint: 'The development certificate is signed by nobody that your browser knows, so it warns you once. For localhost that is fine.',
    why: [
      'Masking hides nothing. TLS does, and proves that the server is who it says it is. There is a second use: proxies on the way cannot see what is in the tunnel, so they cannot spoil it. wss gets through where ws does not.',
    ],
    after: [
      'A page that came by https may open only wss. The port is 443 where the address names none. The browser’s mask stays on inside the tunnel, since the protocol makes no exceptions.',
      'What a listener still learns: who talks to whom, when, and how much. The lengths of records follow those of your messages.',
    ],
    challenge: 'Capture both on loopback with Wireshark. What do you find of the word Hello in each?',
    links: [['6455', '10.6'], ['6455', '3']],
  },
];

// Where to connect: addresses derived from the page's own location, and the address that a person typed.

import { Problem } from './problem.js';

/** This machine itself: browsers trust it without TLS (Secure Contexts §3.1). */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** The endpoints of the server that this page came from, the seed's first. `page` is the page's URL. */
export function endpointsOf(page) {
  return [
    { url: socketUrl('./', page), label: 'answers “Echo: ” and your message' },
    { url: socketUrl('echo', page), label: 'answers with the same bytes' },
  ];
}

/** Where the server that this page came from takes typed messages. */
export function talkUrl(page) {
  return socketUrl('talk', page);
}

/**
 * The ws: or wss: URL that a typed address means: a full URL (http: and https: are rewritten, as the WHATWG
 * standard does), `host:port/path`, `:port/path` on this page's host, or `/path` on this page's server.
 * Throws a Problem.
 */
export function parseAddress(typed, page) {
  const text = typed.trim();
  if (text === '') {
    throw new Problem(`The address is empty. Try: ${socketUrl('echo', page)}`);
  }
  let url;
  try {
    url = new URL(withScheme(text, page), page);
  } catch {
    throw new Problem(`“${text}” is not an address. Try: ${socketUrl('echo', page)}`);
  }
  url.protocol = socketScheme(url.protocol);
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw new Problem(`The address must start with ws:// or wss://, not ${url.protocol}. Try: ${socketUrl('echo', page)}`);
  }
  if (url.hash !== '') {
    throw new Problem(`A WebSocket address has no fragment: leave out “${url.hash}”. (RFC 6455 §3)`);
  }
  if (new URL(page).protocol === 'https:' && url.protocol === 'ws:' && !LOOPBACK.test(url.hostname)) {
    throw new Problem('This page came by https:, so the browser opens only wss: from it, except to this machine. Try: ' + url.href.replace('ws:', 'wss:'));
  }
  return url.href;
}

function withScheme(text, page) {
  if (text.startsWith('/') || /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return text;
  }
  const { protocol, hostname } = new URL(page);
  return `${socketScheme(protocol)}//${text.startsWith(':') ? hostname : ''}${text}`;
}

function socketUrl(path, page) {
  const url = new URL(path, page);
  url.protocol = socketScheme(url.protocol);
  return url.href;
}

function socketScheme(scheme) {
  return { 'http:': 'ws:', 'https:': 'wss:' }[scheme] ?? scheme;
}

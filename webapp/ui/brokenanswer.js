// Why a browser does not take an answer 101: what RFC 6455 §4.1 has a client check, read from the two heads.

import { acceptOf } from '../wire/sha1.js';

const decoder = new TextDecoder();

/** The name of the rule for answers that this one breaks, or null if none is found. */
export function brokenAnswer({ request, response }) {
  const asked = fieldsOf(request);
  const answer = fieldsOf(response);
  if (list(answer('upgrade')).join().toLowerCase() !== 'websocket') {
    return 'UPGRADE_NOT_WEBSOCKET';
  }
  if (!list(answer('connection')).some((word) => word.toLowerCase() === 'upgrade')) {
    return 'CONNECTION_NOT_UPGRADE';
  }
  return brokenAccept(asked, answer) ?? brokenExtension(asked, answer) ?? brokenSubprotocol(asked, answer);
}

function brokenAccept(asked, answer) {
  const accepts = answer('sec-websocket-accept');
  if (accepts.length !== 1) {
    return 'ACCEPT_MISSING';
  }
  return accepts[0] === acceptOf(asked('sec-websocket-key').join()) ? null : 'ACCEPT_WRONG';
}

function brokenExtension(asked, answer) {
  const names = (values) => list(values).map((one) => one.split(';')[0].trim());
  const offered = names(asked('sec-websocket-extensions'));
  const chosen = answer('sec-websocket-extensions');
  if (names(chosen).some((name) => !offered.includes(name))) {
    return 'EXTENSION_NOT_OFFERED';
  }
  if (chosen.length > 0 && names(chosen).length === 0) {
    return 'EXTENSIONS_MALFORMED';
  }
  return deflateFits(list(chosen)) ? null : 'DEFLATE_PARAMETERS_WRONG';
}

/** RFC 7692 §7.1: agreed on once, each parameter known, at most once, and with a value only where it has one. */
const DEFLATE_PARAMETERS = {
  server_no_context_takeover: /^$/,
  client_no_context_takeover: /^$/,
  server_max_window_bits: /^"?([89]|1[0-5])"?$/,
  client_max_window_bits: /^"?([89]|1[0-5])"?$/,
};

function deflateFits(extensions) {
  const agreed = extensions.map((one) => one.split(';').map((part) => part.trim())).filter(([name]) => name === 'permessage-deflate');
  const parameters = agreed.flatMap(([, ...rest]) => rest).map((text) => {
    const [name, value = ''] = text.split('=', 2).map((part) => part.trim());
    return { name, value };
  });
  return agreed.length <= 1
    && new Set(parameters.map(({ name }) => name)).size === parameters.length
    && parameters.every(({ name, value }) => Object.hasOwn(DEFLATE_PARAMETERS, name) && DEFLATE_PARAMETERS[name].test(value));
}

function brokenSubprotocol(asked, answer) {
  const offered = list(asked('sec-websocket-protocol'));
  const chosen = answer('sec-websocket-protocol');
  if (chosen.some((name) => !offered.includes(name))) {
    return 'SUBPROTOCOL_NOT_OFFERED';
  }
  // WHATWG WebSockets: a page that offers some is given one of them, or no connection.
  return offered.length > 0 && chosen.length === 0 ? 'SUBPROTOCOL_MISSING' : null;
}

function list(values) {
  return values.flatMap((value) => value.split(',')).map((one) => one.trim()).filter(Boolean);
}

/** Of a head, what gives the values of the fields of a name, which is in small letters. */
function fieldsOf(head) {
  const lines = decoder.decode(head).split('\r\n\r\n', 1)[0].split('\r\n').slice(1);
  const fields = lines.map((line) => [line.split(':', 1)[0].toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
  return (name) => fields.filter(([one]) => one === name).map(([, value]) => value);
}

// A scenario as a browser lives it; OwnLife.java is the same for our client. Arguments: [[url, protocols, script], …].
window.lives = arguments[0].map(([url, protocols, script]) => {
  const log = [];
  const life = { log, over: false };
  const named = new Map();
  let messages = 0;
  let socket;

  const STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];
  const state = () => STATES[socket.readyState];
  const hex = buffer => Array.from(new Uint8Array(buffer), b => b.toString(16).padStart(2, '0')).join('');
  const shown = data => {
    if (typeof data !== 'string') return `binary ${hex(data)}`;
    return data.length > 100 ? `${data.length} characters` : `'${data}'`;
  };
  const listener = name => {
    if (!named.has(name)) named.set(name, ({ data }) => log.push(`listener ${name} ${shown(data)}`));
    return named.get(name);
  };
  const split = (text, separator) => {
    const at = text.indexOf(separator);
    return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
  };

  const commands = {
    send: rest => socket.send(rest),
    repeat: rest => { const [count, text] = split(rest, ' '); socket.send(text.repeat(Number(count))); },
    binary: rest => socket.send(Uint8Array.from(rest.match(/../g), pair => parseInt(pair, 16))),
    close: rest => {
      const [code, reason] = split(rest, ' ');
      if (code === '') socket.close(); else socket.close(Number(code), reason ?? '');
    },
    buffered: () => log.push(`buffered ${socket.bufferedAmount}`),
    set: rest => { socket.onmessage = listener(rest); },
    unset: () => { socket.onmessage = null; },
    add: rest => socket.addEventListener('message', listener(rest)),
    remove: rest => socket.removeEventListener('message', listener(rest)),
  };
  const WRONG = { InvalidStateError: 'wrong state', InvalidAccessError: 'wrong value', SyntaxError: 'wrong value' };
  const command = text => {
    const [name, rest] = split(text, ' ');
    try {
      commands[name]((rest ?? '').replaceAll('\\ud800', '\ud800').replaceAll('\\udc00', '\udc00'));
    } catch (error) {
      log.push(`${name} throws ${WRONG[error.name] ?? error}`);
    }
  };
  const run = when => {
    for (const part of script.split(' | ')) {
      const [whenToRun, what] = split(part, ': ');
      if (whenToRun === when) what.split('; ').forEach(command);
    }
  };

  try {
    socket = new WebSocket(url, protocols);
  } catch (error) {
    log.push(`constructor throws ${WRONG[error.name] ?? error}`);
    life.over = true;
    return life;
  }
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('message', ({ data }) => {
    log.push(`message ${shown(data)} ${state()}`);
    messages += 1;
    run('message');
    run(`message ${messages}`);
  });
  socket.onerror = () => { log.push(`error ${state()}`); run('error'); };
  socket.onclose = ({ code, reason, wasClean }) => {
    log.push(`close ${code} '${reason}' ${wasClean} ${state()}`);
    run('close');
    life.over = true;
  };
  socket.onopen = () => { log.push(`open ${state()} '${socket.protocol}' '${socket.extensions}'`); run('open'); };
  run('now');
  return life;
});

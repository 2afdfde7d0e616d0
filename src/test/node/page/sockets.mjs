// A server of WebSockets within the test, for the page's Lab. To be imported before the page's modules.

/** Those that were opened, in order. */
export const sockets = [];

class FakeSocket extends EventTarget {
  static CLOSED = 3;
  readyState = 0;
  protocol = "";
  extensions = "";
  sent = [];

  constructor(url) {
    super();
    this.url = url;
    sockets.push(this);
  }

  send(data) {
    this.sent.push(data);
  }

  close() {
    this.readyState = 2;
  }

  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  hear(message) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(message) }));
  }

  end() {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code: 1006, reason: "", wasClean: false }));
  }
}

globalThis.WebSocket = FakeSocket;

export const newest = () => sockets.at(-1);

/** After all that has been promised until now. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Begins the server's view of a lab: the inspector's socket. */
export async function watched(lab, watching = { frames: true }) {
  const view = lab.watch();
  const inspector = newest();
  inspector.open();
  inspector.hear({ type: "watching", ...watching });
  await view;
  return inspector;
}

/** The client's new connection, OPEN. */
export function opened(lab, client = "A", url = lab.url("/echo")) {
  const connection = lab.connect({ url, client });
  newest().open();
  return connection;
}

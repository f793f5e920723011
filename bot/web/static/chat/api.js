// The public contract, version 1, over HTTP.
const ROOT = document.body.dataset.api;
const TIMEOUT_MS = 35_000; // a long poll is answered within 25 s

// A refusal by the desk: `status`, `code` and the plain sentence of the problem document.
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.title ?? "That did not work.");
    this.status = status;
    this.code = problem.code ?? "";
  }

  // Worth sending again as it is: the desk is down or busy, the message is not at fault.
  get passing() {
    return this.status >= 500 || this.status === 429;
  }
}

async function call(method, path, { token, body, signal } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const reply = await fetch(ROOT + path, {
    method,
    headers,
    body: body ? JSON.stringify(body) : undefined,
    cache: "no-store",
    credentials: "omit",
    signal: signal ?? AbortSignal.timeout(TIMEOUT_MS),
  });
  const found = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Refused(reply.status, found);
  return found;
}

export const start = (body) => call("POST", "/conversations", { body });

export const send = (chat, message) =>
  call("POST", `/conversations/${chat.id}/messages`, { token: chat.token, body: message });

export const events = (chat, after, wait) =>
  call("GET", `/conversations/${chat.id}/events?after=${after}&wait=${wait}`, { token: chat.token });

export function socket(chat, after) {
  const address = new URL(`${ROOT}/conversations/${chat.id}/socket?after=${after}`, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const opened = new WebSocket(address);
  opened.addEventListener("open", () => opened.send(JSON.stringify({ token: chat.token })));
  return opened;
}

// Tell the desk that the person left; it goes out even while the page is torn down.
export function leave(chat) {
  const body = new Blob([JSON.stringify({ token: chat.token })], { type: "text/plain" });
  navigator.sendBeacon(`${ROOT}/conversations/${chat.id}/exit`, body);
}

// The console's socket: comes back by itself, and says again what is watched.
import * as api from "./api.js";

const PAUSES_MS = [300, 1000, 2000, 5000];

export class Link {
  // hooks: onQueue(queue), onEvent(id, event), onState(frame), onLine(up), cursor(id) -> seq
  constructor(hooks) {
    this.hooks = hooks;
    this.watched = [];
    this.failures = 0;
    this.open();
    addEventListener("online", () => this.hurry());
  }

  open() {
    this.timer = 0;
    const socket = api.socket();
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.failures = 0;
      this.hooks.onLine(true);
      this.tell();
    });
    socket.addEventListener("message", ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.queue) this.hooks.onQueue(frame.queue);
      else if (frame.event) this.hooks.onEvent(frame.conversation, frame.event);
      else if (frame.state) this.hooks.onState(frame);
    });
    socket.addEventListener("close", ({ code }) => {
      if (this.stopped) return;
      if (code === 4401 || code === 4403) return location.assign("/console/login");
      const pause = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length - 1)];
      this.failures += 1;
      this.hooks.onLine(false);
      this.timer = setTimeout(() => this.open(), pause);
      // A refused log-in closes the socket before it opens, without a code.
      if (this.failures === 2) api.queue().catch(() => {});
    });
  }

  hurry() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.open();
  }

  watch(ids) {
    this.watched = ids;
    this.tell();
  }

  tell() {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const watch = Object.fromEntries(this.watched.map((id) => [id, this.hooks.cursor(id)]));
    this.socket.send(JSON.stringify({ watch }));
  }

  stop() {
    this.stopped = true;
    this.socket.close();
  }
}

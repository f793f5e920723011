// Keeps up with the conversation: a socket from the cursor; if sockets do not work here (some
// offices block them), long polls from the same cursor. Losing the line loses nothing.
import * as api from "./api.js";

const PAUSES_MS = [300, 1000, 2000, 5000, 10_000];
const SOCKET_FAILURES = 2;

export class Link {
  // `onEvents(events)`, `onState(state, through)`, `onLine(up)`, `onGone()`: unknown here now.
  constructor(chat, hooks) {
    this.chat = chat;
    this.hooks = hooks;
    this.cursor = 0;
    this.failures = 0;
    this.socketFailures = 0;
    this.stopped = false;
  }

  run() {
    if (this.stopped) return;
    if (this.socketFailures >= SOCKET_FAILURES || !window.WebSocket) this.poll();
    else this.listen();
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  // The browser says that the network is back: do not wait for the pause to end.
  hurry() {
    if (!this.timer || this.stopped) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.run();
  }

  listen() {
    let opened = false;
    const socket = api.socket(this.chat, this.cursor);
    this.socket = socket;
    socket.addEventListener("message", ({ data }) => {
      if (this.stopped) return;
      opened = true;
      this.up();
      this.socketFailures = 0;
      const frame = JSON.parse(data);
      if (frame.event) {
        this.hooks.onEvents([frame.event]);
        this.cursor = Math.max(this.cursor, frame.event.seq);
      }
      if (frame.state) this.advance(frame.state, frame.through);
    });
    socket.addEventListener("close", ({ code }) => {
      if (this.stopped) return;
      if (code === 4403 || code === 4404) return this.gone();
      if (!opened) this.socketFailures += 1;
      this.down();
    });
  }

  async poll() {
    try {
      const found = await api.events(this.chat, this.cursor, this.failures ? 0 : 25);
      if (this.stopped) return;
      this.up();
      this.hooks.onEvents(found.events);
      this.advance(found.state, found.through);
      this.run();
    } catch (error) {
      if (this.stopped) return;
      if (error.status === 403 || error.status === 404) this.gone();
      else this.down();
    }
  }

  advance(state, through) {
    this.cursor = Math.max(this.cursor, through);
    this.hooks.onState(state, through);
  }

  up() {
    this.failures = 0;
    this.hooks.onLine(true);
  }

  down() {
    const pause = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length - 1)];
    this.failures += 1;
    // One short break is not worth a word; a second one in a row is.
    if (this.failures > 1) this.hooks.onLine(false);
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.run();
    }, pause);
  }

  gone() {
    this.stop();
    this.hooks.onGone();
  }
}

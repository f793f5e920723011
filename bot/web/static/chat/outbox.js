// Messages on their way: one at a time, in order, each with its own client id, so that a
// message sent again after a lost answer is the same message and not a second one.
import * as api from "./api.js";
import * as store from "./store.js";

const PAUSES_MS = [500, 1000, 2000, 5000, 10_000];

export class Outbox {
  // `chat()` gives the conversation, starting one if there is none. `onReply(item, reply)`,
  // `onRefused(item, error)`, `onLine(up)`.
  constructor(chat, hooks) {
    this.chat = chat;
    this.hooks = hooks;
    this.items = store.get("outbox") ?? [];
    this.failures = 0;
    this.busy = false;
  }

  add(text, payload) {
    const item = { client_id: crypto.randomUUID?.() ?? randomId(), text };
    if (payload) item.payload = payload;
    this.items.push(item);
    this.keep();
    this.flush();
    return item;
  }

  get sending() {
    return this.items[0];
  }

  keep() {
    store.set("outbox", this.items);
  }

  forget() {
    this.items = [];
    clearTimeout(this.timer);
  }

  async flush() {
    if (this.busy || !this.items.length) return;
    this.busy = true;
    clearTimeout(this.timer);
    const item = this.items[0];
    try {
      const reply = await api.send(await this.chat(), item);
      this.failures = 0;
      this.hooks.onReply(item, reply);
      this.done(item);
    } catch (error) {
      this.busy = false;
      if (!(error instanceof api.Refused) || error.passing) return this.later();
      this.hooks.onRefused(item, error);
      this.done(item);
    }
  }

  done(item) {
    this.busy = false;
    this.items = this.items.filter((kept) => kept !== item);
    this.keep();
    this.flush();
  }

  later() {
    const pause = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length - 1)];
    this.failures += 1;
    if (this.failures > 1) this.hooks.onLine(false);
    this.timer = setTimeout(() => this.flush(), pause);
  }
}

// Pages that are not on HTTPS have no randomUUID.
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

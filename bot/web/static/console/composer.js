// The reply box: a draft for each conversation, client ids, and sends that survive a lost line.
import * as api from "./api.js";
import { $ } from "./dom.js";

const DRAFT = "reply:";

export class Composer {
  constructor({ transcript, onSaid }) {
    this.transcript = transcript;
    this.onSaid = onSaid;
    this.box = $("reply");
    this.form = $("composer");
    this.waiting = []; // {id, key, text}
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    this.box.addEventListener("input", () => {
      this.keep();
      this.size();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    addEventListener("online", () => this.flush());
  }

  open(id) {
    this.id = id;
    this.box.value = sessionStorage.getItem(DRAFT + id) || "";
    this.size();
  }

  keep() {
    if (this.box.value) sessionStorage.setItem(DRAFT + this.id, this.box.value);
    else sessionStorage.removeItem(DRAFT + this.id);
  }

  size() {
    this.box.rows = Math.min(6, Math.max(2, this.box.value.split("\n").length));
  }

  put(text) {
    const before = this.box.value.trimEnd();
    this.box.value = before ? `${before} ${text}` : text;
    this.keep();
    this.size();
    this.box.focus();
  }

  submit() {
    const text = this.box.value.trim();
    if (!text || !this.id) return;
    this.box.value = "";
    this.keep();
    this.size();
    this.waiting.push({ id: this.id, key: crypto.randomUUID?.() || `${Date.now()}-${Math.random()}`.replace("0.", ""), text });
    this.flush();
  }

  // One at a time and in order; a lost line leaves them waiting, a refusal shows why.
  async flush() {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.waiting.length) {
        const item = this.waiting[0];
        if (item.id === this.id) this.transcript.wait(item.key, item.text);
        if (!(await this.one(item))) return;
        this.waiting.shift();
      }
    } finally {
      this.sending = false;
    }
  }

  async one(item) {
    try {
      const answer = await api.send(item.id, item.key, item.text);
      if (item.id === this.id) {
        this.transcript.done(item.key);
        this.onSaid(answer);
      }
      return true;
    } catch (error) {
      if (error.status === 0 || error.status >= 500) {
        if (item.id === this.id) this.transcript.wait(item.key, item.text, "waiting for the connection", () => this.flush());
        return false;
      }
      if (item.id === this.id) {
        this.transcript.wait(item.key, item.text, error.message, () => {
          this.transcript.done(item.key);
          this.put(item.text);
        });
      }
      return true;
    }
  }
}

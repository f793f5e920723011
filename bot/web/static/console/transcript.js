// The middle column's log: who, when, automated text marked, safety lines apart, notes folded.
import { $, h, when } from "./dom.js";
import * as words from "./words.js";

const SENDERS = { person: "Person", bot: "Automated", operator: "Handler", system: "Desk" };

export class Transcript {
  constructor(me, onWhy) {
    this.me = me;
    this.onWhy = onWhy;
    this.root = $("transcript");
  }

  clear() {
    this.root.replaceChildren();
    this.rows = new Map();
    this.cues = [];
    this.pending = new Map();
  }

  setCues(cues) {
    this.cues = cues;
  }

  near() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 80;
  }

  down() {
    this.root.scrollTop = this.root.scrollHeight;
  }

  add(events) {
    const stay = this.rows.size && !this.near();
    for (const event of events) {
      if (this.rows.has(event.seq)) continue;
      this.rows.set(event.seq, event);
      if (event.audience === "staff") this.note(event);
      else this.root.append(this.line(event));
      if (event.sender === "operator" && event.by === this.me) this.settle(event.text);
    }
    for (const row of this.pending.values()) this.root.append(row);
    if (!stay) this.down();
  }

  note(event) {
    let folded = this.root.lastElementChild;
    while (folded?.dataset.wait) folded = folded.previousElementSibling;
    if (!folded?.classList.contains("notes")) {
      folded = h("div", { class: "notes" }, h("details", {}, h("summary", {}, ""), h("ul", {})));
      this.root.append(folded);
    }
    folded.querySelector("ul").append(h("li", {}, `${when(event.ts)}  ${event.text}`));
    const notes = folded.querySelectorAll("ul li").length;
    folded.querySelector("summary").textContent = notes === 1 ? `Staff note: ${short(event.text)}` : `${notes} staff notes, last: ${short(event.text)}`;
  }

  line(event) {
    const kind = event.type === "safety" ? "safety" : event.type === "status" ? "status" : event.sender;
    const who = event.sender === "operator" ? (event.by === this.me ? "You" : event.by || SENDERS.operator) : SENDERS[event.sender];
    const tag = event.type === "safety" ? "Automated safety line" : event.type === "status" && event.sender === "bot" ? "Automated" : who;
    const buttons = (event.buttons || []).map((button) => button.title).join(" · ");
    const held = (event.attachments || []).length;
    const foreign = event.lang && event.lang !== "en" ? words.language(event.lang) : "";
    return h("div", { class: `line line--${kind}`, "data-seq": event.seq },
      h("div", { class: "line__head" },
        h("span", { class: "line__who" }, tag),
        foreign ? h("span", {}, foreign) : null,
        event.sender === "person" && !event.blanked ? why(event, () => this.onWhy(event.seq)) : null,
        h("time", { class: "line__time", dateTime: event.ts }, when(event.ts))),
      h("div", { class: "line__text", lang: event.lang || "en" }, ...this.marked(event)),
      buttons ? h("div", { class: "line__more" }, `Buttons: ${buttons}`) : null,
      held ? h("div", { class: "line__more" }, `${held} attachment${held > 1 ? "s" : ""}, kept closed. Images are not shown here.`) : null);
  }

  // The words that raised a cue are marked, and named for those who do not see the mark.
  marked(event) {
    if (event.sender !== "person") return [event.text];
    const found = this.cues.find((cue) => cue.seq === event.seq && cue.words && event.text.includes(cue.words));
    if (!found || found.words.length === event.text.length) return [event.text];
    const at = event.text.indexOf(found.words);
    return [event.text.slice(0, at), h("mark", { class: "cue", title: found.label }, found.words), event.text.slice(at + found.words.length)];
  }

  // A reply of ours that is on its way: under its own key until the log has it.
  wait(key, text, failed, again) {
    this.pending.get(key)?.remove();
    const row = h("div", { class: `line line--operator line--wait${failed ? " line--failed" : ""}`, "data-wait": "1", "data-text": text },
      h("div", { class: "line__head" }, h("span", { class: "line__who" }, "You"), h("span", {}, failed ? `Not sent: ${failed}` : "Sending…")),
      h("div", { class: "line__text" }, text),
      failed ? h("button", { type: "button", class: "button button--quiet", onclick: again }, "Send again") : null);
    this.pending.set(key, row);
    this.root.append(row);
    this.down();
  }

  done(key) {
    this.pending.get(key)?.remove();
    this.pending.delete(key);
  }

  settle(text) {
    for (const [key, row] of this.pending) {
      if (row.dataset.text === text) return this.done(key);
    }
  }
}

// The button that opens the drawer of a message.
export function why(event, onclick) {
  return h("button", { type: "button", class: "line__why", "data-why": event.seq, "aria-haspopup": "dialog", onclick },
    "Why?", h("span", { class: "hidden" }, ` How the message of ${when(event.ts || event.at)} was read`));
}

const short = (text) => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

// The left column: mine above, then the queue in the order of the desk.
import { $, h, minute, secondsSince, setNow, waited } from "./dom.js";
import * as words from "./words.js";

export class Queue {
  constructor({ me, onOpen, onAlert }) {
    Object.assign(this, { me, onOpen, onAlert });
    this.seen = new Map(); // conversation -> number of the person's last message that was read
    this.known = null; // conversations with danger now that were announced
    this.shown = { queue: [], mine: [] };
    setInterval(() => this.tick(), 1000);
  }

  update(shown, open) {
    setNow(shown.now);
    this.shown = shown;
    this.draw(open);
    this.announce();
  }

  draw(open) {
    const focused = document.activeElement?.dataset?.card;
    const { queue, mine } = this.shown;
    this.open = open;
    $("mine").replaceChildren(...(mine.length ? mine.map((card, n) => this.card(card, n)) : [none("You have no chat.")]));
    $("queue").replaceChildren(...(queue.length ? queue.map((card) => this.card(card)) : [none("Nobody is waiting.")]));
    $("mine-count").textContent = mine.length;
    $("queue-count").textContent = queue.length;
    if (focused) document.querySelector(`[data-card="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  card(card, number = null) {
    const mine = number !== null;
    const [rank, text] = mine ? words.mineRank(card) : [card.rank, card.rank_words];
    const fresh = mine && card.conversation !== this.open && card.last_person_seq > (this.seen.get(card.conversation) || 0);
    const meta = [
      words.told(card.told_999),
      card.lost && rank !== "lost_contact" ? "lost contact" : "",
      card.protected && rank !== "protected" ? "protected" : "",
      card.silenced ? "not safe to type" : "",
      card.suspect ? "may be a suspect" : "",
      card.child ? "child" : "",
      card.deaf ? "deaf / no phone" : "",
      card.language && card.language !== "en" ? words.language(card.language) : "",
    ].filter(Boolean).join(" · ");
    const cue = card.cues[0];
    return h("li", { class: `card card--${rank}` },
      h("button", {
        type: "button", class: "card__button", "data-card": card.conversation,
        "aria-current": card.conversation === this.open ? "true" : null,
        onclick: () => this.onOpen(card.conversation),
      },
      h("span", { class: "card__top" },
        h("span", { class: "card__rank" }, mine && number < 9 ? `${number + 1}. ` : "", text),
        h("span", { class: "card__time" }, h("span", { class: "hidden" }, "waiting "), h("span", { "data-since": card.since }, waited(secondsSince(card.since))))),
      card.type ? h("span", { class: "card__label" }, card.label) : null,
      cue?.words ? h("span", { class: "card__cue" }, `${cue.label}: `, h("strong", {}, `“${short(cue.words, 60)}”`), cue.meaning ? ` (${cue.meaning})` : "") : null,
      card.last_text && card.last_text !== cue?.words ? h("span", { class: "card__words" }, fresh ? h("span", { class: "card__new" }, "New") : null, fresh ? " " : "", `“${card.last_text}”`) : null,
      !cue && card.why ? h("span", { class: "card__meta" }, `Why: ${card.why}`) : null,
      h("span", { class: "card__meta" }, card.last_text_at ? `Last wrote ${minute(card.last_text_at)} · ` : "", meta)));
  }

  // A person was read up to here: no "new message" on the card.
  read(conversation, seq) {
    this.seen.set(conversation, Math.max(seq, this.seen.get(conversation) || 0));
  }

  tick() {
    for (const span of document.querySelectorAll("[data-since]")) {
      const text = waited(secondsSince(span.dataset.since));
      if (span.textContent !== text) span.textContent = text;
    }
  }

  announce() {
    const now = this.shown.queue.filter((card) => card.rank === "now");
    const ids = new Set(now.map((card) => card.conversation));
    const fresh = this.known === null ? [] : now.filter((card) => !this.known.has(card.conversation));
    this.known = ids;
    this.onAlert(now, fresh);
  }

  // j and k: the cards in reading order.
  step(by) {
    const cards = [...document.querySelectorAll("[data-card]")];
    const at = cards.indexOf(document.activeElement);
    cards[Math.min(cards.length - 1, Math.max(0, at + by))]?.focus();
  }
}

const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
const none = (text) => h("li", { class: "cards__none" }, text);

// The right column: danger first, then where, what is missing, the details, why, and the record.
import * as api from "./api.js";
import { $, h, minute, when } from "./dom.js";
import * as words from "./words.js";

const SOURCES = { said: "said", inferred: "read from words", operator: "set by a handler" };
const CHECKS = ["Systems checked", "Markers checked", "Earlier contacts checked", "Vulnerability assessed", "Repeat victim checked", "Evidence advice given"];
const DONE = "Done: ";
const RAISED = "Incident raised elsewhere: ";
const NO_PLACE = "Not known: we cannot see where they are";

export class Record {
  // hooks: act(promise-maker, said) runs a verb and refreshes; notDanger(); put(text); copy()
  constructor({ me, hooks }) {
    Object.assign(this, { me, hooks });
    this.root = $("record");
    this.parts = new Map();
  }

  clear() {
    this.root.replaceChildren();
    this.parts.clear();
    this.id = null;
    this.editing = null;
  }

  show(data) {
    if (this.id !== data.conversation) this.clear();
    this.id = data.conversation;
    this.data = data;
    this.mine = data.state.operator === this.me;
    this.root.hidden = false;
    this.part("danger", this.danger());
    this.part("flags", this.flags());
    this.part("next", this.next());
    this.part("details", this.details());
    this.part("account", this.account());
    this.part("thrive", this.thrive());
    this.part("guide", this.guide());
    this.part("checks", this.checks());
    this.part("copy", this.copy());
  }

  // A part that somebody is typing in is left alone; focus on a button stays where it was.
  part(name, made) {
    made.dataset.part = name;
    const old = this.parts.get(name);
    if (!old) {
      this.parts.set(name, made);
      this.root.append(made);
      return;
    }
    const focus = old.contains(document.activeElement) ? document.activeElement : null;
    if (focus?.matches("input[type=text], textarea, select") || (name === "details" && this.editing)) return;
    const open = [...old.querySelectorAll("details[open]")].map((node) => node.dataset.key);
    old.replaceWith(made);
    this.parts.set(name, made);
    for (const key of open) made.querySelector(`details[data-key="${key}"]`)?.setAttribute("open", "");
    if (focus?.dataset.key) made.querySelector(`[data-key="${CSS.escape(focus.dataset.key)}"]`)?.focus();
  }

  danger() {
    const { danger, peak, check_answer: answer, cues, told_999: told, told_at: at, state } = this.data;
    const [kind, text] = words.danger(danger, answer);
    const fell = peak !== danger ? ` (it was ${peak === "now" ? "DANGER NOW" : "CHECK"})` : "";
    const closed = state.owner === "closed";
    const held = this.data.details.location;
    const where = held ? words.value(null, held.value) : NO_PLACE;
    return h("section", { class: `danger danger--${kind}`, "aria-label": "Danger" },
      h("p", { class: "danger__value" }, text, fell),
      h("ul", { class: "danger__cues" }, cues.slice(0, 8).map((cue) => h("li", {},
        `${cap(cue.label)}: `, cue.words ? h("q", {}, cue.words) : "by the whole message",
        cue.meaning ? ` (in English: ${cue.meaning})` : ""))),
      h("p", { class: "danger__line" }, h("strong", {}, words.told(told)), at ? `, told ${minute(at)}` : ""),
      h("p", { class: "danger__line" }, h("strong", {}, "Where: "), where),
      closed ? null : h("div", { class: "danger__verbs" },
        danger === "none" ? null : h("button", { type: "button", class: "button", "data-key": "lower", "aria-keyshortcuts": "d", onclick: () => this.hooks.notDanger() }, "Not danger, because …"),
        danger === "now" ? null : h("button", { type: "button", class: "button button--danger", "data-key": "raise", onclick: () => this.act("danger", { value: "now", reason: "raised by the handler" }, "Danger is now.") }, "Raise to danger now"),
        state.lost ? h("button", { type: "button", class: "button", "data-key": "found", onclick: () => this.act("found", { reason: "contact is there again" }, "Lost contact is closed.") }, "Contact is there again") : null));
  }

  flags() {
    const s = this.data.state;
    const made = [
      s.protected && ["Protected: no call, text or email before safe contact is agreed", true],
      s.silenced && ["Not safe to type", true],
      s.lost && ["Lost contact", true],
      s.suspect && ["May be a suspect: ask nothing about the offence", true],
      s.suicide && ["Suicide cue", true],
      s.child && ["A child"],
      s.deaf && ["Deaf or cannot use a phone"],
      s.language && s.language !== "en" && [`Writes ${words.language(s.language)}`],
      s.previous && ["Has chatted before"],
      s.via !== "api" && [this.data.connected ? "Page open" : "Page not seen open"],
    ].filter(Boolean);
    return h("ul", { class: "flags", "aria-label": "Flags" }, made.map(([text, strong]) => h("li", { class: `flag${strong ? " flag--strong" : ""}` }, text)));
  }

  next() {
    const { next, missing } = this.data.draft;
    const put = (question, label, key) => h("button", { type: "button", class: "button", "data-key": key, "aria-label": `${label}: put the question in the reply box`, onclick: () => this.hooks.put(question.text) }, label);
    return h("section", { class: "part", "aria-labelledby": "next-title" },
      h("h3", { class: "part__title", id: "next-title" }, "Next best question"),
      next
        ? h("div", { class: "ask" }, h("span", {}, next.text), this.mine ? put(next, "Use", "use") : null)
        : h("p", { class: "hint" }, this.data.state.suspect ? "Nothing: you decide what may be asked." : "Nothing more to ask."),
      missing.length ? h("div", { class: "missing" },
        h("span", {}, "Still needed:"),
        missing.map((question) => (this.mine ? put(question, question.label, `miss-${question.id}`) : h("span", { class: "flag" }, question.label)))) : null);
  }

  details() {
    return h("section", { class: "part", "aria-labelledby": "details-title" },
      h("h3", { class: "part__title", id: "details-title" }, "Details", h("span", { class: "hint" }, this.data.draft.reference ? `Reference ${this.data.draft.reference}` : this.data.draft.label)),
      h("dl", {}, this.data.fields.map((field) => this.detail(field))));
  }

  detail(field) {
    const held = this.data.details[field.name];
    const value = held ? words.value(field, held.value) : "";
    const said = held?.said && held.said.trim().toLowerCase() !== value.toLowerCase() ? held.said : "";
    const nothing = field.name === "location" ? NO_PLACE : field.missing ? "Not known, needed" : "Not known";
    const row = h("div", { class: "detail", "data-name": field.name },
      h("dt", {}, field.label),
      h("dd", {},
        held
          ? [h("span", { class: "detail__value" }, value), " ", h("span", { class: `source source--${held.source}` }, SOURCES[held.source] || held.source)]
          : h("span", { class: `detail__none${field.missing ? " detail__none--bad" : ""}` }, nothing),
        said ? h("span", { class: "detail__said" }, `Their words: “${said}”`) : null),
      h("dd", {}, this.mine ? h("button", { type: "button", class: "detail__edit", "data-key": `edit-${field.name}`, onclick: () => this.edit(row, field, held, value) }, held ? "Edit" : "Add", h("span", { class: "hidden" }, ` ${field.label}`)) : null));
    return row;
  }

  edit(row, field, held, value) {
    row.querySelector(".detail__form")?.remove();
    this.editing = field.name;
    const choices = ["choice"].includes(field.kind) && field.choices.length;
    const input = choices
      ? h("select", { "aria-label": field.label }, h("option", { value: "" }, "Not known"), field.choices.map((item, n) => h("option", { value: String(n), selected: held?.value === item.value }, item.title)))
      : h("input", { type: "text", "aria-label": field.label, value, maxLength: 2000, autocomplete: "off" });
    const end = () => {
      this.editing = null;
      form.remove();
      row.querySelector(".detail__edit").focus();
    };
    const form = h("dd", { class: "detail__form" }, input,
      h("button", { type: "button", class: "button button--main", onclick: () => save() }, "Save"),
      h("button", { type: "button", class: "button button--quiet", onclick: end }, "Cancel"));
    const save = async () => {
      const given = choices ? (input.value === "" ? null : field.choices[Number(input.value)].value) : input.value.trim();
      const done = await this.hooks.act(() => api.edit(this.id, { [field.name]: given }), `${field.label} is saved.`, () => { this.editing = null; });
      if (done) this.root.querySelector(`[data-name="${field.name}"] .detail__edit`)?.focus();
    };
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === input) { event.preventDefault(); save(); }
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); end(); }
    });
    row.append(form);
    input.focus();
    input.select?.();
  }

  editFirst() {
    const missing = this.data?.fields.find((field) => field.missing) || this.data?.fields.find((field) => !this.data.details[field.name]) || this.data?.fields[0];
    if (missing) this.root.querySelector(`[data-name="${missing.name}"] .detail__edit`)?.click();
  }

  account() {
    const said = this.data.draft.account;
    return h("section", { class: "part", "aria-labelledby": "account-title" },
      h("h3", { class: "part__title", id: "account-title" }, "First account, word for word"),
      said.length ? said.map((entry) => h("blockquote", { class: "account" }, entry.text)) : h("p", { class: "hint" }, "None yet."));
  }

  thrive() {
    const rows = Object.entries(words.LETTERS).map(([letter, title]) => {
      const facts = this.data.thrive[letter] || [];
      return [h("dt", {}, title), facts.length
        ? facts.map((fact) => h("dd", {}, fact.fact, fact.words ? [": ", h("q", {}, fact.words)] : ""))
        : h("dd", { class: "hint" }, "Nothing found in their words")];
    });
    return h("section", { class: "part", "aria-labelledby": "thrive-title" },
      h("h3", { class: "part__title", id: "thrive-title" }, "THRIVE: facts, not a score"),
      h("dl", { class: "thrive" }, rows));
  }

  guide() {
    const { draft } = this.data;
    const rows = [
      ["Suggested type", draft.label],
      draft.grade_hint && ["Suggested grade", `${draft.grade_hint} (you decide)`],
      draft.never_ask.length && ["Do not ask", draft.never_ask.join(", ")],
      draft.note && ["Note", draft.note],
    ].filter(Boolean);
    return h("section", { class: "part", "aria-labelledby": "guide-title" },
      h("h3", { class: "part__title", id: "guide-title" }, "For this type"),
      h("dl", { class: "thrive" }, rows.map(([title, text]) => [h("dt", {}, title), h("dd", {}, text)])));
  }

  checks() {
    const notes = this.hooks.notes().filter((event) => event.says === "note.handler");
    const done = new Set(notes.map((event) => event.text));
    const raised = notes.filter((event) => event.text.startsWith(RAISED)).at(-1);
    const ticks = CHECKS.map((text) => {
      const is = done.has(DONE + text);
      return h("label", { class: "tick" }, h("input", {
        type: "checkbox", checked: is, disabled: is || !this.mine, "data-key": `tick-${text}`,
        onchange: () => this.act("notes", { text: DONE + text }, `${text}: noted.`),
      }), h("span", {}, text));
    });
    const input = h("input", { type: "text", maxLength: 60, autocomplete: "off", id: "incident-number" });
    const save = () => input.value.trim() && this.act("notes", { text: RAISED + input.value.trim() }, "The incident number is noted.").then(() => { input.value = ""; });
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); save(); } });
    return h("section", { class: "part", "aria-labelledby": "checks-title" },
      h("h3", { class: "part__title", id: "checks-title" }, "Checked by you"),
      h("div", { class: "ticks" }, ticks),
      raised ? h("p", { class: "hint" }, `${raised.text} (${when(raised.ts)})`) : null,
      this.mine ? h("div", { class: "incident" }, h("label", { htmlFor: "incident-number" }, "Incident number raised elsewhere", input), h("button", { type: "button", class: "button", "data-key": "incident", onclick: save }, "Note")) : null);
  }

  copy() {
    return h("div", { class: "record__copy" }, h("button", { type: "button", class: "button button--main", "data-key": "copy", "aria-keyshortcuts": "y", onclick: () => this.hooks.copy() }, "Copy the record as text"));
  }

  act(name, body, said) {
    return this.hooks.act(() => api.move(this.id, name, body), said);
  }
}

const cap = (text) => text.charAt(0).toUpperCase() + text.slice(1);

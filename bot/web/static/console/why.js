// The drawer "Why?": how one message was read, by which rules and numbers, and whom it sounds like.
import * as api from "./api.js";
import { $, h } from "./dom.js";
import * as words from "./words.js";

const TIMES = { now: "now", check: "check", "check (like messages labelled check)": "check, as like messages that people labelled check" };

export class Why {
  constructor() {
    this.box = $("why");
    this.body = $("why-body");
    // A click beside the drawer closes it, as Escape does; the browser gives the focus back.
    this.box.addEventListener("click", (event) => { if (event.target === this.box) this.box.close(); });
  }

  async open(id, seq) {
    this.asked = `${id}/${seq}`;
    const asked = this.asked;
    this.body.replaceChildren(h("p", { class: "hint" }, "Working it out. The first time takes some seconds."));
    if (!this.box.open) this.box.showModal();
    $("why-title").focus();
    try {
      const found = await api.reading(id, seq);
      if (this.asked === asked) this.body.replaceChildren(...shown(found));
    } catch (error) {
      if (this.asked === asked) this.body.replaceChildren(h("p", { class: "problem", role: "alert" }, error.message));
    }
  }
}

const part = (title, ...children) => h("section", { class: "why__part" }, h("h3", {}, title), children);
const score = (value) => value.toFixed(2);

export function dangerWord(value) {
  return { now: "Danger now", check: "Check", none: "No danger" }[value] || value;
}

function shown(found) {
  const { explanation: made, read } = found;
  return [
    h("blockquote", { class: "account" }, found.text),
    found.asked ? h("p", { class: "hint" }, `It came after the question “${words.plain(found.asked)}”.`) : null,
    read ? part("How it was read", facts(read), read.cues.length && !made ? cues(read.cues) : null) : part("How it was read", h("p", {}, "No reading was kept with it.")),
    made && !found.same && read ? differs(read, made.read) : null,
    made ? danger(made) : null,
    made ? fired(made.fired) : null,
    made ? nearest(made) : null,
    made ? others(made) : null,
    found.why_not ? h("p", { class: "why__not" }, found.why_not) : null,
  ].filter(Boolean);
}

function facts(read) {
  const rows = [
    ["Route", read.route_label], ["Type", read.label], ["Danger", dangerWord(read.danger)],
    read.act && ["Answer", words.plain(read.act)],
    read.language && read.language !== "en" && ["Language", words.language(read.language)],
    read.failed && ["Note", "It could not be read, so it is asked about."],
    ["Model", read.model],
  ].filter(Boolean);
  return h("dl", { class: "why__facts" }, rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

const cues = (found) => h("ul", { class: "why__list" }, found.map((cue) => h("li", {}, cue.label, ": ", cue.words ? h("q", {}, cue.words) : "by the whole message")));

function differs(then, now) {
  const other = then.model !== now.model ? ` Another model read it then (${then.model}, now ${now.model}).` : " The desk also looked at the messages before it.";
  return h("p", { class: "why__not" }, `Read again by itself it comes out as ${now.route_label}, ${now.label}, ${dangerWord(now.danger)}.${other}`);
}

function danger(made) {
  const rows = made.bars.map((bar) => h("tr", {},
    h("th", { scope: "row" }, TIMES[bar.name] || bar.name), h("td", {}, score(bar.bar)), h("td", {}, score(bar.score)),
    h("td", {}, bar.reached ? h("strong", {}, "reached") : "not reached")));
  return part("Danger",
    h("p", {}, made.decided, ` It was read as a ${made.place}.`),
    h("table", { class: "why__table" },
      h("thead", {}, h("tr", {}, ["Threshold", "Needs", "Has", "Result"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, rows)),
    h("details", {}, h("summary", {}, "What each opinion would say alone"),
      h("table", { class: "why__table" }, h("tbody", {}, made.opinions.map((one) => h("tr", {}, h("th", { scope: "row" }, one.opinion), h("td", {}, score(one.score))))))));
}

function fired(list) {
  return part("Cues and rules", list.length ? h("ul", { class: "why__list" }, list.map((one) => h("li", {},
    h("strong", {}, one.label), one.rule ? `, rule ${one.rule}: ` : ", the model: ",
    one.words ? h("q", {}, one.words) : "by the whole message",
    one.meaning ? ` (in English: ${one.meaning})` : "",
    one.danger !== "none" ? `. Raises to ${one.danger}.` : ""))) : h("p", {}, "None fired."));
}

function nearest(made) {
  const labels = (one) => [words.plain(one.intent), one.label, one.danger ? dangerWord(one.danger) : "", one.asked ? `after ${words.plain(one.asked)}` : ""].filter(Boolean).join(" · ");
  return part("Nearest training examples",
    made.nearest.length ? h("ol", { class: "why__near" }, made.nearest.map((one) => h("li", {},
      h("q", {}, one.text),
      h("span", { class: "why__labels" }, labels(one)),
      h("span", { class: "why__labels" }, h("code", {}, `${one.file}:${one.line}`), ` · likeness ${score(one.likeness)}`)))) : h("p", {}, "There are no training examples on this desk."),
    made.left_out ? h("p", { class: "hint" }, `${made.left_out} examples are too new to be compared. After the next “make train” they are.`) : null);
}

function others(made) {
  const rows = (list) => list.map((one) => h("tr", {}, h("th", { scope: "row" }, one.label), h("td", {}, score(one.score))));
  return part("Other readings", h("div", { class: "why__two" },
    h("table", { class: "why__table" }, h("caption", {}, "Route"), h("tbody", {}, rows(made.routes))),
    h("table", { class: "why__table" }, h("caption", {}, "Type"), h("tbody", {}, rows(made.types)))));
}

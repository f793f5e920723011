// The trainers' page: chats that a handler put right, how each message was read, and proposals.
import * as api from "./api.js";
import { wireCancel } from "./dialogs.js";
import { $, h, when } from "./dom.js";
import { wire } from "./find.js";
import { Propose } from "./propose.js";
import { why as whyButton } from "./transcript.js";
import { Why, dangerWord } from "./why.js";

const SENDERS = { person: "Person", bot: "Automated", operator: "Handler", system: "Desk" };
const why = new Why();
const propose = new Propose();
let shown = [];
let next = null;
let open = null;

const arrow = (from, to) => [h("span", {}, from), h("span", { "aria-hidden": "true" }, " → "), h("span", { class: "hidden" }, " became "), h("strong", {}, to)];
const move = (one) => (one.from || one.to ? arrow(dangerWord(one.from), dangerWord(one.to)) : ["Changed"]);

// What changed, a row each: [name, what it became].
function rows(chat) {
  const same = chat.read.type === chat.made.type;
  return [
    !same && ["Type", arrow(chat.read.label, chat.made.label)],
    same && chat.changed.includes("type") && ["Incident type", arrow(chat.read.incident || "not known", chat.made.incident)],
    chat.changed.includes("route") && ["Route", arrow(chat.read.route_label, chat.made.route_label)],
    ...chat.dangers.map((one) => ["Danger", move(one)]),
  ].filter(Boolean);
}

function card(chat) {
  return h("li", { class: `card${chat.peak === "now" ? " card--now" : ""}` },
    h("button", { type: "button", class: "card__button", "data-chat": chat.conversation, "aria-current": chat.conversation === open ? "true" : null, onclick: () => show(chat.conversation) },
      h("span", { class: "card__top" }, h("span", { class: "card__label" }, chat.made.label), h("span", { class: "card__time" }, when(chat.closed_at))),
      rows(chat).map(([name, made]) => h("span", { class: "card__words" }, `${name}: `, made)),
      h("span", { class: "card__meta" }, `by ${chat.by.join(", ")}`),
      chat.withheld ? h("span", { class: "card__meta" }, chat.withheld) : null));
}

function draw() {
  const focused = document.activeElement?.dataset?.chat;
  $("list").replaceChildren(...(shown.length ? shown.map(card) : [h("li", { class: "cards__none" }, "No closed chat was put right, as far as this goes back.")]));
  $("list-count").textContent = `${shown.length}${next ? "+" : ""}`;
  $("more").hidden = !next;
  if (focused) document.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

async function list(before) {
  const wanted = { change: $("filter-change").value, type: $("filter-type").value };
  $("list-problem").hidden = true;
  try {
    const found = await api.changes(before ? { ...wanted, before } : wanted);
    shown = before ? [...shown, ...found.chats] : found.chats;
    next = found.next;
    draw();
  } catch (error) {
    $("list-problem").textContent = error.message;
    $("list-problem").hidden = false;
  }
}

async function show(id) {
  open = id;
  draw();
  $("empty").hidden = true;
  $("open").hidden = false;
  try {
    const chat = await api.changed(id);
    if (open === id) $("open").replaceChildren(...page(chat));
  } catch (error) {
    if (open === id) $("open").replaceChildren(h("p", { class: "problem", role: "alert" }, error.message));
  }
  $("chat").scrollTop = 0;
  $("chat-title")?.focus();
}

function page(chat) {
  const facts = [
    ["Read as", `${chat.read.route_label}, ${chat.read.label}`],
    ["Made of it", `${chat.made.route_label}, ${chat.made.label}`],
    ...(chat.read.incident === chat.made.incident ? [] : [["Incident type", arrow(chat.read.incident || "not known", chat.made.incident)]]),
    ...chat.dangers.map((one) => ["Danger", [...move(one), ` by ${one.by}, ${when(one.at)}`, one.reason ? [h("br"), h("q", {}, one.reason)] : ""]]),
    ["Closed", `${when(chat.closed_at)}${chat.closed_as ? `, ${chat.closed_as}` : ""}`],
  ];
  return [
    h("div", { class: "talk__head" },
      h("h2", { class: "talk__title", id: "chat-title", tabIndex: -1 }, chat.made.label),
      h("p", { class: "talk__meta" }, `Put right by ${chat.by.join(", ")}`)),
    h("dl", { class: "why__facts changed" }, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    chat.withheld
      ? h("p", { class: "why__not withheld" }, chat.withheld)
      : h("div", { class: "transcript transcript--whole" }, chat.messages.map((one) => line(chat, one))),
  ];
}

function line(chat, one) {
  const kind = ["safety", "status"].includes(one.type) ? one.type : one.sender;
  const theirs = one.sender === "person" && !one.removed;
  return h("div", { class: `line line--${kind}`, "data-seq": one.seq },
    h("div", { class: "line__head" },
      h("span", { class: "line__who" }, one.type === "safety" ? "Automated safety line" : SENDERS[one.sender]),
      h("time", { class: "line__time", dateTime: one.at }, when(one.at))),
    h("div", { class: "line__text" }, one.removed ? "[removed]" : one.text),
    theirs ? h("div", { class: "line__read" },
      h("span", {}, readAs(one)),
      one.read?.cues.length ? h("span", {}, "Cues: ", one.read.cues.map((cue, n) => [n ? "; " : "", `${cue.label}: `, cue.words ? h("q", {}, cue.words) : "by the whole message"])) : null,
      h("span", { class: "line__verbs" },
        whyButton(one, () => why.open(chat.conversation, one.seq)),
        one.pressed ? null : h("button", { type: "button", class: "line__why", "aria-haspopup": "dialog", "data-propose": one.seq, onclick: () => propose.open(chat, one) }, "Propose an example"))) : null);
}

function readAs({ read, asked, pressed }) {
  if (pressed) return "They pressed a button.";
  if (!read) return "No reading was kept.";
  const after = asked ? `after “${asked.replaceAll("_", " ")}”: ` : "";
  const act = read.act ? `${read.act.replaceAll("_", " ")} · ` : "";
  return `Read as ${after}${act}${read.route_label} · ${read.label} · ${dangerWord(read.danger)}`;
}

wire();
wireCancel();
for (const id of ["filter-change", "filter-type"]) $(id).addEventListener("change", () => list());
$("more").addEventListener("click", () => list(next));
$("log-out").addEventListener("click", async () => {
  await api.logOut().catch(() => {});
  location.assign("/console/login");
});
list();

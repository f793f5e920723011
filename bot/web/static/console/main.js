// The console: joins queue, transcript, composer and record, and the keys.
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { CloseDialog, DangerDialog, GiveDialog, wireCancel } from "./dialogs.js";
import { $, h, when } from "./dom.js";
import { wire as wireFind } from "./find.js";
import { Link } from "./link.js";
import { Queue } from "./queue.js";
import { Record } from "./record.js";
import { chime } from "./sound.js";
import { Transcript } from "./transcript.js";
import { Why } from "./why.js";
import * as words from "./words.js";

const me = document.body.dataset.name;
const REFRESH_MS = 250;
const SAID_MS = 6000;
let open = null; // id of the open conversation
let data = null; // its last answer
let events = []; // its entries
let sound = false;

const why = new Why();
const transcript = new Transcript(me, (seq) => why.open(open, seq));
const composer = new Composer({ transcript, onSaid: (answer) => take(answer.events) });
const record = new Record({ me, hooks: {
  act, put: (text) => composer.put(text), copy, notDanger: () => dangerDialog.open(data),
  notes: () => events.filter((event) => event.audience === "staff"),
} });
const queue = new Queue({ me, onOpen: (id) => show(id), onAlert: alertNow });
const closeDialog = new CloseDialog(() => { say("Closed."); refresh(); });
const giveDialog = new GiveDialog(() => { say("Given to your colleague."); refresh(); });
const dangerDialog = new DangerDialog(() => { say("Saved, with your reason."); refresh(); });

const link = new Link({
  onQueue: (shown) => { queue.update(shown, open); header(shown); },
  onEvent: (id, event) => { if (id === open) take([event]); },
  onState: (frame) => { if (frame.conversation === open) later(frame); },
  onLine: (up) => { $("offline").hidden = up; if (up) { composer.flush(); if (open) refresh(); } },
  cursor: () => through(),
});

const through = () => events.reduce((most, event) => Math.max(most, event.seq), 0);

function say(text, bad = false) {
  const box = $("said");
  box.textContent = text;
  box.classList.toggle("banner--bad", bad);
  box.hidden = false;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { box.hidden = true; }, SAID_MS);
}

// One verb: what it came to is said, and what is shown is read again.
async function act(verb, said, before) {
  try {
    await verb();
    before?.();
    say(said);
    await refresh();
    return true;
  } catch (error) {
    say(error.message, true);
    if (error.status === 409) await refresh();
    return false;
  }
}

async function show(id, { focus = true } = {}) {
  if (open !== id) {
    open = id;
    events = [];
    data = null;
    transcript.clear();
    record.clear();
    composer.open(id);
  }
  $("empty").hidden = true;
  try {
    const found = await api.conversation(id);
    if (open !== id) return;
    draw(found);
    take(found.events);
    link.watch([id]);
    queue.draw(open);
    if (focus) (data.state.operator === me ? $("reply") : $("talk-title")).focus();
  } catch (error) {
    say(error.message, true);
  }
}

async function refresh() {
  if (!open) return;
  const id = open;
  const found = await api.conversation(id, through()).catch(() => null);
  if (!found || open !== id) return;
  take(found.events);
  draw(found);
}

function later(frame) {
  if (data && frame.rev === data.rev && JSON.stringify(frame.state) === JSON.stringify(data.state) && frame.connected === data.connected) return;
  clearTimeout(later.timer);
  later.timer = setTimeout(refresh, REFRESH_MS);
}

function take(fresh) {
  const known = new Set(events.map((event) => event.seq));
  const added = fresh.filter((event) => !known.has(event.seq));
  events = [...events, ...added].sort((a, b) => a.seq - b.seq);
  transcript.add(added);
  queue.read(open, through());
}

function draw(found) {
  data = found;
  transcript.setCues(found.cues);
  const { state } = found;
  const mine = state.operator === me;
  $("open").hidden = false;
  $("talk-title").textContent = found.draft.label;
  $("talk-meta").textContent = [
    words.owner(state, me),
    `started ${when(state.created)}`,
    state.queue_why ? `queued because: ${state.queue_why}` : "",
    found.draft.reference ? `reference ${found.draft.reference}` : "",
    onHold(state) ? "on hold: back to the queue in five minutes" : "",
    state.close_code ? `closed as ${state.close_code.replaceAll("_", " ")}` : "",
  ].filter(Boolean).join(" · ");
  $("moves").replaceChildren(...(mine ? moves(state) : []));
  $("composer").hidden = !mine;
  $("take-bar").hidden = mine;
  $("take-text").textContent = takeWords(state);
  $("take").hidden = !["queue", "bot"].includes(state.owner);
  const warn = state.silenced
    ? "They are not safe to type. Someone may read this. Do not write unless they write first."
    : state.suspect ? "They may be a suspect. Ask nothing about the offence." : "";
  $("warning").textContent = warn;
  $("warning").hidden = !warn;
  record.show(found);
}

function onHold(state) {
  const last = (test) => events.filter(test).at(-1)?.seq || 0;
  return state.hold_until && last((e) => e.says === "note.hold") > last((e) => e.sender === "operator" && e.audience !== "staff");
}

function takeWords(state) {
  if (state.owner === "queue") return "Nobody has this chat yet. You are reading it.";
  if (state.owner === "bot") return "The assistant has this chat. If you take it, the assistant is silent.";
  if (state.owner === "closed") return "This conversation is closed.";
  return `${state.operator} has this chat. Only they can reply.`;
}

function moves(state) {
  const button = (text, key, onclick, more = {}) => h("button", { type: "button", class: "button", "aria-keyshortcuts": key, onclick, ...more }, text, key ? [" ", h("kbd", {}, key)] : "");
  return [
    button("Back to queue", "b", release),
    button("Give to colleague", "g", give),
    button("Hold", null, () => act(() => api.move(open, "hold"), "On hold. In five minutes it goes back to the queue, unless you write.")),
    state.danger !== "now" && !state.silenced ? button("To assistant", null, () => act(() => api.move(open, "return_to_bot"), "The assistant carries on.")) : null,
    button("Close …", "c", () => closeDialog.open(data)),
  ].filter(Boolean);
}

const release = () => act(() => api.move(open, "release"), "Back in the queue, in its place.");
const give = () => giveDialog.open(data, queue.shown.operators || [], me);

async function next() {
  try {
    const answer = await api.next();
    if (!answer) return say("Nobody is waiting.");
    await show(answer.conversation);
  } catch (error) {
    say(error.message, true);
  }
}

async function claim(id) {
  try {
    await api.move(id, "claim");
    await show(id);
  } catch (error) {
    say(error.message, true);
    refresh();
  }
}

function whyLast() {
  const last = events.filter((event) => event.sender === "person" && event.audience !== "staff" && !event.blanked).at(-1);
  if (last) why.open(open, last.seq);
}

async function copy() {
  try {
    const text = await api.record(open);
    await navigator.clipboard.writeText(text);
    say("The record is copied. Paste it into your own system.");
  } catch (error) {
    say(error.status === undefined ? "This browser does not let us copy. Use its own copy." : error.message, true);
  }
}

function header(shown) {
  $("counts").textContent = `${shown.queue.length} waiting · ${shown.live} automated · ${shown.with_others} with colleagues · ${shown.operators_available} available`;
  press("available", shown.available, shown.available ? "Available" : "Away");
  $("silent-desk").hidden = !shown.no_handlers;
  if ($("no-handlers")) press("no-handlers", shown.no_handlers, shown.no_handlers ? "No handlers: being said" : "No handlers: say so");
}

function press(id, on, text) {
  $(id).setAttribute("aria-pressed", String(on));
  $(`${id}-text`).textContent = text;
}

function alertNow(now, fresh) {
  const box = $("alert");
  const waiting = now.length;
  document.title = waiting ? `(${waiting}) Call handling` : "Call handling";
  if (!waiting) {
    box.hidden = true;
    box.replaceChildren();
    return;
  }
  if (fresh.length) {
    const card = fresh[0];
    const more = waiting > 1 ? ` ${waiting} with danger now are waiting.` : "";
    box.replaceChildren(
      h("span", {}, `New: danger now. ${card.label}.${card.words ? ` “${card.words}”` : ""}${more}`),
      h("button", { type: "button", class: "button", onclick: () => claim(card.conversation) }, "Take it"),
      h("button", { type: "button", class: "button", onclick: () => { box.hidden = true; } }, "Hide"));
    box.hidden = false;
    if (sound) chime();
  }
}

function wireTop() {
  $("next").addEventListener("click", next);
  $("take").addEventListener("click", () => claim(open));
  $("available").addEventListener("click", () => act(() => api.available($("available").getAttribute("aria-pressed") !== "true"), "Changed."));
  $("no-handlers")?.addEventListener("click", () => act(() => api.noHandlers($("no-handlers").getAttribute("aria-pressed") !== "true"), "Changed for the whole desk."));
  $("sound").addEventListener("click", () => {
    sound = !sound;
    press("sound", sound, sound ? "Sound on" : "Sound off");
    if (sound) chime();
  });
  $("find-open").addEventListener("click", () => $("find-dialog").showModal());
  $("help-open").addEventListener("click", () => $("help-dialog").showModal());
  $("log-out").addEventListener("click", async () => {
    link.stop();
    sessionStorage.clear();
    await api.logOut().catch(() => {});
    location.assign("/console/login");
  });
  $("keys-on").checked = localStorage.getItem("keys") !== "off";
  $("keys-on").addEventListener("change", () => localStorage.setItem("keys", $("keys-on").checked ? "on" : "off"));
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
  if (typing) {
    if (event.key === "Escape") $("talk-title").focus();
    return;
  }
  if (!$("keys-on").checked) return;
  const mine = data?.state.operator === me;
  const verbs = {
    n: next, "?": () => $("help-dialog").showModal(), j: () => queue.step(1), k: () => queue.step(-1),
    r: mine && (() => $("reply").focus()), e: mine && (() => record.editFirst()), y: open && copy,
    d: data && data.danger !== "none" && data.state.owner !== "closed" && (() => dangerDialog.open(data)),
    w: open && whyLast, b: mine && release, g: mine && give, c: mine && (() => closeDialog.open(data)),
  };
  const chat = /^[1-9]$/.test(event.key) ? queue.shown.mine[Number(event.key) - 1] : null;
  const verb = chat ? () => show(chat.conversation) : verbs[event.key];
  if (!verb) return;
  event.preventDefault();
  verb();
}

wireCancel();
wireFind();
wireTop();
document.addEventListener("keydown", key);

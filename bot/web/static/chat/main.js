// Puts the page together. No framework, no build step: each module is one thing.
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { watch } from "./exit.js";
import { Link } from "./link.js";
import { Log } from "./log.js";
import { Outbox } from "./outbox.js";
import { locate } from "./place.js";
import { Status } from "./status.js";
import * as store from "./store.js";

let chat = store.get("chat") ?? null;
let starting = null;
let link = null;
let through = 0;
let previous;

const status = new Status();
const log = new Log(choose);
const outbox = new Outbox(theChat, { onReply, onRefused, onLine: (up) => status.line(up) });
const composer = new Composer((text) => send(text));

watch(() => chat, stop);
byIdAll("[data-say]", (button) =>
  button.addEventListener("click", () => {
    document.getElementById("ways").open = false;
    send(button.dataset.say);
  }),
);
document.getElementById("resume-typing").addEventListener("click", () => status.typeAgain());
addEventListener("online", () => {
  outbox.flush();
  link?.hurry();
});
// A page that the browser kept for its back button must not show an old conversation.
addEventListener("pageshow", (event) => event.persisted && location.reload());
document.body.classList.add("is-ready");
resume();

function byIdAll(selector, each) {
  for (const element of document.querySelectorAll(selector)) each(element);
}

// Draw what was said before, quietly, then what was still on its way.
async function resume() {
  if (chat) {
    log.quiet = true;
    follow();
  }
  for (const item of outbox.items) log.sending(item);
  if (outbox.items.length) outbox.flush();
}

// The conversation; made with the first word, so that a look at the page leaves no trace.
async function theChat() {
  if (chat) return chat;
  starting ??= api.start({ locale: navigator.language?.slice(0, 20), previous });
  try {
    const made = await starting;
    chat = { id: made.conversation, token: made.token };
    store.set("chat", chat);
    follow();
    take(made.events);
    onState(made.state, made.through);
    return chat;
  } finally {
    starting = null;
  }
}

function follow() {
  link = new Link(chat, {
    onEvents: take,
    onState: (state, seen) => {
      onState(state, seen);
      log.quiet = false;
    },
    onLine: (up) => {
      status.line(up);
      if (up) outbox.flush();
    },
    onGone: anew,
  });
  link.run();
}

// The desk no longer knows this conversation: begin again, keeping what is not sent.
function anew() {
  chat = null;
  link = null;
  through = 0;
  store.set("chat", null);
  log.quiet = false;
}

function send(text, payload) {
  log.sending(outbox.add(text, payload));
  bottom();
}

async function choose({ title, payload }) {
  if (payload === "/location") {
    const found = await locate();
    return send(found.text, found.payload);
  }
  return send(title, payload);
}

function onReply(item, reply) {
  log.sent(item.client_id, reply.seq);
  take(reply.events);
  // The cursor stays: entries of others may lie before this one.
  onState(reply.state, reply.through);
}

function onRefused(item, error) {
  if (error.code === "conversation_unknown" || error.code === "token_wrong") {
    anew();
    outbox.add(item.text);
    return;
  }
  log.failed(item.client_id, error.message);
  if (error.code === "conversation_closed") {
    previous = chat?.id;
    link?.stop();
    anew();
    log.say("The chat had ended. Send your message again to start a new one.", false);
  }
  if (!composer.box.value) composer.put(item.text);
}

function take(events) {
  let drawn = false;
  for (const event of events) {
    const sending = outbox.sending;
    const own = sending && sending.text === event.text ? sending.client_id : null;
    if (!log.draw(event, own)) continue;
    drawn = true;
    status.stopTyping(event);
  }
  if (drawn) bottom();
}

function onState(state, seen) {
  if (seen < through) return;
  through = seen;
  if (state.protected) calm();
  status.show(state);
}

// Protected: nothing stays on this device from here on, and nothing draws the eye.
function calm() {
  if (document.body.classList.contains("is-protected")) return;
  document.body.classList.add("is-protected");
  store.stop();
  log.calm();
  composer.calm();
}

function stop() {
  link?.stop();
  outbox.forget();
  chat = null;
}

// Down to the newest line, but never past the start of the answer: the 999 line comes first.
function bottom() {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = still || log.protected || log.quiet ? "auto" : "smooth";
  const bars = document.querySelector(".chat-head").getBoundingClientRect().bottom;
  const start = log.start ? log.start.getBoundingClientRect().top + scrollY - bars - 8 : Infinity;
  const top = Math.min(document.documentElement.scrollHeight - innerHeight, start);
  if (top > scrollY || !log.start) scrollTo({ top, behavior });
}

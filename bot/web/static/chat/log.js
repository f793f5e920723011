// Draws the messages, each once, in the order of their numbers, and says each once.
import { clock, fill, plain } from "./words.js";

const WHO = { bot: "Assistant", operator: "Call handler", system: "", person: "You" };
const SAY_CLEAR_MS = 4000;

// The 999 message itself: the one line that is drawn and said loudly (unless protected).
const urgent = (event) => event.type === "safety" && (event.says ?? "").startsWith("tell_999");

export class Log {
  // `onChoice({title, payload})` is called when a button is pressed.
  constructor(onChoice) {
    this.list = document.getElementById("log");
    this.polite = document.getElementById("say-polite");
    this.now = document.getElementById("say-now");
    this.onChoice = onChoice;
    this.drawn = new Map(); // number -> element
    this.waiting = new Map(); // client id -> element of a message on its way
    this.protected = false;
    this.quiet = false; // while the past is drawn again nothing is announced
  }

  get empty() {
    return !this.list.children.length;
  }

  // A message of the person before the desk has it.
  sending(item) {
    const line = this.line("person", item.text);
    this.foot(line, "Sending");
    this.waiting.set(item.client_id, line);
    this.list.append(line);
    this.choices(null);
  }

  // The desk has it, under this number.
  sent(clientId, seq) {
    const line = this.waiting.get(clientId);
    this.waiting.delete(clientId);
    if (!line) return;
    if (this.drawn.has(seq)) {
      line.remove(); // the socket was faster than the answer
      return;
    }
    this.foot(line, `You, ${clock()}`);
    this.place(line, seq);
  }

  failed(clientId, why) {
    const line = this.waiting.get(clientId);
    this.waiting.delete(clientId);
    if (!line) return;
    line.classList.add("chat-line--failed");
    this.foot(line, `Not sent. ${why}`);
    this.say(`Not sent. ${why}`, false);
  }

  // An entry of the log. `own` is the client id of a message on its way with the same words.
  draw(event, own) {
    const drawn = this.drawn.get(event.seq);
    if (drawn) {
      this.own(drawn, event);
      return false;
    }
    const adopted = event.sender === "person" && own && this.waiting.get(own);
    if (adopted) {
      this.waiting.delete(own);
      this.foot(adopted, `You, ${clock(event.ts)}`);
      this.place(adopted, event.seq);
      return true;
    }
    const line = this.line(event.sender, event.text, event.lang);
    line.classList.toggle("chat-line--urgent", urgent(event));
    const who = WHO[event.sender];
    if (who) this.foot(line, `${who}, ${clock(event.ts)}`);
    this.place(line, event.seq);
    if (event.sender !== "person") this.announce(event);
    this.choices(event.sender === "person" ? null : event);
    return true;
  }

  // A message drawn before the desk's own words for it were here: "My location" has a position.
  own(line, event) {
    const words = line.querySelector(".chat-line__words");
    if (event.sender === "person" && words.textContent !== event.text) words.textContent = event.text;
  }

  line(sender, text, lang) {
    const line = document.createElement("li");
    line.className = `chat-line chat-line--${sender}`;
    const words = document.createElement("div");
    words.className = "chat-line__words";
    if (lang && lang !== "en") words.lang = lang;
    if (sender === "person") words.textContent = text;
    else fill(words, text);
    line.append(words);
    return line;
  }

  foot(line, text) {
    let foot = line.querySelector(".chat-line__foot");
    if (!foot) {
      foot = document.createElement("p");
      foot.className = "chat-line__foot";
      line.append(foot);
    }
    foot.textContent = text;
  }

  // In the order of the numbers; what has none yet stays at the end.
  place(line, seq) {
    this.drawn.set(seq, line);
    line.dataset.seq = seq;
    const after = [...this.list.children].find((other) => {
      const number = Number(other.dataset.seq ?? Infinity);
      return other !== line && number > seq;
    });
    if (after) this.list.insertBefore(line, after);
    else this.list.append(line);
  }

  // The buttons of the last lines, until the person has said something.
  choices(event) {
    if (!event) {
      for (const old of this.list.querySelectorAll(".chat-choices")) old.remove();
      return;
    }
    if (!event.buttons?.length) return;
    const row = document.createElement("ul");
    row.className = "chat-choices";
    for (const choice of event.buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chat-choice";
      button.textContent = choice.title;
      button.addEventListener("click", () => this.onChoice(choice));
      const item = document.createElement("li");
      item.append(button);
      row.append(item);
    }
    this.drawn.get(event.seq).append(row);
  }

  announce(event) {
    if (this.quiet) return;
    const titles = (event.buttons ?? []).map((choice) => choice.title).join(", ");
    const words = plain(event.text) + (titles ? ` Choices: ${titles}.` : "");
    this.say(words, urgent(event) && !this.protected, event.lang);
  }

  // Each sentence goes into one live region, once, and is taken out again when it was read.
  say(text, loud, lang) {
    const said = document.createElement("p");
    said.textContent = text;
    if (lang && lang !== "en") said.lang = lang;
    (loud ? this.now : this.polite).append(said);
    setTimeout(() => said.remove(), SAY_CLEAR_MS);
  }

  // The line from which to read: the first one after the person's last words, or those words.
  get start() {
    const own = [...this.list.querySelectorAll(".chat-line--person")].pop();
    return own?.nextElementSibling ?? own;
  }

  // A protected conversation is polite from here on, also with what was about to be said.
  calm() {
    this.protected = true;
    this.polite.append(...this.now.childNodes);
  }
}

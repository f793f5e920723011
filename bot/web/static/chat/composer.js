// The message box. What is in it is never lost: not by a refusal, not by a lost line.
import * as store from "./store.js";

const WARN_AT = 9000; // from here the counter shows

export class Composer {
  constructor(onSend) {
    this.form = document.getElementById("composer");
    this.box = document.getElementById("text");
    this.error = document.getElementById("text-error");
    this.count = document.getElementById("count");
    this.limit = Number(document.body.dataset.limit);
    this.onSend = onSend;
    this.box.value = store.get("draft") ?? "";
    // On a phone Enter makes a new line, as in every other app there.
    this.enterSends = !matchMedia("(pointer: coarse)").matches;
    if (!this.enterSends) this.box.enterKeyHint = "enter";
    else this.box.enterKeyHint = "send";
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.box.addEventListener("input", () => this.changed());
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || !this.enterSends) return;
      event.preventDefault();
      this.submit();
    });
    this.changed();
  }

  submit() {
    const text = this.box.value;
    if (!text.trim()) return this.complain("Write a message first.");
    if (this.length > this.limit) {
      return this.complain("Your message is too long to send. Make it shorter, or send it in parts.");
    }
    this.put("");
    this.onSend(text);
    this.box.focus();
  }

  // The desk counts whole characters; JavaScript counts halves of some.
  get length() {
    return [...this.box.value].length;
  }

  put(text) {
    this.box.value = text;
    this.changed();
  }

  changed() {
    store.set("draft", this.box.value);
    this.complain("");
    const left = this.limit - this.length;
    this.count.hidden = this.length < WARN_AT;
    this.count.classList.toggle("chat-composer__count--over", left < 0);
    this.count.textContent =
      left < 0
        ? `You have ${-left} characters too many`
        : `You have ${left} characters left`;
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight + 4}px`;
  }

  complain(text) {
    this.error.hidden = !text;
    this.error.textContent = text;
    this.box.classList.toggle("govuk-textarea--error", Boolean(text));
    if (text) {
      this.box.setAttribute("aria-invalid", "true");
      this.box.setAttribute("aria-describedby", "text-error count");
      this.box.focus();
    } else {
      this.box.removeAttribute("aria-invalid");
      this.box.setAttribute("aria-describedby", "count");
    }
  }

  // Protected: the words in the box are kept nowhere else.
  calm() {
    this.box.spellcheck = false;
  }
}

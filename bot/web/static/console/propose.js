// "Propose an example": scrubbed words and labels in, a patch out. The page writes nothing.
import * as api from "./api.js";
import { $, h } from "./dom.js";

const KINDS = {
  name: "name", surname: "name", phone: "phone number", email: "e-mail address", plate: "number plate", postcode: "postcode",
  address: "address", link: "link", handle: "handle", reference: "reference", birth: "date of birth", ni: "NI number", card: "card number",
  number: "number", place: "place",
};

export class Propose {
  constructor() {
    this.box = $("propose");
    this.form = $("propose-form");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    $("propose-as").addEventListener("change", () => this.sync());
    $("patch-copy").addEventListener("click", () => this.copy());
  }

  async open(chat, message) {
    Object.assign(this, { chat, message });
    const wanted = message.seq;
    this.form.reset();
    $("propose-problem").hidden = $("patch").hidden = true;
    this.choose(chat, message);
    $("propose-text").value = "";
    $("propose-found").replaceChildren(h("p", { class: "hint" }, "Taking out what tells who somebody is …"));
    this.box.showModal();
    try {
      const found = await api.scrubbed(chat.conversation, message.seq);
      if (this.message.seq !== wanted) return;
      $("propose-text").value = found.text;
      $("propose-found").replaceChildren(...told(found));
      $("propose-text").focus();
    } catch (error) {
      $("propose-found").replaceChildren(h("p", { class: "problem" }, error.message));
    }
  }

  // What the handler made of the chat, else what the machine read in the message.
  choose(chat, { read, asked }) {
    const last = chat.dangers.at(-1)?.to;
    $("propose-route").value = chat.made.route || read?.route || "crime_report";
    $("propose-type").value = chat.made.type || read?.type || "";
    $("propose-danger").value = last || read?.danger || "none";
    $("propose-act").value = read?.act || "answer";
    $("propose-as").hidden = !asked;
    $("propose-asked").textContent = (asked || "").replaceAll("_", " ");
    this.form.elements.as.value = asked ? "midchat" : "first";
    const held = new Set((read?.cues || []).map((cue) => cue.name));
    for (const box of this.form.querySelectorAll("[name=cue]")) box.checked = held.has(box.value);
    this.sync();
  }

  sync() {
    for (const node of this.form.querySelectorAll("[data-as]")) node.hidden = node.dataset.as !== this.form.elements.as.value;
  }

  example() {
    const base = { text: $("propose-text").value.trim(), danger: $("propose-danger").value };
    if (this.form.elements.as.value === "midchat") return { ...base, act: $("propose-act").value, route: $("propose-act").value === "question" ? $("propose-route").value : "" };
    const cues = [...this.form.querySelectorAll("[name=cue]:checked")].map((box) => box.value);
    return { ...base, route: $("propose-route").value, type: $("propose-type").value, cues };
  }

  async send() {
    const problem = $("propose-problem");
    problem.hidden = $("patch").hidden = true;
    try {
      this.show(await api.propose(this.chat.conversation, this.message.seq, this.example()));
    } catch (error) {
      const why = error.problem?.problems || [];
      problem.replaceChildren(h("p", {}, error.message), why.length ? h("ul", { class: "why__list" }, why.map((one) => h("li", {}, one))) : "");
      problem.hidden = false;
      problem.scrollIntoView({ block: "nearest" });
    }
  }

  show(made) {
    this.made = made;
    $("patch-title").textContent = `${made.id} for ${made.file}`;
    $("patch-command").textContent = `git apply ${made.id}.patch`;
    $("patch-text").replaceChildren(...made.patch.trimEnd().split("\n").map((row) => h("span", { class: /^\+(?!\+\+)/.test(row) ? "patch__new" : null }, `${row}\n`)));
    $("patch-said").textContent = "";
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(new Blob([made.patch], { type: "text/x-patch" }));
    Object.assign($("patch-save"), { href: this.url, download: `${made.id}.patch` });
    $("patch").hidden = false;
    $("patch-title").focus();
    $("patch").scrollIntoView({ block: "nearest" });
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.made.patch);
      $("patch-said").textContent = "Copied.";
    } catch {
      $("patch-said").textContent = "This browser does not let us copy. Use Download.";
    }
  }
}

// What the scrubber found, so that the trainer can look for what it did not.
function told({ changes, left, why_not: none }) {
  if (none) return [h("p", { class: "problem" }, none)];
  const rows = changes.map((one) => h("li", {}, `${KINDS[one.kind] || one.kind}: `, h("del", {}, one.before), " became ", h("strong", {}, one.after)));
  return [
    h("p", { class: "hint" }, changes.length ? "Taken out. Look for what was missed." : "Nothing was found to take out. Look for yourself."),
    changes.length ? h("ul", { class: "why__list" }, rows) : null,
    left.length ? h("p", { class: "warning" }, `Still looks personal: ${left.join("; ")}. Change it, or it is refused.`) : null,
  ].filter(Boolean);
}

// The dialogues: close, give to a colleague, not danger because, find, keys.
import * as api from "./api.js";
import { $, h } from "./dom.js";

export function wireCancel() {
  for (const button of document.querySelectorAll("[data-cancel]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
}

// A form in a dialogue: a refusal is shown in it and nothing is lost.
function submit(form, problem, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      await work();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
}

export class CloseDialog {
  constructor(done) {
    this.box = $("close-dialog");
    $("close-search").addEventListener("input", () => this.filter());
    $("close-search").addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "Enter") return;
      const first = $("codes").querySelector(".code:not([hidden]) input");
      if (!first) return;
      event.preventDefault();
      first.checked = true;
      first.focus();
      this.sync();
    });
    $("close-type").addEventListener("change", () => this.sync());
    $("codes").addEventListener("change", () => this.sync());
    submit($("close-form"), $("close-problem"), async () => {
      const code = this.code();
      if (!code) throw new Error("Choose a closing code.");
      if (code.dataset.reason === "1" && !$("close-reason").value.trim()) {
        $("close-reason").focus();
        throw new Error("This closing code needs its detail: say which one.");
      }
      await api.move(this.id, "close", {
        code: code.value, reason: $("close-reason").value.trim(), type: $("close-type").value, told: $("close-told").checked,
      });
      this.box.close();
      done(this.id);
    });
  }

  open(data) {
    this.id = data.conversation;
    $("close-form").reset();
    $("close-problem").hidden = true;
    $("close-type").value = data.draft.type || "";
    const risk = data.danger !== "none" || data.state.lost || data.state.suicide;
    $("close-warning").hidden = !risk;
    $("close-warning").textContent = risk ? "A risk is still open here. You close it as a person: say why in the note." : "";
    this.filter();
    this.sync();
    this.box.showModal();
    $("close-search").focus();
  }

  code() {
    return $("codes").querySelector("input:checked");
  }

  filter() {
    const wanted = $("close-search").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of $("codes").querySelectorAll(".code")) {
      const text = `${row.textContent} ${row.querySelector("input").value}`.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    $("codes-none").hidden = shown > 0;
  }

  sync() {
    $("told-row").hidden = $("close-type").value !== "concern_for_safety";
    const needed = this.code()?.dataset.reason === "1";
    $("close-reason-label").textContent = needed ? "Which one (needed)" : "Reason or note";
  }
}

export class GiveDialog {
  constructor(done) {
    this.box = $("give-dialog");
    submit($("give-form"), $("give-problem"), async () => {
      if (!$("give-to").value) throw new Error("Nobody else is here now.");
      await api.move(this.id, "transfer", { to: $("give-to").value, reason: $("give-reason").value.trim() });
      this.box.close();
      done(this.id);
    });
  }

  open(data, operators, me) {
    this.id = data.conversation;
    $("give-form").reset();
    $("give-problem").hidden = true;
    const others = operators.filter((other) => other.name !== me);
    const options = others.map((other) => h("option", { value: other.name }, other.available ? other.name : `${other.name} (away)`));
    $("give-to").replaceChildren(...(options.length ? options : [h("option", { value: "" }, "Nobody else is here now")]));
    this.box.showModal();
  }
}

export class DangerDialog {
  constructor(done) {
    this.box = $("danger-dialog");
    submit($("danger-form"), $("danger-problem"), async () => {
      const reason = $("danger-reason").value.trim();
      if (!reason) {
        $("danger-reason").focus();
        throw new Error("Say why: a reason is needed.");
      }
      const value = $("danger-form").elements.danger.value;
      await api.move(this.id, "danger", { value, reason });
      this.box.close();
      done(this.id);
    });
  }

  open(data) {
    this.id = data.conversation;
    $("danger-form").reset();
    $("danger-problem").hidden = true;
    $("danger-check-row").hidden = data.danger !== "now";
    const words = data.cues.slice(0, 2).map((cue) => `“${cue.words}”`).join(", ");
    $("danger-now").textContent = words ? `What raised it: ${words}` : "";
    this.box.showModal();
    $("danger-reason").focus();
  }
}

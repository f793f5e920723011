// Who is answering, whether anyone is there, and whether the line is up.
const STOP = new Set(["stop_typing", "stop_typing_deaf"]);

const byId = (id) => document.getElementById(id);

export class Status {
  constructor() {
    this.who = byId("who");
    this.typingTimer = 0;
  }

  show(state) {
    byId("duty").hidden = state.on_duty;
    const [kind, text] = answering(state);
    this.who.dataset.who = kind;
    // Only when it changes: it is not a live region, but a reader may be standing on it.
    if (byId("who-text").textContent !== text) byId("who-text").textContent = text;
    this.typing(!state.bot_idle && (state.owner === "bot" || state.owner === "queue"));
  }

  typing(on) {
    clearTimeout(this.typingTimer);
    if (!on) byId("typing").hidden = true;
    // A quick answer needs no dots.
    else this.typingTimer = setTimeout(() => (byId("typing").hidden = false), 400);
  }

  line(up) {
    const lost = byId("lost");
    if (lost.hidden === up) return;
    lost.hidden = up;
    lost.textContent = up
      ? ""
      : "The connection is lost. What you send is kept here and sent when it is back. " +
        "In danger, ring 999. If it is not an emergency, ring 101.";
  }

  // After "Stop typing" the box is put away; only the person brings it back.
  stopTyping(event) {
    if (!STOP.has(event.says)) return false;
    byId("composer").hidden = true;
    byId("stopped").hidden = false;
    this.typing(false);
    return true;
  }

  typeAgain() {
    byId("composer").hidden = false;
    byId("stopped").hidden = true;
    byId("text").focus();
  }
}

function answering({ owner, on_duty: onDuty, queue_position: place }) {
  if (owner === "closed") return ["nobody", "This chat has ended"];
  if (owner === "queue") {
    if (!onDuty) return ["bot", "Automated assistant. No one else is here now."];
    if (place) return ["bot", `Automated assistant. You are number ${place} in the queue.`];
    return ["bot", "Automated assistant. You are in the queue."];
  }
  if (owner.startsWith("operator:")) return ["person", "A call handler is answering"];
  return ["bot", "Automated assistant"];
}

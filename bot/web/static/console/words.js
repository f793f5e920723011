// Words for what the state says. Nothing here has its meaning in a colour only.

const LANGUAGES = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames(["en-GB"], { type: "language" }) : null;

export function language(code) {
  try { return LANGUAGES?.of(code) || code; } catch { return code; }
}

// A name of ours as a person reads it: "ask_safe_now" is "ask safe now".
export const plain = (name) => String(name ?? "").replace(/^.*__/, "").replaceAll("_", " ");

export function told(state) {
  return { told: "999: told", says_rang: "999: says they rang", cannot: "999: says they cannot ring" }[state] || "999: not told";
}

export function danger(value, answer) {
  if (value === "now") return ["now", "DANGER NOW"];
  if (value !== "check") return ["none", "No danger found"];
  if (answer === "no") return ["check_no", "CHECK: they answered no"];
  return ["check", answer ? `CHECK: they answered ${answer === "unsure" ? "not sure" : answer}` : "CHECK: not answered"];
}

export function mineRank(card) {
  if (card.lost && card.peak === "now") return ["lost_contact", "Lost contact after danger"];
  if (card.danger === "now") return ["now", "Danger now"];
  if (card.danger === "check" && card.check_answer !== "no") return ["check", "Check not answered"];
  if (card.protected) return ["protected", "Protected"];
  return card.danger === "check" ? ["check_no", "Check answered no"] : ["waiting", "No danger found"];
}

export const LETTERS = {
  threat: "Threat", harm: "Harm", risk: "Risk",
  investigation: "Investigation", vulnerability: "Vulnerability", engagement: "Engagement",
};

export function value(field, held) {
  if (held === true) return "Yes";
  if (held === false) return "No";
  if (Array.isArray(held)) return held.map((item) => value(field, item)).join(", ");
  if (held && typeof held === "object") {
    if ("from" in held) return held.from && held.to ? period(new Date(held.from), new Date(held.to)) : held.said;
    if (held.said) return place(held);
    return held.text || Object.values(held).filter((item) => typeof item === "string").join(", ");
  }
  const choice = field?.choices?.find((item) => item.value === held);
  return choice ? choice.title : String(held);
}

const FORMAT = (parts) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...parts });
const DAY = FORMAT({ weekday: "long", day: "numeric", month: "long" });
const CLOCK = FORMAT({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

// A time as it was meant: whole days by their names, else from and to; `end` is not in it.
function period(start, end) {
  const [from, to] = [DAY.format(start), DAY.format(end)];
  if (+start === +end) return `${from}, ${CLOCK.format(start)}`;
  if (CLOCK.format(start) === "00:00" && CLOCK.format(end) === "00:00") {
    const last = DAY.format(new Date(end - 1));
    return from === last ? from : `${from} to ${last}`;
  }
  return `${from}, ${CLOCK.format(start)} to ${from === to ? "" : `${to}, `}${CLOCK.format(end)}`;
}

// A place in the person's words, with what we know of it beside them.
function place({ said, postcode, borough }) {
  const more = [postcode, borough].filter((one) => one && !said.toLowerCase().includes(one.toLowerCase()));
  return more.length ? `${said} (${more.join(", ")})` : said;
}

export function owner(state, me) {
  if (state.operator === me) return "You have this chat";
  if (state.operator) return `${state.operator} has this chat`;
  if (state.owner === "queue") return "Waiting in the queue";
  return state.owner === "closed" ? "Closed" : "The assistant has this chat";
}

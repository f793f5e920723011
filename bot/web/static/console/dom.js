// Small helpers: elements without strings of HTML (what a person wrote is never markup), time.

export const $ = (id) => document.getElementById(id);

// h("p", {class: "x", onclick: f}, "text", child). Names with "-" and "class" are attributes.
export function h(name, props = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "class" || key.includes("-") || value === true) made.setAttribute(key, value === true ? "" : value);
    else made[key] = value;
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", day: "numeric", month: "short" });

export const clock = (iso) => CLOCK.format(new Date(iso));
export const minute = (iso) => clock(iso).slice(0, 5);

export function when(iso) {
  const day = DAY.format(new Date(iso));
  return day === DAY.format(new Date()) ? clock(iso) : `${day} ${clock(iso)}`;
}

// The server's clock decides how long somebody has waited, not this machine's.
let skew = 0;
export const setNow = (iso) => { skew = new Date(iso).getTime() - Date.now(); };
export const secondsSince = (iso) => Math.max(0, Math.floor((Date.now() + skew - new Date(iso).getTime()) / 1000));

export function waited(seconds) {
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const hours = Math.floor(seconds / 3600);
  return hours < 48 ? `${hours} h ${Math.floor((seconds % 3600) / 60)} min` : `${Math.floor(hours / 24)} days`;
}

// What the page keeps on the device: only in this tab's session storage, and nothing at all
// once the conversation is protected or has been left by the quick exit.
const KEY = "chat";
let off = false;

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

export function get(name) {
  return off ? undefined : read()[name];
}

// What is empty is not kept: a page on which nothing was written leaves nothing behind.
export function set(name, value) {
  if (off) return;
  const kept = { ...read(), [name]: value };
  if (value == null || value.length === 0) delete kept[name];
  try {
    if (Object.keys(kept).length) sessionStorage.setItem(KEY, JSON.stringify(kept));
    else sessionStorage.removeItem(KEY);
  } catch {
    // No storage (private window, full): the page works without, only a reload starts anew.
  }
}

// Forget all, and from now on keep nothing.
export function stop() {
  off = true;
  try {
    sessionStorage.clear();
  } catch {
    // Nothing could be kept, so there is nothing to forget.
  }
}

export function clear() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}

// The quick exit: the button at the top right, or Escape twice. Leaves nothing in the page, in
// storage or in the tab's history, and tells the desk that the person has gone.
import * as api from "./api.js";
import * as store from "./store.js";

const TWICE_MS = 1500;

export function watch(chat, stop) {
  let last = -Infinity;
  const go = () => {
    const known = chat();
    stop();
    store.stop();
    document.body.replaceChildren();
    if (known) api.leave(known);
    location.replace(document.body.dataset.exit);
  };
  document.getElementById("exit").addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < TWICE_MS) go();
    last = event.timeStamp;
  });
}

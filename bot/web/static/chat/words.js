// Words into elements. Only text nodes and the few elements made here: never HTML.
const PIECES = /\*\*([^*]+)\*\*|(https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/g;

// Our own lines may have **strong** words and web addresses.
export function fill(element, text) {
  let from = 0;
  for (const found of text.matchAll(PIECES)) {
    element.append(text.slice(from, found.index));
    if (found[1]) {
      const strong = document.createElement("strong");
      strong.textContent = found[1];
      element.append(strong);
    } else {
      const link = document.createElement("a");
      link.href = found[2];
      link.textContent = found[2];
      link.rel = "noopener noreferrer";
      link.target = "_blank";
      element.append(link);
    }
    from = found.index + found[0].length;
  }
  element.append(text.slice(from));
}

export const plain = (text) => text.replaceAll("**", "");

export function clock(ts) {
  const when = ts ? new Date(ts) : new Date();
  return when.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

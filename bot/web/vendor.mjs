// Copies the parts of the front-end packages that our pages use into
// bot/web/static/vendor (git-ignored). Run by `npm ci` and `npm run vendor`.
//
// Two things are left out on purpose: components we do not use, and the GDS
// Transport face, which only GOV.UK may use (our own stack takes its place).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..");
const SOURCE = join(ROOT, "node_modules", "govuk-frontend", "dist", "govuk", "govuk-frontend.min.css");
const TARGET = join(HERE, "static", "vendor");

// A rule is kept when every class in its selector begins with one of these.
const KEEP = [
  "govuk-!", "govuk-body", "govuk-button", "govuk-button-group", "govuk-character-count",
  "govuk-checkboxes", "govuk-details", "govuk-error", "govuk-fieldset", "govuk-form-group",
  "govuk-frontend-supported", "govuk-grid", "govuk-heading", "govuk-hint", "govuk-input",
  "govuk-inset-text", "govuk-label", "govuk-link", "govuk-list", "govuk-main-wrapper",
  "govuk-notification-banner", "govuk-radios", "govuk-section-break", "govuk-select",
  "govuk-skip-link", "govuk-summary-list", "govuk-table", "govuk-tag", "govuk-template",
  "govuk-textarea", "govuk-visually-hidden", "govuk-warning-text", "govuk-width-container",
  "js-enabled",
];
const FACE = /font-family:"?GDS Transport"?,arial,sans-serif/g;
const OUR_FACE = "font-family:var(--desk-face,Verdana,sans-serif)";

/** Split a style sheet into its top-level blocks: [prelude, body] or [statement, null]. */
function* blocks(css) {
  let start = 0;
  let depth = 0;
  let open = 0;
  for (let at = 0; at < css.length; at += 1) {
    const sign = css[at];
    if (sign === "{") {
      if (depth === 0) open = at;
      depth += 1;
    } else if (sign === "}") {
      depth -= 1;
      if (depth === 0) {
        yield [css.slice(start, open), css.slice(open + 1, at)];
        start = at + 1;
      }
    } else if (sign === ";" && depth === 0) {
      yield [css.slice(start, at + 1), null];
      start = at + 1;
    }
  }
}

function wanted(selector) {
  const bare = selector.replaceAll(/:not\([^)]*\)/g, "");
  const classes = bare.match(/\.(?:\\.|[\w-])+/g) ?? [];
  return classes.every((name) => {
    const plain = name.slice(1).replaceAll("\\", "");
    return KEEP.some((kept) => plain === kept || plain.startsWith(kept));
  });
}

function keep(css) {
  let kept = "";
  for (const [prelude, body] of blocks(css)) {
    const head = prelude.trim();
    if (body === null) {
      kept += head;
    } else if (head.startsWith("@font-face")) {
      continue;
    } else if (/^@(media|supports|-moz-document|layer)/.test(head)) {
      const inner = keep(body);
      if (inner) kept += `${head}{${inner}}`;
    } else if (head.startsWith("@")) {
      kept += `${head}{${body}}`;
    } else {
      const selectors = head.split(/,(?![^(]*\))/).filter(wanted);
      if (selectors.length) kept += `${selectors.join(",")}{${body}}`;
    }
  }
  return kept;
}

const css = readFileSync(SOURCE, "utf8").replace(/\/\*[\s\S]*?\*\//g, "").replace(FACE, OUR_FACE);
mkdirSync(TARGET, { recursive: true });
writeFileSync(join(TARGET, "govuk.css"), keep(css));

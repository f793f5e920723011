// Looking up a report by its reference, in the console and on the trainers' page.
import * as api from "./api.js";
import { $, h, when } from "./dom.js";

const plain = (name) => name.replace(/^.*__/, "").replaceAll("_", " ");

function shown(report) {
  const rows = [];
  const row = (name, value) => rows.push(h("dt", {}, name), h("dd", {}, value));
  row("Reference", report.reference || "none");
  if (report.filed_at) row("Filed", when(report.filed_at));
  row("Kind", `${report.label || report.subtype || ""} (${plain(report.incident_type)})`);
  row("Danger", `${report.danger} (highest: ${report.peak})`);
  for (const entry of report.account || []) row("First account", entry.text);
  for (const [name, held] of Object.entries(report.details || {})) {
    const value = typeof held.value === "object" ? JSON.stringify(held.value) : String(held.value);
    row(plain(name), held.said && held.said !== value ? `${value} — “${held.said}”` : value);
  }
  return h("dl", {}, rows);
}

export function wire() {
  $("find-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [problem, result] = [$("find-problem"), $("find-result")];
    problem.hidden = result.hidden = true;
    const reference = $("find-reference").value.trim().toUpperCase();
    if (!reference) return $("find-reference").focus();
    try {
      result.replaceChildren(shown(await api.report(reference)));
      result.hidden = false;
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
}

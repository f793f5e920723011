"""The record as text, in the order of the force's own screen (call-handling.md section 5, no. 11).

Times are Europe/London, because a handler reads them beside a clock on the wall.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from bot.content import force, questions
from bot.desk import Snapshot, State
from bot.web.operator_cues import heard, sorted_cues, with_cues
from bot.web.operator_words import CODES, detail_label, type_label

LONDON = ZoneInfo("Europe/London")
NO_PLACE = "Not known: we cannot see where they are."
_SENDERS = {"person": "PERSON", "bot": "AUTOMATED", "operator": "HANDLER", "system": "DESK"}
_TOLD = {
    None: "Not told.",
    "told": "Told to ring 999. Has not said whether they rang.",
    "says_rang": "Told. Says they have rung 999.",
    "cannot": "Told. Says they cannot ring.",
}
# Heading, then the details that stand under it. What no heading names comes under OTHER.
_SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("WHAT", ("incident_type", "what_happened", "property", "vehicle_reg", "evidence")),
    ("WHEN", ("when", "happening_now", "noticed")),
    ("WHO", ("suspect_description", "suspect_present", "suspect_known", "suspect_name",
             "relationship", "suspect_vehicle", "direction", "witnesses", "victim_or_witness")),
    ("HURT", ("injury", "hurt_or_weapon")),
    ("WEAPON", ("weapon", "weapon_detail")),
    ("VULNERABLE", ("vulnerability", "vulnerable_present", "access_needs", "language",
                    "hate_motivation", "repeat", "repeat_or_worry", "fear_again")),
    ("CHILDREN", ("children_present", "under_18")),
    ("CONTACT", ("anonymous", "contact_name", "contact_phone", "contact_email", "contact_pref",
                 "contact_details", "home_address", "dob")),
    ("SAFE CONTACT", ("safe_contact", "contact_never")),
)  # fmt: skip
_WHERE = ("location", "where_now", "borough", "where_type", "premises_secure")
_FLAGS = {
    "protected": "Protected.",
    "silenced": "Not safe to type: the desk says nothing more by itself.",
    "lost": "Lost contact is open.",
    "deaf": "Deaf or cannot use a phone.",
    "child": "A child.",
    "suspect": "May be a suspect: ask nothing about the offence.",
    "suicide": "Suicide cue.",
}


def london(ts: str | int) -> str:
    """`22/11/2026 14:03:09` in Europe/London, from ISO 8601 or milliseconds UTC."""
    if isinstance(ts, int):
        moment = datetime.fromtimestamp(ts / 1000, tz=timezone.utc)
    else:
        moment = datetime.fromisoformat(ts.replace("Z", "+00:00"))
    return moment.astimezone(LONDON).strftime("%d/%m/%Y %H:%M:%S")


def shown(name: str, value: object) -> str:
    """A value in words."""
    if value is True:
        return "yes"
    if value is False:
        return "no"
    if isinstance(value, list):
        return ", ".join(shown(name, item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {item}" for key, item in value.items() if item not in (None, ""))
    return questions.title(name, value) if questions.exists(name) else str(value)


def _detail(name: str, held: Mapping[str, Any]) -> str:
    value, said = shown(name, held.get("value")), str(held.get("said") or "").strip()
    source = held.get("source")
    by = {"operator": " [set by handler]", "inferred": " [read from their words]"}.get(
        str(source), ""
    )
    words = f' (their words: "{said}")' if said and said.casefold() != value.casefold() else ""
    return f"  {detail_label(name)}: {value}{by}{words}"


def _section(title: str, names: Iterable[str], details: Mapping[str, Any]) -> list[str]:
    lines = [_detail(name, details[name]) for name in names if name in details]
    return [title, *(lines or ["  Not known."])]


def _where(details: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> list[str]:
    lines = [_detail(name, details[name]) for name in _WHERE if name in details]
    for entry in entries:
        if str(entry.get("payload") or "").startswith("/location{"):
            lines.append(f"  Shared at {london(entry['ts'])}: {entry['text']}")
    return ["WHERE", *(lines or [f"  {NO_PLACE}"])]


def _told(state: State, entries: Iterable[Mapping[str, Any]]) -> list[str]:
    lines = ["WHAT THEY WERE TOLD"]
    for entry in entries:
        if entry["type"] == "safety" and entry["sender"] != "person":
            words = " ".join(str(entry["text"]).split())
            lines.append(f"  {london(entry['ts'])}  {words}")
    if len(lines) == 1:
        lines.append("  No safety line was said.")
    if state.reference:
        lines.append(f"  Report reference given: {state.reference} (not a crime number)")
    return [*lines, "999", f"  {_TOLD[state.told_999]}"]


def _danger(state: State) -> list[str]:
    answer = {"no": ", check answered no", "yes": ", check answered yes",
              "unsure": ", check answered not sure"}.get(state.check_answer or "", "")  # fmt: skip
    lines = ["DANGER", f"  {state.danger} (highest: {state.peak}){answer}"]
    for cue in sorted_cues(state):
        meaning = f" (in English: {cue['meaning']})" if cue["meaning"] else ""
        lines.append(f'  {cue["label"]}: "{cue["words"]}"{meaning}')
    lines += [f"  {words}" for name, words in _FLAGS.items() if getattr(state, name)]
    return lines


def _transcript(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    lines = ["TRANSCRIPT (word for word)"]
    for entry in entries:
        if entry.get("audience") == "staff":
            continue
        who = _SENDERS[entry["sender"]]
        if entry["sender"] == "operator" and entry.get("by"):
            who = f"HANDLER {entry['by']}"
        text = str(entry["text"]).replace("\n", "\n      ")
        lines.append(f"  {london(entry['ts'])}  {who}: {text}")
    return lines


def record_text(snapshot: Snapshot, entries: list[Mapping[str, Any]], now_ms: int) -> str:
    """The whole record of a conversation as plain text."""
    found = heard(entries)
    state, draft = with_cues(snapshot.state, found), snapshot.draft
    details = dict(draft.get("details") or {})
    kind = state.extra.get("final_type") or draft.get("type") or state.subtype or found.type
    head = [
        f"{force.get().name}: chat {snapshot.conversation}",
        f"Copied {london(now_ms)}. Started {london(state.created)}.",
        f"Type: {type_label(kind)}",
        f"Report reference: {state.reference or 'none'}",
        f"Danger: {state.danger} (highest: {state.peak})",
    ]
    if state.close_code:
        head.append(f"Closed as: {CODES.get(state.close_code, state.close_code)}")
    parts = [head, _where(details, entries)]
    named = set(_WHERE)
    for title, names in _SECTIONS:
        named.update(names)
        parts.append(_section(title, names, details))
    rest = sorted(set(details) - named)
    if rest:
        parts.append(_section("OTHER", rest, details))
    parts += [_danger(state), _told(state, entries), _account(draft), _transcript(entries)]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _account(draft: Mapping[str, Any]) -> list[str]:
    said = [f"  {entry['text']}" for entry in draft.get("account") or []]
    return ["FIRST ACCOUNT (word for word)", *(said or ["  None yet."])]

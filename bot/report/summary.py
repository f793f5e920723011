"""The summary that is read back before sending: a line a detail, what we concluded shown so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.content import questions, types
from bot.report import draft as drafts

#: detail: its label in the summary, in the order of reading
LABELS: dict[str, str] = {
    "incident_type": "Kind of report",
    "what_happened": "What happened",
    "location": "Where",
    "when": "When",
    "property": "What was taken or damaged",
    "vehicle_reg": "Vehicle registration",
    "suspect_description": "Who did it",
    "suspect_vehicle": "Their vehicle",
    "injury": "Anyone hurt",
    "weapon": "Weapon",
    "witnesses": "Who saw it",
    "evidence": "Camera, photos or messages",
    "hate_motivation": "What it was about",
    "repeat_or_worry": "Before, or at risk",
    "victim_or_witness": "You are",
    "anonymous": "Anonymous",
    "contact_name": "Your name",
    "contact_phone": "Your phone",
    "contact_email": "Your email",
    "safe_contact": "Safe contact",
}
_HIDDEN = ("safe_now", "safe_to_chat", "contact_details", "repeat", "hurt_or_weapon", "where_now")
_WORDS = {
    "unknown": "not known",
    "none": "none",
    "victim": "the person it happened to",
    "witness": "someone who saw it or knows of it",
    "third_party": "telling us for someone else",
}
LONGEST = 400  # characters of the account that are read back; the report keeps all of it
INFERRED = " (we worked this out, tell us if it is wrong)"


def lines(draft: Mapping[str, Any]) -> list[str]:
    """The lines of the summary, `Label: value`, in a fixed order; nothing that is not held."""
    details = draft["details"]
    kind = types.get(drafts.kind(draft))
    # Names of the other types are for handlers: nobody reads "abusive" or "suicidal" of themselves.
    named = kind.route == "crime_report" and not kind.protected and kind.to_person != "own_offence"
    ordered = [n for n in LABELS if n in details and (named or n != "incident_type")]
    ordered += [n for n in details if n not in LABELS and n not in _HIDDEN and questions.exists(n)]
    return [_line(draft, name) for name in ordered]


def exempt(draft: Mapping[str, Any]) -> list[str]:
    """The person's own details in the summary: the number guard leaves these as they are."""
    kept: list[str] = []
    for name, held in draft["details"].items():
        for value in (held["said"], held["value"], _value(draft, name, held)):
            if isinstance(value, str) and any(c.isdigit() for c in value):
                kept.append(value)
    return list(dict.fromkeys(kept))


def _line(draft: Mapping[str, Any], name: str) -> str:
    held = draft["details"][name]
    label = LABELS.get(name) or questions.get(name).text.rstrip("?")
    inferred = INFERRED if held["source"] == "inferred" and name != "incident_type" else ""
    return f"{label}: {_value(draft, name, held)}{inferred}"


def _value(draft: Mapping[str, Any], name: str, held: Mapping[str, Any]) -> str:
    value = held["value"]
    if name == "incident_type":
        shown = types.get(drafts.kind(draft)).label
    elif isinstance(value, dict):
        meant = when_words(value) if name == "when" else ""
        shown = f"{held['said']} ({meant})" if meant else str(held["said"])
    elif isinstance(value, bool):
        shown = "yes" if value else "no"
    elif value in _WORDS:
        shown = _WORDS[value]
    elif name == "hate_motivation":
        shown = questions.title(name, value).lower()
    elif questions.exists(name) and questions.get(name).choices:
        shown = questions.title(name, value)
    else:
        shown = str(value)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 3] + "..."


def when_words(value: Mapping[str, Any]) -> str:
    """A resolved time in words ("Saturday 21 November, 8pm to 6am"); empty when unresolved."""
    if not value.get("from") or not value.get("to"):
        return ""
    start, end = datetime.fromisoformat(value["from"]), datetime.fromisoformat(value["to"])
    if start == end:
        return f"{_day(start)}, {_clock(start)}"
    whole = start.hour == start.minute == 0
    if whole and end - start <= timedelta(days=1):
        return _day(start)
    if whole and end.hour == end.minute == 0:
        return f"{_day(start)} to {_day(end - timedelta(days=1))}"
    if start.date() == end.date():
        return f"{_day(start)}, {_clock(start)} to {_clock(end)}"
    return f"{_day(start)}, {_clock(start)} to {_day(end)}, {_clock(end)}"


def _day(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B}"


def _clock(moment: datetime) -> str:
    hour = moment.hour % 12 or 12
    half = "am" if moment.hour < 12 else "pm"
    return f"{hour}{half}" if not moment.minute else f"{hour}.{moment.minute:02d}{half}"

"""The incident report as it is filed and read: one dict, and its JSON Schema.

`docs/incident-report.schema.json` is the same schema on disk; a test keeps the two alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.content import types
from bot.report import draft as drafts
from bot.report import thrive
from bot.report.outcome import DISPOSITIONS, State, disposition, field

VERSION = 1
Json = dict[str, Any]


def incident_report(
    state: State, draft: Mapping[str, Any], events: Sequence[Mapping[str, Any]]
) -> Json:
    """The report of a conversation: what was told, in whose words, with the source of each detail.

    `account` is the first account word for word. An anonymous person's name, number and address
    are in no detail (the account stays as it was written). Valid against `json_schema()`.
    """
    kind = types.get(drafts.kind(draft))
    details = {name: dict(held) for name, held in draft["details"].items()}
    if drafts.value(draft, "anonymous") is True:
        for name in (*drafts.IDENTITY, "contact_details"):
            details.pop(name, None)
    return {
        "version": VERSION,
        "reference": draft.get("reference"),
        "filed_at": draft.get("filed_at"),
        "incident_type": draft.get("incident_type") or kind.incident_type,
        "subtype": draft.get("type"),
        "label": kind.label,
        "route": draft.get("route"),
        "disposition": disposition(state, draft),
        "danger": field(state, "danger") or "none",
        "peak": field(state, "peak") or "none",
        "check_answer": field(state, "check_answer"),
        "told_999": field(state, "told_999"),
        "protected": bool(field(state, "protected")),
        "language": field(state, "language") or "en",
        "anonymous": drafts.value(draft, "anonymous") is True,
        "grade_hint": kind.operator_grade_hint,
        "cues": [dict(cue) for cue in field(state, "cues") or ()],
        "account": [
            {"seq": entry["seq"], "text": entry["text"]} for entry in draft.get("account", [])
        ],
        "details": details,
        "not_answered": list(draft.get("skipped", [])),
        "shown": list(draft.get("answered", [])),
        "thrive": thrive.card(state, draft, events),
    }


def json_schema() -> Json:
    """The JSON Schema (draft-07) of `incident_report`."""
    detail: Json = {
        "type": "object",
        "required": ["said", "value", "source", "seq"],
        "additionalProperties": False,
        "properties": {
            "said": {
                "type": "string",
                "description": "the person's own words; empty where concluded",
            },
            "value": {"description": 'normalised; "none": there is none; "unknown": does not know'},
            "source": {"enum": ["said", "inferred", "operator"]},
            "seq": {
                "type": "integer",
                "minimum": 0,
                "description": "number of the message that gave it",
            },
        },
    }
    fact: Json = {
        "type": "object",
        "required": ["fact", "words", "seq", "source"],
        "properties": {
            "fact": {"type": "string"},
            "words": {"type": "string"},
            "seq": {"type": ["integer", "null"]},
            "source": {"type": "string"},
        },
    }
    properties: Json = {
        "version": {"const": VERSION},
        "reference": {
            "type": ["string", "null"],
            "description": "a report reference, not a crime number",
        },
        "filed_at": {"type": ["string", "null"], "description": "ISO 8601, UTC"},
        "incident_type": {"enum": list(types.incident_types())},
        "subtype": {"type": ["string", "null"]},
        "label": {"type": "string"},
        "route": {"type": ["string", "null"]},
        "disposition": {"enum": [*DISPOSITIONS, None]},
        "danger": {"enum": ["none", "check", "now"]},
        "peak": {"enum": ["none", "check", "now"]},
        "check_answer": {"enum": [None, "no", "yes", "unsure"]},
        "told_999": {"enum": [None, "told", "says_rang", "cannot"]},
        "protected": {"type": "boolean"},
        "language": {"type": "string"},
        "anonymous": {"type": "boolean"},
        "grade_hint": {"type": "string", "description": "a suggestion; a person grades"},
        "cues": {"type": "array", "items": {"type": "object"}},
        "account": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["seq", "text"],
                "properties": {"seq": {"type": "integer"}, "text": {"type": "string"}},
            },
            "description": "the first account, word for word",
        },
        "details": {
            "type": "object",
            "additionalProperties": detail,
            "description": "contract details and other question ids",
        },
        "not_answered": {"type": "array", "items": {"type": "string"}},
        "shown": {"type": "array", "items": {"type": "string"}},
        "thrive": {
            "type": "object",
            "required": list(thrive.LETTERS),
            "properties": {letter: {"type": "array", "items": fact} for letter in thrive.LETTERS},
        },
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Incident report",
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }

"""One conversation as a call handler sees it (call-handling.md section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.content import questions as content_questions
from bot.content import types
from bot.content.model import ContactType
from bot.desk import Desk, Snapshot, State
from bot.desk.view import iso, staff_events
from bot.report import draft as drafts
from bot.report import questions as report_questions
from bot.report import thrive
from bot.web.operator_cues import heard, sorted_cues, with_cues
from bot.web.operator_words import detail_label, question_text, type_label
from bot.web.state import public_state

Json = dict[str, Any]

#: The order of the record: where, what, when, who, hurt, weapon, vulnerable, children, contact.
ORDER = (
    "location",
    "incident_type",
    "property",
    "vehicle_reg",
    "when",
    "suspect_description",
    "witnesses",
    "evidence",
    "injury",
    "weapon",
    "access_needs",
    "vulnerability",
    "hate_motivation",
    "children_present",
    "victim_or_witness",
    "anonymous",
    "contact_name",
    "contact_phone",
    "contact_email",
    "safe_contact",
)
#: Always shown, also when nothing is known: a handler must see that it is not known.
ALWAYS = (
    "location",
    "incident_type",
    "when",
    "suspect_description",
    "injury",
    "weapon",
    "contact_name",
    "contact_phone",
    "safe_contact",
)
# Twice the time after which an open page says again that it is there (`config.SEEN_EVERY_MS`).
SEEN_MS = 45_000
_TIMES = ("created", "last_person", "last_seen", "queue_since", "hold_until", "closed_at")


def is_connected(readers: int, state: State, now_ms: int) -> bool:
    """Whether the person's page is open: on this gateway, or seen a moment ago by another."""
    return readers > 0 or (state.last_seen is not None and now_ms - state.last_seen < SEEN_MS)


def staff_state(state: State, public: Json) -> Json:
    """The public state and what only staff see of it."""
    times = {name: getattr(state, name) for name in _TIMES}
    return {
        **public,
        **{name: iso(ms) if ms else None for name, ms in times.items()},
        "peak": state.peak,
        "lost": state.lost,
        "silenced": state.silenced,
        "deaf": state.deaf,
        "child": state.child,
        "suspect": state.suspect,
        "suicide": state.suicide,
        "language": state.language,
        "queue_why": state.queue_why,
        "stage": state.stage,
        "close_code": state.close_code,
        "close_by": state.close_by,
        "final_type": state.extra.get("final_type") or None,
        "previous": state.extra.get("previous") or None,
        "via": "api" if state.extra.get("via") == "api" else "page",
        "operator": state.operator,
    }


def draft_shown(state: State, draft: Mapping[str, Any]) -> Json:
    """What the report still needs, and what the type tells a handler."""
    held = drafts.copied(draft)
    kind = types.get(drafts.kind(held))
    desk = {
        "owner": "bot",  # what the assistant would ask next, whoever has the chat
        "danger": state.danger,
        "protected": state.protected,
        "suspect": state.suspect,
    }
    following = report_questions.next_question(held, desk)
    return {
        "stage": held["stage"],
        "type": held["type"] or state.subtype,
        "label": type_label(held["type"] or state.subtype),
        "incident_type": held["incident_type"],
        "asked": list(held["asked"]),
        "skipped": list(held["skipped"]),
        "missing": [_question(name) for name in report_questions.missing(held)],
        "next": _question(following.id) if following else None,
        "account": list(held["account"]),
        "reference": held["reference"] or state.reference,
        "filed_at": held["filed_at"],
        "borough": held["borough"],
        "never_ask": [detail_label(name) for name in kind.never_ask],
        "grade_hint": kind.operator_grade_hint,
        "note": kind.police_note or kind.note,
        "emergency_when": list(kind.emergency_when),
        "signpost": list(kind.signpost),
    }


def _question(name: str) -> Json:
    return {"id": name, "label": detail_label(name), "text": question_text(name)}


def fields(draft: Mapping[str, Any]) -> list[Json]:
    """The rows of the record, in its order: held ones, those always shown, missing mandatory ones.

    `{name, label, kind, choices: [{value, title}], missing: bool}`.
    """
    held = drafts.copied(draft)
    missing = report_questions.missing(held)
    kind = types.get(drafts.kind(held))
    wanted = {*held["details"], *ALWAYS, *missing, *(n for n in kind.mandatory if n in ORDER)}
    joined = {"contact_details", "what_happened", "safe_now", "safe_to_chat", "where_now"}
    wanted -= joined - set(held["details"])
    ordered = [name for name in ORDER if name in wanted]
    ordered += sorted(wanted - set(ordered))
    return [_field(name, name in missing) for name in ordered]


def _field(name: str, missing: bool) -> Json:
    choices: list[Json] = []
    kind = "text"
    if name == "incident_type":
        kind = "choice"
        choices = [
            {"value": value, "title": value.replace("_", " ").capitalize()}
            for value in types.incident_types()
        ]
    elif content_questions.exists(name):
        asked = content_questions.get(name)
        kind = asked.kind
        choices = [{"value": c.value, "title": c.title} for c in asked.choices]
    return {
        "name": name,
        "label": detail_label(name),
        "kind": kind,
        "choices": choices,
        "missing": missing,
    }


def told_at(events: Iterable[Mapping[str, Any]]) -> str | None:
    """When 999 was first told, from the safety lines."""
    for event in events:
        if event.get("type") == "safety" and "999" in str(event.get("text") or ""):
            return str(event["ts"])
    return None


def type_choices() -> list[Json]:
    """All types for the closing dialogue: `{id, label}`, in the order of the file."""
    found: list[ContactType] = [*types.all_types(), types.get("other_report")]
    return [{"id": made.id, "label": made.label} for made in found]


async def conversation(
    desk: Desk, snapshot: Snapshot, entries: list[Json], after: int, connected: bool
) -> Json:
    """The answer of GET /operator/conversations/{id}."""
    found = heard(entries)
    state, draft = with_cues(snapshot.state, found), drafts.copied(snapshot.draft)
    draft["type"] = draft["type"] or state.subtype or found.type
    events, through = staff_events(entries, after)
    return {
        "conversation": snapshot.conversation,
        "state": staff_state(state, await public_state(desk, snapshot, state)),
        "danger": state.danger,
        "peak": state.peak,
        "check_answer": state.check_answer,
        "told_999": state.told_999,
        "told_at": told_at(events),
        "connected": connected,
        "cues": sorted_cues(state),
        "thrive": thrive.card(state, draft, entries),
        "details": draft["details"],
        "fields": fields(draft),
        "draft": draft_shown(state, draft),
        "rev": snapshot.rev,
        "events": events,
        "through": through,
    }

"""Access to the types of contact and to which questions are put for each."""

from __future__ import annotations

from bot.content.loader import load
from bot.content.model import ContactType


def get(type_id: str) -> ContactType:
    """The type of this id or alias (`other_report` too); `KeyError` when there is none."""
    content = load()
    if type_id == content.other_report.id:
        return content.other_report
    if type_id in content.types:
        return content.types[type_id]
    for made in content.types.values():
        if type_id in made.aliases:
            return made
    raise KeyError(type_id)


def exists(type_id: str) -> bool:
    """Whether there is a type (or alias) of this id."""
    try:
        get(type_id)
    except KeyError:
        return False
    return True


def all_types() -> tuple[ContactType, ...]:
    """The 110 types, without `other_report`."""
    return tuple(load().types.values())


def plan(type_id: str) -> ContactType:
    """The type whose questions are put: its own, or `other_report` until its own are tried."""
    made = get(type_id)
    return made if made.own_questions else load().other_report


def asked(type_id: str) -> tuple[str, ...]:
    """The questions put for a type, in order. A type that goes to a person has its first few:
    handoff_now and protected 3, handoff_fast 5, an own offence 1."""
    made, chosen = get(type_id), plan(type_id)
    never = set(made.never_ask)
    questions = tuple(q for q in chosen.asked if q not in never)
    return questions if made.to_person == "none" else questions[: limit(type_id)]


def mandatory(type_id: str) -> tuple[str, ...]:
    """The questions that come before "send it now"."""
    put = asked(type_id)
    return tuple(q for q in plan(type_id).mandatory if q in put)


def limit(type_id: str) -> int:
    """The most questions that the bot asks for a type."""
    return load().question_limits[get(type_id).to_person]


def goes_to_person(type_id: str) -> bool:
    """Whether a chat of this type is handed to a person without being finished by the bot."""
    return get(type_id).to_person != "none"


def incident_types() -> tuple[str, ...]:
    """The 26 values of the detail `incident_type`."""
    return load().incident_types

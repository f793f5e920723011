"""All details that one message holds, by the detail names of the public contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.extract import contact, people, plate, property, signs, suspects, when, where
from bot.extract.span import Span, blanked

Found = dict[str, list[Span]]

LONGEST = 2_500
"""Characters that are looked at: the whole account is kept beside the details, and a wall of text
must not hold up a turn."""
_WHO = ("suspect_description", "suspect_vehicle", "who_did_it")
_SIGNS: dict[str, Callable[[str], Span | None]] = {
    "injury": signs.injury,
    "weapon": signs.weapon,
    "witnesses": signs.witnesses,
    "evidence": signs.evidence,
    "anonymous": signs.anonymous,
    "victim_or_witness": signs.role,
    "hate_motivation": signs.hate,
    "repeat": signs.repeat,
}


def spans(text: str, now: datetime, asked: str | None = None) -> Found:
    """Every detail that `text` holds: detail name -> its spans, best first.

    `asked` is the open question; some words count only as an answer to it ("Sam Patel",
    "a red bike"). Names without any span do not appear.
    """
    text = text[:LONGEST]
    # A number in a phone number or a plate is no time and no house number.
    phones, emails, plates = contact.phones(text), contact.emails(text), plate.spans(text)
    bare = blanked(text, _places(phones + emails + plates))
    found: Found = {
        "contact_phone": contact.own(text, phones),
        "contact_email": emails,
        "contact_name": contact.names(text, asked in ("contact_details", "contact_name")),
        "vehicle_reg": plates,
        "location": where.spans(blanked(text, _places(phones + emails))),
        "property": property.spans(bare, asked == "property") or _one(property.none(text)),
        "suspect_description": suspects.find(text, asked in _WHO) or _one(people.unseen(text)),
        "suspect_vehicle": people.vehicles(text),
    }
    if moment := when.best(bare, now, asked == "when"):
        found["when"] = [Span(moment.at, moment.to, moment.said, moment.value())]
    for name, sign in _SIGNS.items():
        found[name] = _one(sign(text))
    return {name: hits for name, hits in found.items() if hits}


def _one(span: Span | None) -> list[Span]:
    return [span] if span else []


def _places(found: list[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in found]

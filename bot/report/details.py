"""Which of the details found in a message go into the draft: new, answered, corrected, withheld."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from bot.content import questions
from bot.extract import days
from bot.extract.span import Span, lower
from bot.report import draft as drafts
from bot.report.draft import Draft, Value
from bot.report.message import Found, Message

#: Concluded from the words, not said as such.
_INFERRED = frozenset(("victim_or_witness", "hate_motivation", "repeat"))
#: Sure enough even where the message is about the chat itself ("can I talk to a person").
_SURE_NAMES = frozenset(
    ("contact_name", "contact_phone", "contact_email", "vehicle_reg", "anonymous")
)
#: An answer to the first is no news of the others ("a lad from Gorton" is not where it happened).
_NOT_FROM: Mapping[str, frozenset[str]] = {
    "suspect_description": frozenset(("location", "victim_or_witness", "property")),
    "contact_details": frozenset(
        ("location", "when", "suspect_description", "property", "victim_or_witness", "repeat")
    ),
    "evidence": frozenset(
        ("location", "suspect_description", "property", "victim_or_witness", "when")
    ),
    "repeat_or_worry": frozenset(("when", "location", "property")),
    "safe_contact": frozenset(
        ("when", "location", "suspect_description", "property", "victim_or_witness")
    ),
}
#: Words that name a detail without giving its new value.
_NAMED = (
    ("when", r"\b(?:date|day|time|when)\b"),
    ("location", r"\b(?:place|address|street|road|location|where|postcode)\b"),
    ("contact_details", r"\b(?:number|phone|email|contact|name)\b"),
    ("property", r"\b(?:items?|taken|stolen|things|property)\b"),
    ("suspect_description", r"\b(?:description|who|man|lad|suspect)\b"),
)
_NO_NEWS = (drafts.UNKNOWN, drafts.NONE)


def only_sure(found: Found) -> Found:
    """What a message about the chat itself tells all the same."""
    return {
        name: hits
        for name, hits in found.items()
        if name in _SURE_NAMES or (name == "location" and sure_place(hits[0].value))
    }


def merge(made: Draft, message: Message) -> None:
    """Write what `message` tells. What is held stays, unless corrected, asked for, or weak."""
    asked = message.asked or ""
    choice = questions.exists(asked) and bool(questions.get(asked).choices)
    answered = any(name in message.found for name in drafts.fills(asked))
    ruled_out = _NOT_FROM.get(asked, frozenset()) if answered else frozenset()
    for name, hits in message.found.items():
        if name in ruled_out and not message.correcting:
            continue
        if choice and name == "location" and not sure_place(hits[0].value):
            continue  # "he's at the shop" answers "is he there?", it is not where it happened
        if name == "suspect_vehicle" and "suspect_description" not in message.found:
            continue
        _one(made, name, hits, message)


def _one(made: Draft, name: str, hits: list[Span], message: Message) -> None:
    said, value = _joined(name, hits)
    held = made["details"].get(name)
    wanted = message.asked is not None and name in drafts.fills(message.asked)
    if held and not message.correcting:
        weak = held["value"] in _NO_NEWS or held["source"] == "inferred" or _loose(name, held)
        if not (wanted or weak) or (weak and value in _NO_NEWS):
            return
        if name == "location":
            said, value = f"{held['said']}, {said}", _merged(held["value"], value)
    source = "inferred" if name in _INFERRED and not wanted else "said"
    drafts.put(made, name, said, value, source, message.seq)


def _loose(name: str, held: Mapping[str, Value]) -> bool:
    """Whether what is held is so loose that a later word of it counts: no day, no real place."""
    if name == "when":
        return not any(days.find(lower(str(held["said"])), datetime.now()))
    return name == "location" and isinstance(held["value"], dict) and not sure_place(held["value"])


def sure_place(value: Value) -> bool:
    """Whether a place has a road, a postcode or an area, not only a landmark."""
    return isinstance(value, dict) and any(value.get(part) for part in ("road", "postcode", "area"))


def _joined(name: str, hits: list[Span]) -> tuple[str, Value]:
    words = ", ".join(hit.said for hit in hits)
    if name == "property" and isinstance(hits[0].value, dict):
        return words, words
    if name in ("suspect_description", "suspect_vehicle"):
        words = "; ".join(dict.fromkeys(hit.said for hit in hits[:4]))
        return words, hits[0].value if hits[0].value == drafts.UNKNOWN else words
    if name == "vehicle_reg":
        return words, ", ".join(dict.fromkeys(str(hit.value) for hit in hits))
    return hits[0].said, hits[0].value


def _merged(old: Value, new: Value) -> Value:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    return {name: new.get(name) or old.get(name) for name in {**old, **new}}


def reopen(made: Draft, message: Message) -> None:
    """A correction that names a detail but gives no new value opens that question again."""
    if message.found or message.asked not in drafts.STEERING:
        return
    named = next((n for n, words in _NAMED if re.search(words, message.text, re.IGNORECASE)), None)
    for held in (named, *drafts.fills(named)) if named else ():
        made["details"].pop(held, None)
        if held in made["skipped"]:
            made["skipped"].remove(held)


def keep_anonymous(made: Draft, seq: int) -> None:
    """Anonymity is honoured wherever it is said: no name, number or address stays in the details.

    A name given after "decide later" decides: never recorded as anonymous with a name.
    """
    anonymous = drafts.value(made, "anonymous")
    if anonymous is True:
        for name in (*drafts.IDENTITY, "contact_details"):
            made["details"].pop(name, None)
        return
    named = [n for n in drafts.IDENTITY if n in made["details"]]
    if named and anonymous in ("later", drafts.UNKNOWN):
        drafts.put(made, "anonymous", made["details"][named[0]]["said"], False, "inferred", seq)

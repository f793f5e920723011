"""Which of the details found in a message go into the draft: new, answered, corrected, withheld."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.content import questions, types
from bot.extract import property
from bot.extract.span import Span
from bot.report import draft as drafts
from bot.report import held as held_details
from bot.report.draft import Draft, Value
from bot.report.message import Found, Message

#: Concluded from the words, not said as such.
_INFERRED = frozenset(("victim_or_witness", "hate_motivation", "repeat"))
#: Sure enough even where the message is about the chat itself ("can I talk to a person").
_SURE_NAMES = frozenset(
    ("contact_name", "contact_phone", "contact_email", "vehicle_reg", "anonymous", "witnesses")
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
_MENDED: Mapping[str, Callable[[Any, tuple[str, Value], Message], tuple[str, Value] | None]] = {
    "when": held_details.moment,
    "location": held_details.place,
    "vehicle_reg": held_details.plate,
    "contact_name": held_details.name,
}
#: When the bank was told is not when it happened.
_OF_TELLING = re.compile(
    r"\b(?:told|rang|called|phoned|informed|contacted|reported (?:it )?to|spoke to|been on to) "
    r"(?:my|the|our|their) (?:bank|insur\w+|work|boss|manager|landlord|council|school|gp|doctor)\b"
    r"[^.!?;]{0,15}$",
    re.IGNORECASE,
)
#: Told bit by bit: what comes later is added.
_GATHERED = frozenset(("suspect_description", "witnesses", "evidence", "injury", "weapon"))
#: Of a theft, the way in and the car that it was taken from are not the property.
_WAY_IN = frozenset(("building", "vehicle"))
_TAKING: Mapping[str, frozenset[str]] = {
    "burglary": frozenset(("building",)),
    "robbery": frozenset(("building",)),
    "theft_from_vehicle": _WAY_IN,
    "theft": frozenset(("building",)),
    "vehicle_theft": frozenset(("building",)),
    "fraud": frozenset(("building",)),
    "shoplifting": frozenset(("building", "vehicle")),
}


def only_sure(found: Found) -> Found:
    """What a message about the chat itself tells all the same."""
    return {
        name: hits
        for name, hits in found.items()
        if name in _SURE_NAMES or (name == "location" and held_details.sure(hits[0].value))
    }


def merge(made: Draft, message: Message) -> None:
    """Write what `message` tells. What is held stays, unless corrected, asked for, or weak."""
    asked = message.asked or ""
    choice = questions.exists(asked) and bool(questions.get(asked).choices)
    answered = any(name in message.found for name in drafts.fills(asked))
    ruled_out = _NOT_FROM.get(asked, frozenset()) if answered else frozenset()
    found = {**message.found, "property": _things(made, message)}
    for name, hits in found.items():
        if not hits:
            continue
        explicit = name == "location" and (
            held_details.says_where(message, hits[0].said)
            or (hits[0].value.get("precision") == "address" and bool(hits[0].value.get("road")))
        )
        if name in ruled_out and not (message.correcting or explicit):
            continue
        if choice and name == "location" and not held_details.sure(hits[0].value):
            continue  # "he's at the shop" answers "is he there?", it is not where it happened
        if name == "when" and asked != "when" and _OF_TELLING.search(_before(message, hits[0])):
            continue
        if name == "suspect_vehicle" and "suspect_description" not in message.found:
            continue
        _one(made, name, hits, message)


def _before(message: Message, hit: Span) -> str:
    return message.text[max(0, hit.start - 60) : hit.start]


def _one(made: Draft, name: str, hits: list[Span], message: Message) -> None:
    told = _joined(name, hits)
    held = made["details"].get(name)
    wanted = message.asked is not None and name in drafts.fills(message.asked)
    if held:
        after = _after(name, held, told, message, wanted)
        if after is None:
            return
        told = after
    source = "inferred" if name in _INFERRED and not wanted else "said"
    drafts.put(made, name, *told, source, message.seq)


def _after(
    name: str, held: Mapping[str, Value], told: tuple[str, Value], message: Message, wanted: bool
) -> tuple[str, Value] | None:
    """What the detail holds after the message, or None where it stays as it is."""
    if told[1] in held_details.NO_NEWS and held["value"] not in held_details.NO_NEWS:
        return told if wanted or message.replaces(name) else None
    if name == "property":
        return held_details.things(held, told, message)
    if name in _MENDED and held["value"] not in held_details.NO_NEWS:
        return _MENDED[name](held, told, message)
    if name in _GATHERED and held["source"] != "inferred":
        return told if wanted and message.act == "correct" else held_details.added(held, told)
    weak = held["value"] in held_details.NO_NEWS or held["source"] == "inferred"
    if wanted or message.replaces(name):
        return told
    return told if weak and told[1] not in held_details.NO_NEWS else None


def _things(made: Draft, message: Message) -> list[Span]:
    """The property that the message tells: taken, damaged, described, or listed without a verb."""
    kind = types.get(drafts.kind(made)).incident_type
    left_out = _TAKING.get(kind, frozenset())
    hits = [h for h in message.found.get("property", []) if _taken(h, left_out)]
    held = made["details"].get("property")
    if not (kind in _TAKING or held) or message.act in ("question", "why", "human"):
        return hits
    known = bool(hits or (held and held["value"] != drafts.NONE))
    for one in property.listed(message.rest or message.text, held=known):
        over = [h for h in hits if h.start < one.end and h.end > one.start]
        if len(over) == 1 and len(over[0].said) >= len(one.said):
            continue
        hits = [h for h in hits if h not in over] + [one]
    return sorted(hits, key=lambda h: h.start)


def _taken(hit: Span, left_out: frozenset[str]) -> bool:
    return not (isinstance(hit.value, dict) and hit.value["kind"] in left_out)


def _joined(name: str, hits: list[Span]) -> tuple[str, Value]:
    words = ", ".join(hit.said for hit in hits)
    if name == "property" and isinstance(hits[0].value, dict):
        return words, words
    if name in ("suspect_description", "suspect_vehicle"):
        words = "; ".join(dict.fromkeys(hit.said for hit in hits[:6]))
        return words, hits[0].value if hits[0].value == drafts.UNKNOWN else words
    if name == "vehicle_reg":
        return words, ", ".join(dict.fromkeys(str(hit.value) for hit in hits))
    return hits[0].said, hits[0].value


def take_off(made: Draft, message: Message) -> None:
    """What the message rules out goes off the list of things ("not the laptop, that is here")."""
    held = made["details"].get("property")
    left = held_details.things(held, None, message) if held else None
    if left:
        drafts.put(made, "property", *left, "said", message.seq)


def reopen(made: Draft, message: Message) -> None:
    """A correction that names a detail but gives no new value opens that question again."""
    if message.found or message.asked not in drafts.STEERING or message.act == "question":
        return
    named = next((n for n, words in _NAMED if re.search(words, message.text, re.IGNORECASE)), None)
    for held in (named, *drafts.fills(named)) if named else ():
        made["details"].pop(held, None)
        if held in made["skipped"]:
            made["skipped"].remove(held)


def keep_anonymous(made: Draft, seq: int, keeps_back: bool = True) -> None:
    """Anonymity is honoured wherever it is said: no name, number or address stays in the details.

    Without `keeps_back` (the message asks for it again) a number or e-mail given now ends it.
    A name given after "decide later" decides: never recorded as anonymous with a name.
    """
    anonymous = drafts.value(made, "anonymous")
    given = [n for n in drafts.IDENTITY[1:] if (made["details"].get(n) or {}).get("seq") == seq]
    if anonymous is True and given and not keeps_back:
        # "not my name, but you can have my email": reachable, so not anonymous
        drafts.put(made, "anonymous", made["details"][given[0]]["said"], False, "inferred", seq)
        made["details"].pop("contact_name", None)
        return
    if anonymous is True:
        for name in (*drafts.IDENTITY, "contact_details"):
            made["details"].pop(name, None)
        return
    named = [n for n in drafts.IDENTITY if n in made["details"]]
    if named and anonymous in ("later", drafts.UNKNOWN):
        drafts.put(made, "anonymous", made["details"][named[0]]["said"], False, "inferred", seq)

"""What a later message does to a detail that is held: it replaces, adds to, or leaves it.

Each function gets what is held and what was told now and gives the new `said` and `value`, or
None to leave the detail as it is.
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.extract import days, when
from bot.extract.span import lower
from bot.report import draft as drafts
from bot.report.draft import Value
from bot.report.message import Message, plain

Told = tuple[str, Value]
Held = Mapping[str, Any]
#: Longest text that is gathered from several messages.
MOST = 500
NO_NEWS = (drafts.UNKNOWN, drafts.NONE)
_HAPPENED = re.compile(
    r"\b(?:it|this|that|he|she|they)(?:'s| was| were|s| happened| all happened| took place)?"
    r" (?:outside|in|at|on|near|by|between|round|behind|down|just)\b|\bhappened\b|\baddress\b",
    re.IGNORECASE,
)
#: Where somebody lives, was or goes is not where it happened.
_ELSEWHERE = re.compile(
    r"\b(?:i|we|he|she|they|who|mum|dad)(?:'m|'s| am| is| was| were|s|m)? ?(?:live|lives|living|"
    r"from|based|was|were|staying|moved|work|works|at|in|up|down|over)\s+(?:up |over |down )?"
    r"(?:in|at|to|near|from)?\s*$",
    re.IGNORECASE,
)
_LAST_SEEN = re.compile(
    r"\b(?:locked|parked|left it|left them|left my|left the|last saw|last seen|last used|last had|"
    r"went to bed|put it|was there|was fine|were fine|was ok|shut up|still there)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:also|too|and|as well|aswell|plus|another|forgot|an all)\b", re.IGNORECASE)


#: Before a time, it is when somebody was told or noticed, not when it happened.
_NOT_IT = re.compile(
    r"\b(?:told|rang|called|phoned|reported|informed|noticed|found|discovered|realised|woke|came|got|"
    r"opened?|class|work|shift|appointment|school|doctors?|hospital|finish(?:ed)?|see|seen|went)\b",
    re.IGNORECASE,
)
#: A clock read off a camera is when it happened, whatever time was told before.
_FILMED = re.compile(
    r"\b(?:camera|cctv|footage|door ?bell|ring|dash ?cam|video|time ?stamp|really|in fact)\b",
    re.IGNORECASE,
)
#: "72 hornby not 27": the number of the house is put right.
_NUMBER = re.compile(
    r"\b(?P<new>\d{1,4}[a-z]?)\b(?: (?!not\b)[a-z]+){0,2},? (?:and )?not (?:number |no\.? )?(?P<old>\d{1,4}[a-z]?)\b"
    r"|\bnot (?:number |no\.? )?(?P<was>\d{1,4}[a-z]?)\b[ ,.]*(?:but|it'?s|its|it was|it is)? ?(?:number |no\.? )?(?P<now>\d{1,4}[a-z]?)\b",
    re.IGNORECASE,
)


def renumbered(held: Held, text: str) -> Told | None:
    """The place with the number of the house put right, where `text` does that."""
    match, old = _NUMBER.search(text), held["value"]
    if not match or not isinstance(old, dict) or not old.get("road"):
        return None
    wrong = match.group("old") or match.group("was")
    right = match.group("new") or match.group("now")
    if str(old["road"]).split()[0].lower() != wrong.lower():
        return None
    road = right + str(old["road"])[len(wrong) :]
    said = re.sub(rf"\b{re.escape(wrong)}\b", right, str(held["said"]), count=1)
    return said, {**old, "said": said, "road": road}


def _exact(held: Held, told: Told, message: Message) -> bool:
    """Whether the time told now is the same one said more exactly, or read off a camera."""
    old, new = held["value"], told[1]
    at = message.text.lower().find(told[0].lower())
    before = re.split(r"[.!?;]", message.text[: max(at, 0)][-60:])[-1]
    if _NOT_IT.search(before):
        return False
    start, end = (datetime.fromisoformat(new[part]) for part in ("from", "to"))
    first, last = (datetime.fromisoformat(old[part]) for part in ("from", "to"))
    within = first <= start and end <= last and end - start < last - first
    return (within and new["precision"] != "day") or (within and old["precision"] != "minute")


def _on_camera(held: Held, told: Told, message: Message) -> bool:
    clock = told[1]["precision"] in ("minute", "about")
    return clock and bool(_FILMED.search(message.text))


def added(held: Held, told: Told) -> Told | None:
    """Both, the new words after the old; None when they are there already."""
    if held["value"] in NO_NEWS:
        return told
    old, new = str(held["said"]), str(told[0])
    fresh = [
        part for part in re.split(r"; ", new) if plain(part) not in plain(old) and part.strip()
    ]
    if not fresh or told[1] in NO_NEWS:
        return None
    # what the new words contain is said once
    kept = [part for part in re.split(r"; ", old) if part and plain(part) not in plain(new)]
    both = "; ".join([*kept, *fresh])[:MOST]
    return both, both


def things(held: Held, told: Told | None, message: Message) -> Told | None:
    """Property: later things are added, what is ruled out is taken off the list."""
    parts = [] if held["value"] in NO_NEWS else re.split(r"[,;] ", str(held["said"]))
    gone = [words for name, words in message.denied if name == "property"]
    kept = [left for part in parts if (left := _without(part, gone))]
    if told is None or (told[1] in NO_NEWS and kept):
        both = ", ".join(kept)
        return (both, both) if kept and kept != parts else None
    if told[1] in NO_NEWS:
        return told
    if message.replaces("property") and not gone and not _MORE.search(message.text):
        same = [part for part in kept if _last(part) in plain(told[0]).split()]
        amount = re.match(
            r"\W*(?:\w+ )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b", told[0]
        )
        # "five legs of lamb" puts one of the things right, not the list
        kept = [part for part in kept if part not in same] if same and amount else []
    new = plain(told[0])
    kept = [part for part in kept if plain(part) not in new]
    old = plain(", ".join(kept))
    fresh = [p for p in re.split(r"[,;] ", told[0]) if plain(p) and plain(p) not in old]
    both = ", ".join([*kept, *fresh])[:MOST]
    return (both, both) if both and both != held["said"] else None


def _last(part: str) -> str:
    return (plain(part).split() or [""])[-1]


def _without(part: str, gone: list[str]) -> str:
    """One thing of the list without what is ruled out; empty where that is the whole thing."""
    for words in gone:
        last = _last(words)
        if last and last in plain(part).split():
            if len(part.split()) <= 4:
                return ""
            left_out = rf"(?:,| and| or)?(?: a| an| the)? {re.escape(last)}\b"
            part = re.sub(left_out, "", part, flags=re.IGNORECASE)
    return part


def moment(held: Held, told: Told, message: Message) -> Told | None:  # noqa: PLR0911 - one case a line
    """When: a new clock time keeps the day that is held, a new day keeps the clock time.

    "Locked it at 9 last night" beside "gone at 6 this morning" makes a stretch of time.
    """
    old, new = held["value"], told[1]
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return told
    if not (old.get("from") and new.get("from")):
        return told if new.get("from") or not old.get("from") else None
    replaces = message.replaces("when") or message.asked == "when"
    has_day = any(days.find(lower(told[0]), datetime.now()))
    if not replaces and has_day and not _day_of(held):
        return told  # a clock time or "at night" alone: the day counts
    if not replaces and _exact(held, told, message):
        return told if has_day else (f"{_day_of(held)} {told[0]}".strip(), new)
    replaces = replaces or (not has_day and _on_camera(held, told, message))
    if not replaces:
        return _stretch(held, told, message)
    if not has_day:
        end = datetime.fromisoformat(old["to"]).replace(tzinfo=None)
        day = datetime(end.year, end.month, end.day, 23, 59)
        again = when.best(told[0], min(day, when.local(message.now)))
        if again and again.start:
            said = f"{told[0]}, {held['said']}" if message.asked == "when" else told[0]
            return f"{_day_of(held)} {said}".strip(), again.value()
    elif new["precision"] == "day" and (clock := _without_days(str(held["said"]))):
        again = when.best(f"{told[0]} {clock}", message.now)
        if again and again.start and again.precision not in ("day", "unknown"):
            return f"{told[0]} {clock}", again.value()
    return told


def _day_of(held: Held) -> str:
    said = str(held["said"])
    found = list(days.find(lower(said), datetime.now()))
    return said[found[0].at : found[0].to] if found else ""


def _without_days(said: str) -> str:
    for stretch in reversed(list(days.find(lower(said), datetime.now()))):
        said = said[: stretch.at] + said[stretch.to :]
    return re.sub(r"^\W*(?:on|at(?= (?:about|around))|,)?\s*", "", said).strip(" ,.")


def _stretch(held: Held, told: Told, message: Message) -> Told | None:
    before = message.text[: message.text.lower().find(told[0].lower())]
    old, new = held["value"], told[1]
    if not _LAST_SEEN.search(before[-60:]) or new["from"] >= old["from"]:
        return None
    said = f"{told[0]}, {held['said']}"
    return said, {"said": said, "from": new["from"], "to": old["to"], "precision": "range"}


def place(held: Held, told: Told, message: Message) -> Told | None:  # noqa: PLR0911 - one case a line
    """Location: an address beats a landmark or a town, a town is added to a road without one."""
    old, new = held["value"], told[1]
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return told if isinstance(new, dict) and sure(new) else None
    if message.replaces("location"):
        return _put_right(held, told, message)
    at = message.text.lower().find(str(told[0]).lower())
    if _ELSEWHERE.search(message.text[: max(at, 0)]) and not new.get("road"):
        return None
    said = f"{held['said']}, {told[0]}"
    apart = bool(old.get("area") and new.get("area") and old["area"] != new["area"])
    if new.get("road") and not old.get("road"):
        return told if apart else (said, merged(old, new))
    if message.asked == "location" or _HAPPENED.search(message.text[: max(at, 0) + 12]):
        return said, merged(old, new)
    named = len(str(new.get("landmark") or "").split()) > 1
    if named and not (old.get("landmark") or old.get("road") or new.get("area")):
        return said, merged(old, new)
    if sure(new) and not (old.get("area") or old.get("postcode")):
        return said, merged(old, new)
    return None


def says_where(message: Message, said: str) -> bool:
    """Whether the message says of the place that it happened there ("its in Radcliffe")."""
    at = max(0, message.text.lower().find(said.lower()))
    return bool(_HAPPENED.search(message.text[max(0, at - 24) : at + 12]))


def _put_right(held: Held, told: Told, message: Message) -> Told | None:
    """A correction: the new place stands; the town that is held stays where none is given."""
    old, new = held["value"], told[1]
    explicit = any(name == "location" for name, _ in message.denied)
    asked = message.asked in ("location", "change_what", "summary")
    alone = not any(name in message.found for name in ("when", "property", "vehicle_reg"))
    at = max(0, message.text.lower().find(str(told[0]).lower()))
    if not explicit and not asked:
        if not sure(new) or _ELSEWHERE.search(message.text[:at]):
            return None
        if not alone and not _HAPPENED.search(message.text[: at + 12]):
            return None
    if sure(old) and not sure(new) and not explicit and not asked:
        return None
    town = {part: old.get(part) for part in ("area", "borough", "in_gm")}
    if new.get("area") or new.get("postcode") or not old.get("area"):
        return told
    return f"{told[0]}, {old['area']}", {**new, **town}


def sure(value: Value) -> bool:
    """Whether a place has a road, a postcode or an area, not only a landmark."""
    return isinstance(value, dict) and any(value.get(part) for part in ("road", "postcode", "area"))


def merged(old: Value, new: Value) -> Value:
    """The parts of both places; where both have one, the new."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    parts = {name: new.get(name) or old.get(name) for name in {**old, **new}}
    ranks = ("vague", "area", "landmark", "road", "address")
    parts["precision"] = max(
        (str(one.get("precision")) for one in (old, new)),
        key=lambda p: ranks.index(p) if p in ranks else -1,
    )
    return parts


def plate(held: Held, told: Told, message: Message) -> Told | None:
    """Number plates: a fuller reading of the same replaces it, another one is added."""
    old, new = str(held["value"]), str(told[1])
    if held["value"] in NO_NEWS or message.replaces("vehicle_reg") or new.startswith(old):
        return told
    if new in old or told[1] in NO_NEWS:
        return None
    return f"{held['said']}, {told[0]}", f"{old}, {new}"


def name(held: Held, told: Told, message: Message) -> Told | None:
    """The name that comes with a number or e-mail is the person's; a full one beats a first."""
    beside = "contact_phone" in message.found or "contact_email" in message.found
    fuller = len(str(told[1]).split()) > len(str(held["value"]).split())
    return told if beside or fuller or message.replaces("contact_name") else None

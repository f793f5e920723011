"""Clock times as people in Britain type them: half seven, 10.10, 0200 hrs, ten to two, 9ish."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.extract.when_words import HOUR, HOUR_WORD, MINUTES, number


@dataclass(frozen=True)
class Clock:
    """A clock reading: `half` is "am", "pm", "24" (no doubt left) or None (either half)."""

    start: int
    end: int
    hour: int
    minute: int
    half: str | None
    about: bool
    # "before" or "after" where it was just before or just after
    side: str
    # a bare hour is only that exact to half an hour when it is said loosely
    bare: bool


_LEAD = r"(?:(?P<lead>(?:just|shortly|bit|not long|soon|right) (?:before|after|gone|past|turned)|about|abt|approx(?:imately)?|around|roughly|bout|round|circa|maybe|like|just)\s+)?"
_AMPM = r"(?P<half>\s?(?:[ap]\.?m\b\.?))?"
_AFTER = (
    r"(?=\s*(?:$|[,.;!?/)]|(?:last|this|on|in the|yesterday|yday|today|tonight|and|till|til|until|"
    r"to|when|or|it|he|she|they|we|i|a|the|my|so|there|same|mon|tue|wed|thu|fri|sat|sun)\b))"
)
_DAY = r"(?:last|this|on|in the|yesterday|yday|today|tonight|mon|tue|wed|thu|fri|sat|sun|[ap]\.?m)(?:\w*)\b"
_PATTERNS = tuple(
    re.compile(p)
    for p in (
        # half seven, half past seven
        rf"\b{_LEAD}half\s+(?:past\s+)?(?P<h>{HOUR})(?P<ish>\s?ish)?{_AMPM}(?![\d:.]\d)\b(?!\s+(?:of|price|term))",
        # quarter to six, ten past 4, 20 to 7
        rf"\b(?<!from )(?<!between ){_LEAD}(?P<m>quarter|a quarter|twenty[ -]five|twenty|ten|five|5|10|20|25)"
        rf"\s+(?:mins?\s+|minutes?\s+)?(?P<way>past|to|gone)\s+(?P<h>{HOUR})\b(?P<ish>\s?ish)?{_AMPM}",
        # 16:20, 9.15, 7.45pm
        rf"(?<![\d£$.]){_LEAD}(?P<h>2[0-3]|[01]?\d)[:.](?P<mm>[0-5]\d)(?P<ish>\s?ish)?{_AMPM}(?:\s?hrs?\b)?(?![\d:]|\.\d|\s?(?:quid|pounds?|gbp|k\b))",
        # ten thirty, nine fifteen
        rf"\b(?P<lead>at|about|around|approx|roughly|by|before|after|since|from|between|till|until|and|to|just (?:before|after|gone))?\s*\b(?P<h>{HOUR_WORD})[ -](?P<word_mm>{MINUTES})(?P<ish>\s?ish)?{_AMPM}\b"
        rf"(?=\s*(?:$|[,.;!?]|{_DAY}))",
        # 1645 on the 20th
        rf"(?<![\d/£.])\b(?P<h24>[01]\d|2[0-3])(?P<mm>[0-5]\d)(?<!20[0-3]\d)(?<!19\d\d)(?=\s+{_DAY})",
        # the first of 9 - 10 last night, 6 or 7pm
        rf"(?<![\d:./-])\b(?P<h>{HOUR})(?=\s?(?:-|\u2013|to|or|till?)\s?{HOUR}(?:[:.]\d\d)?(?:\s?[ap]\.?m\b|\s?ish\b|\s?o'?\s?clock|\s+(?:this morning|last night|last nite|in the morning|at night|tonight|yesterday)))",
        # 0200 hrs, 1100hrs
        rf"\b{_LEAD}(?P<h24>[01]\d|2[0-3])(?P<mm>[0-5]\d)\s?(?:hrs?|hours?)\b",
        # at 0115
        r"(?<=\bat )(?P<h24>[01]\d|2[0-3])(?P<mm>[0-5]\d)\b",
        # 9pm, 10 o'clock, 9ish, 11ish
        rf"\b{_LEAD}(?P<h>{HOUR})(?P<mark>\s?[ap]\.?m\b\.?|\s?o\s?'?\s?clock|\s?ish\b)(?P<half2>\s?[ap]\.?m\b)?",
        # midnight, noon
        rf"\b{_LEAD}(?P<word>midnight|noon|midday)\b",
        # at 9, about 6, since 7 - a bare hour needs a word before it and room after it
        rf"\b(?P<lead>(?:just|shortly|bit|not long|soon|right) (?:before|after|gone|past|turned)|at about|at around|at|about|abt|around|roughly|bout|round|since|before|after|by|till|til|until|between|from)"
        rf"\s+(?P<h>{HOUR}){_AFTER}",
        # the second of between 4 and 6, from 9 till 5
        rf"\b(?P<lead>(?:between|from)\s[^.!?;,]{{1,24}}\s(?:and|to|till?|until|while))\s+(?P<h>{HOUR}){_AFTER}",
        # 4 this morning, 10 last night
        rf"(?<![\d:./-])\b(?P<h>{HOUR})(?=\s+(?:this morning|last night|last nite|in the morning|in the afternoon|at night|tonight|yesterday))",
    )
)
_LOOSE = {"about", "abt", "approx", "approximately", "around", "roughly", "bout", "round", "circa",
          "maybe", "like", "at about", "at around"}  # fmt: skip


def find(text: str) -> Iterator[Clock]:
    """Yield each clock time of lower-cased `text`, left to right, without overlaps."""
    taken: list[tuple[int, int]] = []
    found: list[Clock] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            clock = _read(match)
            if clock and all(clock.end <= s or clock.start >= e for s, e in taken):
                taken.append((clock.start, clock.end))
                found.append(clock)
    yield from sorted(found, key=lambda c: c.start)


def _read(match: re.Match[str]) -> Clock | None:
    groups = match.groupdict()
    lead = groups.get("lead") or ""
    about = lead in _LOOSE
    start = match.start()
    if lead and lead not in _LOOSE and not _side(lead):
        start = match.start("h") if groups.get("h") else match.end("lead") + 1
    if groups.get("word"):
        hour = 0 if groups["word"] == "midnight" else 12
        return Clock(start, match.end(), hour, 0, "24", about or lead == "just", _side(lead), True)
    hour = int(groups["h24"]) if groups.get("h24") else number(groups["h"])
    minute = int(groups["mm"]) if groups.get("mm") else 0
    bare = minute == 0 and not groups.get("mm")
    if groups.get("word_mm"):
        minute, bare = number(re.sub("oh ", "", groups["word_mm"])), False
    if "half" in match.group(0).split()[:2] or (lead and " half " in match.group(0)):
        minute, bare = 30, False
    if groups.get("m"):
        past = number(groups["m"].replace("a quarter", "quarter"))
        minute, bare = (past, False) if groups["way"] != "to" else (60 - past, False)
        hour = hour if groups["way"] != "to" else (hour - 1) % 24 or 12
    mark = (groups.get("mark") or "").strip()
    about = about or "ish" in mark or bool(groups.get("ish"))
    marks = (groups.get("half") or "") + mark + (groups.get("half2") or "")
    half = _half(hour, marks, groups)
    if half in ("am", "pm") and hour > 12:
        half = "24"
    return Clock(start, match.end(), hour, minute, half, about, _side(lead), bare)


def _side(lead: str) -> str:
    """ "before" or "after" for "just before", "just gone"."""
    if not re.fullmatch(r"(?:just|shortly|bit|not long|soon|right) \w+", lead):
        return ""
    return "before" if lead.endswith("before") else "after"


def _half(hour: int, marks: str, groups: dict[str, str | None]) -> str | None:
    letters = marks.replace(".", "").replace(" ", "")
    if letters.endswith("pm") or letters.startswith("pm"):
        return "pm"
    if letters.endswith("am") or letters.startswith("am"):
        return "am"
    spelt = groups.get("h") or ""
    if hour > 12 or groups.get("h24") or hour == 0 or (len(spelt) == 2 and spelt[0] == "0"):
        return "24"
    return None

"""The wording tests (call-handling, section 22) as functions: what is wrong with a line, in words.

Each test is a promise about every sentence that the product can say in a given state. They are
regular expressions on purpose: a trainer can read why a line was refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.content.guard import digits
from bot.content.loader import load

Rule = tuple[str, re.Pattern[str]]


def _rules(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple((why, re.compile(pattern, re.IGNORECASE)) for why, pattern in pairs)


_WHO = r"(?:a person|an? officer|someone|somebody|a handler|an operator|police|we|they|a human)"
_DOES = (
    r"(?:call|ring|phone|contact|read|come|reply|answer|help|visit|attend|speak|be with|"
    r"be in touch|"
    r"get back|look at|take|arrive|turn up)"
)
_WILL = r"(?:'ll| will| is going to| are going to)"
_WAY = r"(?:coming|on (?:the|their|its) way)"
ALWAYS = _rules(
    (
        "promises a person or a visit",
        rf"\b{_WHO}(?: (?!who|which|that|if|and|or)\w+){{0,4}}{_WILL} (?:\w+ ){{0,2}}{_DOES}\b",
    ),
    (
        "promises a person or a visit",
        rf"\b(?:police|officers?|help|someone|a patrol) (?:is|are) {_WAY}\b"
        r"|\bconnecting you\b|\b(?:is|are) on (?:the|their|its) way to you\b",
    ),
    (
        "says whether or when someone comes",
        r"\bwho will come\b|\bwhen (?:they|police|officers?) (?:will )?come\b",
    ),
    (
        "says whether or when someone comes",
        r"\b(?:they|police|no one|nobody) (?:will not|won't) (?:come|attend)\b",
    ),
    (
        "belittles",
        r"\busually civil\b|\bonly\b|\bjust\b|\blow[- ]level\b|\bnot a crime\b|\bwasting\b"
        r"|\bcivil matter\b",
    ),
    ("blames", r"\bdid you\b|\bdidn['’]t you\b|\byou should have\b|\bwhy were you\b"),
    ("speaks of an offence by name of 'commit'", r"\bcommit(?:s|ted|ting)?\b"),
    ("uses value as a threshold", r"\bworth (?:less|more) than\b|\b(?:under|over|less than) £"),
    ("asks about immigration", r"\bimmigration status\b|\bvisa\b"),
    ("sends people to our own form or chat", r"\b(?:our|the) online (?:form|report|reporting)\b"),
    ("records a label that nobody should hear", r"\bNCHI\b"),
    (
        "names a way to die",
        r"\b(?:hang(?:ing)? (?:your|him|her|them)sel[fv]|slit|jump off|gas yourself)",
    ),
)
OPEN_DANGER = _rules(
    (
        "queue number, demand or survey while danger is open",
        r"\bhigh demand\b|\bsurvey\b|\bfeedback\b|\bnice day\b",
    ),
    (
        "queue number, demand or survey while danger is open",
        r"\b(?:number|position|place) \d+\b|\b\d+(?:st|nd|rd|th) in\b",
    ),
    (
        "says goodbye while danger is open",
        r"\bgood ?bye\b|\bbye\b|\btake care\b"
        r"|\bthanks? (?:you )?for (?:contacting|chatting|getting in touch)\b",
    ),
)
CHILD = _rules(
    ("names parents to a child", r"\bmum or dad\b|\byour (?:mum|dad|parents?)\b"),
    ("promises a child secrecy", r"\bkeep (?:it|this) (?:a )?secret\b|\bwon't tell\b"),
    (
        "speaks of guilt to a child",
        r"\bbroke(?:n)? the law\b|\b(?:won't|will not|not) (?:be )?in (?:any )?trouble\b",
    ),
    (
        "tells a child to keep a picture",
        r"\b(?:keep|screenshot|save) the (?:picture|photo|image)\b",
    ),
)
_WARNS = re.compile(r"\b(?:can't promise|don't|do not|never)\b", re.IGNORECASE)
NOT_TO_DEAF = re.compile(
    r"\b(?:call|calls|calling|ring|rings|rang|ringing|dial|dials|dialling)\b", re.IGNORECASE
)
_FIFTY_FIVE = re.compile(r"(?<![\d.:£])55(?![\d:%])")
_CRIME_NUMBER = re.compile(r"\bcrime (?:number|reference)\b", re.IGNORECASE)
_MAY_NAME_CRIME_NUMBER = "If it is a crime, you get a crime number then."
_ON_DUTY = re.compile(
    r"\bpeople on duty\b|\bsomeone is on duty\b|\bhas joined this chat\b|\bothers on duty\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w-])\+?\d[\d ()-]{1,}\d(?!\w)")
_999_NEEDS_NO_WAY = re.compile(
    r"(?:stay with|from|contacted|get|has|text|to) 999|999 (?:has|bsl|is still)|999bsl",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"\b(?:police|crime|abuse|domestic|rape|sexual|stalk|assault|victim|999|danger|report|emergency)",
    re.IGNORECASE,
)


def problems(
    text: str,
    *,
    deaf: bool = False,
    child: bool = False,
    protected: bool = False,
    danger: str = "none",
    on_duty: bool = False,
) -> list[str]:
    """What is wrong with this line in this state, in plain words; empty when nothing is.

    `danger` is none, check or now. `protected` counts as open danger here (no survey, no goodbye);
    titles and buttons have `title_problems`."""
    rules = list(ALWAYS)
    if danger != "none" or protected:
        rules += OPEN_DANGER
    found = [f"{why}: {m.group()!r}" for why, pattern in rules if (m := pattern.search(text))]
    if child:
        found += _to_child(text)
    if not on_duty and (m := _ON_DUTY.search(text)):
        found.append(f"speaks of somebody who is not on duty: {m.group()!r}")
    without = text.replace(_MAY_NAME_CRIME_NUMBER, "")
    if m := _CRIME_NUMBER.search(without):
        found.append(f"names a crime number: {m.group()!r}")
    found += _fifty_five(text, deaf)
    if deaf:
        found += _deaf(text)
    if danger == "now":
        found += _helplines(text)
    return found


def title_problems(text: str) -> list[str]:
    """What is wrong with a title, button, address or file name in protected mode."""
    return [f"names the subject: {m.group()!r}"] if (m := SUBJECT.search(text)) else []


def asks(text: str) -> bool:
    """Whether a line asks something (a reply that asks ends in a question mark)."""
    return text.rstrip().endswith("?")


def _to_child(text: str) -> list[str]:
    """A sentence that warns ("don't screenshot the picture") may use the words it warns of."""
    told = " ".join(p for p in re.split(r"(?<=[.!?])\s+", text) if not _WARNS.search(p))
    return [f"{why}: {m.group()!r}" for why, pattern in CHILD if (m := pattern.search(told))]


def _fifty_five(text: str, deaf: bool) -> list[str]:
    if not _FIFTY_FIVE.search(text):
        return []
    if deaf:
        return ["shows 55 to a deaf person"]
    missing = [w for w in ("mobile", "999 first", "when it asks") if w not in text]
    return [f"shows 55 without {', '.join(missing)}"] if missing else []


def _deaf(text: str) -> list[str]:
    found = []
    if m := NOT_TO_DEAF.search(text):
        found.append(f"tells a deaf person to phone: {m.group()!r}")
    for m in _NUMBER.finditer(text):
        number, before = digits(m.group()), text[: m.start()].lower()
        if before.endswith("nhs ") and number == "111":
            continue
        if number in _dialled() and not before.endswith(("text ", "text: ", "18001 ")):
            if number == "999" and (_999_NEEDS_NO_WAY.search(text) or "18000" in text):
                continue
            found.append(f"bare number to a deaf person: {m.group()!r}")
    return found


def _helplines(text: str) -> list[str]:
    numbers = {digits(m.group()) for m in _NUMBER.finditer(text)} & _helpline_numbers()
    if len(numbers) > 1:
        return ["more than one helpline while danger is now"]
    if numbers and "999" not in text:
        return ["a helpline instead of 999 while danger is now"]
    return []


@lru_cache(maxsize=1)
def _dialled() -> frozenset[str]:
    """Every shown number that is spoken to, 999 and 101 included."""
    return frozenset(
        digits(channel.value)
        for agency in load().agencies.values()
        for channel in agency.channels
        if channel.show and channel.type == "phone"
    )


@lru_cache(maxsize=1)
def _helpline_numbers() -> frozenset[str]:
    return _dialled() - {"999", "112", "101", "111", "105", "159"}

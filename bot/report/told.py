"""Answers to a type's own questions that stand in the account already, by plain words.

What is told is not asked: each question here has the words that answer it. Questions without
an entry are always asked.
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from typing import Any

from bot.extract import signs
from bot.extract.span import Span

_I = re.IGNORECASE
_KIDS = re.compile(
    r"\b(?:(?:there(?:'s| are| is)?|has|with|got) (?:\w+ ){0,2}(?:kids|children|child|baby|toddler)|(?:kids|children|baby)(?: \w+){0,2} (?:there|inside|living|in (?:there|it|the)))\b",
    _I,
)
_NO_KIDS = re.compile(r"\bno (?:kids|children)\b", _I)
_DRUG = re.compile(
    r"\b(?:weed|cannabis|skunk|spice|coke|cocaine|crack|heroin|smack|brown|ket(?:amine)?|pills|mdma|speed|hash|grow|monkey dust|every (?:day|night|evening|weekend)|"
    r"all (?:hours|night|day)|cars? (?:pull|turn|com)\w+|people (?:knock|com)\w+)\b", _I)  # fmt: skip
_KNOWN_BY: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "seen",
        re.compile(
            r"\b(?:i(?:'ve| have| can)?|we(?:'ve| can)?) (?:see|saw|seen|watch\w*)\b|\bfrom my window\b",
            _I,
        ),
    ),
    ("heard", re.compile(r"\b(?:i(?:'ve| have| can)?|we(?:'ve| can)?) (?:hear|heard)\b", _I)),
    ("smelt", re.compile(r"\b(?:smells?|smelt|stinks?|reeks?)\b", _I)),
    ("told_by_someone", re.compile(r"\b(?:told me|someone said|heard from|was told)\b", _I)),
)
_LOCKED = re.compile(
    r"\b(?:locked (?:it|the phone|my phone)|(?:was|is|it'?s) locked|find my (?:iphone|phone|device)|on (?:a|the) map|tracked it)\b",
    _I,
)
_NOT_LOCKED = re.compile(r"\b(?:un|not |couldn'?t )lock(?:ed)?\b", _I)
_STOPPED = re.compile(
    r"\b(?:(?:it(?:'s)?|they(?:'ve)?|all) (?:has |have )?(?:stopped|gone|over|left|moved on|finished)|was last|last night|yesterday|earlier)\b",
    _I,
)
_BEFORE = re.compile(
    r"\b(?:yesterday|last (?:night|week)|on (?:sat|sun|mon|tue|wed|thu|fri)\w*)\b", _I
)
_ONGOING = re.compile(
    r"\b(?:right now|still (?:going|here|there|at it)|happening now|at the moment|as we speak|going on now)\b",
    _I,
)
_STAFF_OK = re.compile(
    r"\b(?:no (?:staff|one|workers?)(?: (?:was|were|is|got))? (?:hurt|injured|threatened|touched)|staff (?:are|were) (?:ok|okay|fine|all right)|nobody (?:was |got )?(?:hurt|threatened))\b",
    _I,
)
_STAFF_HURT = re.compile(
    r"\b(?:(?:hit|punched|pushed|spat at|threatened|attacked|hurt|bit) (?:\w+ ){0,2}(?:staff|worker|colleague|cashier|manager|guard|me)|(?:staff|guard|manager|cashier|colleague) (?:was |got |were )?(?:hit|punched|pushed|threatened|hurt|attacked|spat at))\b",
    _I,
)


def _rule(text: str, *rules: tuple[re.Pattern[str], Any]) -> Span | None:
    for pattern, value in rules:
        if match := pattern.search(text):
            said = match.group(0)
            return Span(match.start(), match.end(), said, said if value is None else value)
    return None


_Rules = tuple[tuple[re.Pattern[str], Any], ...]
_ANSWERS: dict[str, _Rules] = {
    "drug_dealing__children_there": ((_NO_KIDS, "no"), (_KIDS, "yes")),
    "drug_dealing__pattern_drug": ((_DRUG, None),),
    "drug_dealing__how_known": tuple((pattern, value) for value, pattern in _KNOWN_BY),
    "phone_theft__locked": ((_NOT_LOCKED, "no"), (_LOCKED, "yes")),
    "happening_now": (
        (_ONGOING, "happening_now"),
        (_BEFORE, "before_today"),
        (_STOPPED, "earlier_today"),
    ),
    "shoplifting__worker_hurt": ((_STAFF_OK, "no"), (_STAFF_HURT, "yes")),
}


def find(question: str, text: str) -> Span | None:
    """The answer to `question` that `text` holds (its value fits the question's choices)."""
    if question in ("hate_crime__repeat_hate", "repeat_or_worry"):
        return signs.repeat(text)
    return _rule(text, *_ANSWERS.get(question, ()))

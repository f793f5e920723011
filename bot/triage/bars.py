"""Which bars a message has to reach, by where it stands in the chat.

The heads learnt their thresholds on first messages. Answers are read together with their question
by a head of their own; what comes unasked in the middle of a chat has fewer words to go by, so
its bars are higher.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.triage import acts
from bot.triage.text import words

ACCOUNT: Final = "what_happened"  # asks for an account: the answer is read like a first message
BARE_WORDS: Final = 4
NEVER: Final = 2.0  # a bar that no probability reaches

FIRST: Final = "first message"
LATER: Final = "later message"
ANSWER: Final = "answer"
SHORT: Final = "short answer"
BARE: Final = "few words, nothing asked"
SAID_NO: Final = "says that nobody is in danger"
ANSWERS: Final = frozenset((ANSWER, SHORT, BARE, SAID_NO))
HEARD: Final = frozenset((ANSWER, SHORT, SAID_NO))  # read together with their question
SAFE_NOW: Final = "safe_now"
# Where a few words are as good as many.
SAFETY: Final = ("safe", "are_you_safe", "where_now", "self_hurt")


@dataclass(frozen=True)
class Bars:
    """Least probabilities for `now` and for `check`."""

    where: str
    now: float
    check: float = NEVER

    def level(self, now: float, near: float) -> str:
        """`now`, `check` or `none`; `near` is how surely it is near enough to ask."""
        if now >= self.now:
            return "now"
        return "check" if near >= self.check else "none"


# A later message that is no answer has bars of its own, since "thank you, goodbye" sounds like a
# goodbye for good when it stands alone.
# "Just me" and "12 park road" say little, whatever was asked; real danger in few words is surer.
_FIXED: Final = {
    LATER: Bars(LATER, 0.4, 0.25),
    SHORT: Bars(SHORT, 0.75, 0.7),
    BARE: Bars(BARE, 0.6),
    # "No" to "is anyone in danger?" in plain words: what else is told must be surer
    # for 999 at once; what is likely is asked about again, never passed over.
    SAID_NO: Bars(SAID_NO, 0.9, 0.6),
}


def where(text: str, asked: str | None, told: bool, act: str | None = None) -> str:
    """Where a message stands: `told` says whether the person has sent others that were about
    something. What comes after "hello" is a first message. `act`: of the answer."""
    if asked == SAFE_NOW and act == "no":
        return SAID_NO
    few = len(words(text)) <= BARE_WORDS
    if asked is not None and (asked != ACCOUNT or acts.is_bare(text) or (told and few)):
        return SHORT if few and not asked.startswith(SAFETY) else ANSWER
    if asked is None and (acts.is_bare(text) or (told and few)):
        return BARE
    return LATER if told else FIRST


def says_little(text: str, place: str) -> bool:
    """An answer of a few words: no cue of the model is taken from it, only those of rules."""
    return place in ANSWERS and len(words(text)) <= BARE_WORDS


def bars_of(place: str, levels: Mapping[str, Any]) -> Bars:
    """The bars of a place; `levels` are those chosen on the development messages."""
    if place in _FIXED:
        return _FIXED[place]
    chosen = levels["answer"] if place == ANSWER else levels
    return Bars(place, float(chosen["now"]), float(chosen["check"]))

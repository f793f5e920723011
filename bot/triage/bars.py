"""Which bars a message has to reach, by where it stands in the chat.

The heads learnt their thresholds on first messages. In the middle of a chat they do not see what
was asked ("bolton way" alone sounds like a call for help), so the fewer words, the higher the bar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.triage import acts
from bot.triage.text import words

ACCOUNT: Final = "what_happened"  # asks for an account: the answer is read like a first message
PLACES: Final = frozenset(("location", "where_now", "where_type", "borough"))
SAFETY: Final = "safe"  # so the questions about safety begin
BARE_WORDS: Final = 4
TOLD_WORDS: Final = 12  # an answer of so many words speaks for itself
NEVER: Final = 2.0  # a bar that no probability reaches
_BARE: Final = frozenset(
    ("yes", "no", "dont_know", "skip", "why", "repeat", "thanks", "nothing_else", "confirm_send")
)

FIRST: Final = "first message"
LATER: Final = "later message"
TOLD: Final = "told in an answer"
ANSWER: Final = "answer"
BARE: Final = "bare answer"
PLACE: Final = "bare place"
ANSWERS: Final = frozenset((TOLD, ANSWER, BARE, PLACE))
SHORT: Final = frozenset((BARE, PLACE))  # too few words for a cue of the model


@dataclass(frozen=True)
class Bars:
    """Least probabilities: of danger now for `now` and for `check`, of `check` itself."""

    where: str
    now: float
    check: float = NEVER
    unsure: float = NEVER

    def level(self, now: float, unsure: float) -> str:
        """`now`, `check` or `none`."""
        if now >= self.now:
            return "now"
        return "check" if now >= self.check or unsure >= self.unsure else "none"


# On 200 held-out answers (data/eval/midchat.jsonl, many alarming in words only). Told in 12 words
# or more: of 21 with danger now 18 are `now` and 2 `check` (two were missed at the bars of short
# answers), of 59 without any 7 and 3. A later message that is no answer has bars of its own, since
# "thank you, goodbye" sounds like a goodbye for good when it stands alone. A place and nothing else
# ("in my garden", 0.92) is no danger by itself, unless safety was asked about; rules stand over it.
_FIXED: Final = {
    LATER: Bars(LATER, 0.4, 0.25),
    TOLD: Bars(TOLD, 0.7, 0.4),
    ANSWER: Bars(ANSWER, 0.85, 0.6),
    BARE: Bars(BARE, 0.9),
    PLACE: Bars(PLACE, 0.95),
}


def where(text: str, asked: str | None, act: str | None, before: bool) -> str:
    """Where a message stands: `before` says whether the person has sent others."""
    count = len(words(text))
    answer = asked not in (None, ACCOUNT) or acts.is_bare(text)
    # A few words in the middle of a chat are no account, whatever is open or not.
    answer = answer or (before and count <= BARE_WORDS)
    if not answer:
        return LATER if before else FIRST
    if asked is not None and not asked.startswith(SAFETY) and _only_place(text, asked, count):
        return PLACE
    if count <= BARE_WORDS and (asked is None or act in _BARE):
        return BARE
    return TOLD if count >= TOLD_WORDS else ANSWER


def _only_place(text: str, asked: str, count: int) -> bool:
    return (asked in PLACES or count <= BARE_WORDS) and acts.is_place(text)


def bars_of(place: str, levels: Mapping[str, Any]) -> Bars:
    """The bars of a place; `levels` are those chosen for first messages."""
    if place == FIRST:
        return Bars(FIRST, float(levels["now"]), float(levels["check"]), float(levels["unsure"]))
    return _FIXED[place]

""" "One sec": the one message that asks nothing, tells nothing and stops the turn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actions.base import Turn

_WAIT = re.compile(
    r"^\W*(?:(?:hang|hold) on|wait|brb|bear with(?: me)?|back in a (?:sec|min|mo|bit)|"
    r"(?:(?:just|hang on|hold on|wait|gimme|give me) )*(?:a|one|1|two|2|half a)? ?"
    r"(?:sec|second|min|minute|mo|moment|tick|mins|ticks)s?)"
    r"(?:,? (?:please|pls|plz|mate|love|sorry|ok))?"
    r"(?:,? (?:(?:ive |i have )?got (?:a|the|to)|theres|someones?|need to|the door|my phone)"
    r"(?: \w+){0,5})?\W*$",
    re.IGNORECASE,
)


def handled(turn: Turn) -> bool:
    """Whether somebody needs a moment: nothing is filled in, and nothing is asked again."""
    if turn.act == "cancel" or not turn.calm_words or turn.danger == "now":
        return False
    if not _WAIT.match(turn.text.replace("\u2019", "'")):
        return False
    turn.say("utter_take_your_time")
    return True

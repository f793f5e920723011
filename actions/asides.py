"""Words about the chat itself, whatever the message is read as: who answers here, "one sec".

They are short and tell nothing for the report, so nothing of them is filled in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.content import questions
from bot.report import draft as drafts
from bot.report import questions as plan

if TYPE_CHECKING:
    from actions.base import Turn

_I = re.IGNORECASE
#: Longer messages tell something beside the question: they go their ordinary way.
_SHORT = 16
_THING = (
    r"(?:person|human|robot|bot|computer|machine|ai|chat ?bot|chatgpt|automated|copper|officer)"
)
_WHO = re.compile(
    rf"\b(?:are|r|is) (?:you|u|ya|this|it|that)\b[^?.!]{{0,25}}\b{_THING}\b|"
    rf"\b(?:talking|typing|speaking|chatting|writing|messaging) (?:to|with) (?:an? |some |the )?"
    rf"(?:\w+ )?{_THING}\b|\bwho am i (?:talking|typing|speaking|chatting|writing)\b|"
    r"\b(?:does|will|is|can) (?:any(?:one|body)|some(?:one|body)|a (?:real )?(?:person|human))"
    r"(?: \w+)? (?:read(?:ing)?|see|seeing|looking at) (?:this|these|it|any of|what)\b",
    _I,
)
#: Whoever wants a person gets the line as well.
_WANTS = re.compile(
    r"\b(?:speak|talk|chat|rather|want|need|prefer|get me|put me|give me|pass me|connect|transfer|"
    r"can i have)\b.{0,30}\b(?:person|human|someone|somebody|officer|woman|lady|man|one of them|"
    r"them|operator|handler|agent|real one)\b",
    _I,
)
#: "Can they find out it was me?", "what if he finds this on my phone?"
_IDENTITY = re.compile(
    r"\b(?:can|could|will|would|do|does|if|might|so)\b.{0,25}\b(?:find out|know|trace|work out|"
    r"guess|see|tell (?:him|her|them))\b.{0,15}\b(?:(?:it was|its|it's|it is) me|who i am|"
    r"who (?:told|said|reported|rang|grassed))\b|\bif my name\b|\b(?:will|does|is|can) my name\b",
    _I,
)
_TRACES = re.compile(
    r"\b(?:what if|if|will|can|could|in case|does|would|might) (?:\w+ ){0,3}?(?:finds?|sees?|"
    r"checks?|reads?|looks? (?:at|in|through)|go(?:es)? (?:on|through|in))\b.{0,25}\b"
    r"(?:this|phone|chat|history|messages|tablet|laptop|browser)\b",
    _I,
)
_MANY = re.compile(
    r"\bhow (?:many|much) (?:more|longer)\b|\bmore questions\b|\bhow long is this\b", re.I
)
_WAIT = re.compile(
    r"^\W*(?:(?:hang|hold) on|wait|brb|bear with(?: me)?|back in a (?:sec|min|mo|bit)|"
    r"(?:(?:just|hang on|hold on|wait|gimme|give me) )*(?:a|one|1|two|2|half a)? ?"
    r"(?:sec|second|min|minute|mo|moment|tick|mins|ticks)s?)"
    r"(?:,? (?:please|pls|plz|mate|love|sorry|ok))?"
    r"(?:,? (?:(?:ive |i have )?got (?:a|the|to)|theres|someones?|need to|the door|my phone)"
    r"(?: \w+){0,5})?\W*$",
    _I,
)


def asks_who(text: str) -> bool:
    """Whether somebody asks who or what answers here."""
    return bool(_WHO.search(text)) and len(text.split()) <= _SHORT


def wants_person(text: str) -> bool:
    """Whether the words ask for a person, and do not merely ask whether this is one."""
    return bool(_WANTS.search(text))


def handled(turn: Turn) -> bool:
    """Answer what is said about the chat itself. True: nothing else is due to the message."""
    alone = turn.act == "retract" or turn.desk.get("retraction") or turn.desk.get("silenced")
    if alone or turn.payload or turn.reading.danger != "none":
        return False  # the safety step's own words stand alone
    text = turn.text.replace("\u2019", "'")
    if _WAIT.match(text) and turn.danger != "now" and turn.act != "cancel":
        turn.say("utter_take_your_time")
        return True
    if asks_who(text) and (turn.draft["stage"] != "idle" or turn.reading.route != "social"):
        return _who_answers(turn, text)  # else the greeting says it
    if not _how_many(turn, text) and not _who_may_see(turn, text):
        return False
    if len(text.split()) > _SHORT:
        return False  # there is more in it
    _open_question(turn)
    return True


def _how_many(turn: Turn, text: str) -> bool:
    """How many questions are left: a number that is true."""
    left = plan.left(turn.draft, turn.desk) if drafts.is_open(turn.draft) else 0
    if not left or turn.guarded or not _MANY.search(text):
        return False
    turn.say("utter_how_many", count=str(left))
    return True


def _who_may_see(turn: Turn, text: str) -> bool:
    """Whether somebody may find this out: on this device, or from the report."""
    if _TRACES.search(text):
        turn.safety("exit_caveat")
        return True
    if _IDENTITY.search(text) and turn.draft["route"] == "crime_report" and not turn.guarded:
        turn.say("utter_no_name_in_it")
        return True
    return False


def _who_answers(turn: Turn, text: str) -> bool:
    if wants_person(text):
        turn.say("utter_automated_only")
        return False
    turn.say("utter_automated_on_duty" if turn.on_duty else "utter_automated")
    _open_question(turn)
    return True


def _open_question(turn: Turn) -> None:
    """The question that is open is put again, unless the gateway has its own."""
    asked = turn.draft["asking"]
    free = not turn.desk.get("safety_asked") and turn.danger != "now"
    if free and asked and questions.exists(asked):
        turn.ask(questions.get(asked))

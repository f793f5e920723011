"""Answering a question from checked content, then back to the report with the open question."""

from __future__ import annotations

import re

from actions.base import DeskAction, Turn
from actions.flow import back_to_report
from bot.content import answers, loader
from bot.content.model import Topic
from bot.report.outcome import is_topic

#: A question of so many words at most says too little by itself to be about something new.
FOLLOW_UP_WORDS = 14
#: Somebody who wonders whether to tell at all is told that it is right, nothing else.
_WORTH = re.compile(
    r"\b(?:even (?:be )?a crime|worth (?:report|tell|bother)\w*|wast(?:e|ing) (?:your|police|ur)"
    r"(?: \w+)? time|too (?:small|silly|minor) (?:to|for))",
    re.IGNORECASE,
)


class ActionAnswer(DeskAction):
    """Advice: the topic that the words ask for, or plainly that there is no checked answer."""

    action_name = "action_answer"

    def act(self, turn: Turn) -> None:
        """Answer, keep what the message tells for the report, go back to what was open."""
        turn.fill()
        turn.handled()
        if turn.desk.get("suspect"):
            back_to_report(turn)
        elif turn.desk.get("safety_asked") and turn.desk.get("protected"):
            # the gateway's question comes first; the answer follows when it has its own
            turn.draft["pending"] = {"text": turn.text, "type": turn.reading.type}
        else:
            say_topic(turn, turn.text, turn.reading.type)
            back_to_report(turn)


def answer_pending(turn: Turn) -> bool:
    """Answer the question that waited for the gateway's; True when there was one."""
    if turn.desk.get("safety_asked") or turn.danger == "now":
        return False
    waiting = turn.draft.pop("pending", None)
    if waiting is None:
        return False
    say_topic(turn, waiting["text"], waiting["type"])
    back_to_report(turn)
    return True


def say_topic(turn: Turn, text: str, kind: str | None) -> None:
    """Say the topic that `text` asks for, or plainly that there is no checked answer."""
    if _WORTH.search(text):
        turn.say("utter_right_to_tell")
        return
    topic = _topic(turn, text, kind)
    if topic is None:
        turn.line("no_checked_answer", "\n".join(answers.no_answer(on_duty=turn.on_duty)))
    else:
        found = answers.answer(
            topic,
            on_duty=turn.on_duty,
            borough=turn.draft["borough"],
            deaf=turn.deaf,
            danger=turn.danger,
            text=text,
        )
        turn.line(topic.id, "\n".join(found))
        remember(turn, topic.id)


def _topic(turn: Turn, text: str, kind: str | None) -> Topic | None:
    """The topic that the words ask for; a short question on goes with the last answer."""
    child = bool(turn.desk.get("child"))
    by_words = answers.find_topic(text, None, child=child)
    last = next((name for name in reversed(turn.draft["answered"]) if is_topic(name)), None)
    if by_words is None and last is not None and len(text.split()) <= FOLLOW_UP_WORDS:
        return loader.load().topics[last]
    return by_words or answers.find_topic(text, kind, child=child)


def remember(turn: Turn, *shown: str) -> None:
    """Keep which topics and agencies were shown (they decide the disposition)."""
    turn.draft["answered"] += [name for name in shown if name not in turn.draft["answered"]]

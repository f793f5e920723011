"""Answering a question from checked content, then back to the report with the open question."""

from __future__ import annotations

from actions import asked
from actions.base import DeskAction, Turn
from actions.flow import back_to_report, remember
from actions.signpost import again_for_borough
from bot.content import answers
from bot.content.model import Topic
from bot.report import draft as drafts
from bot.report.outcome import is_topic


class ActionAnswer(DeskAction):
    """Advice: the topic that the words ask for, or plainly that there is no checked answer."""

    action_name = "action_answer"

    def act(self, turn: Turn) -> None:
        """Answer, keep what the message tells for the report, go back to what was open."""
        turn.fill()
        turn.handled()
        if turn.desk.get("suspect") or turn.answered:
            back_to_report(turn)
        elif asked.must_wait(turn):
            asked.keep_for_later(turn)
        elif not again_for_borough(turn):
            if not asked.reply(turn, asked.of_turn(turn), turn.text, turn.reading.type):
                say_topic(turn, turn.text, turn.reading.type)
            back_to_report(turn)


def answer_pending(turn: Turn) -> bool:
    """Answer the question that waited for the gateway's; True when there was one."""
    if turn.spoken_for:
        return False
    waiting = turn.draft.pop("pending", None)
    if waiting is None:
        return False
    if not asked.reply_later(turn, waiting):
        say_topic(turn, waiting["text"], waiting["type"])
    back_to_report(turn)
    return True


def say_topic(turn: Turn, text: str, kind: str | None) -> None:
    """Say the topic that `text` asks for, or plainly that there is no checked answer."""
    topic = _topic(turn, text, kind)
    if topic is None:
        turn.line(
            "no_checked_answer", "\n".join(answers.no_answer(on_duty=turn.on_duty, deaf=turn.deaf))
        )
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
    last = next((name for name in reversed(turn.draft["answered"]) if is_topic(name)), None)
    follow_up = answers.goes_on(text, last) if last else None
    own = turn.draft["type"] if drafts.is_open(turn.draft) else None
    young = bool(turn.desk.get("child"))
    return follow_up or answers.find_topic(text, kind, child=young, own=own)

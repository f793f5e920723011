"""Sending the report: the reference, once, and what to do meanwhile."""

from __future__ import annotations

from actions.base import DeskAction, Turn
from actions.flow import go_on, show_summary
from bot.content import answers, types
from bot.content.loader import load
from bot.report import draft as drafts


class ActionSendReport(DeskAction):
    """ "Send it": file the report, or say the same reference again."""

    action_name = "action_send_report"

    def act(self, turn: Turn) -> None:
        """Before the summary was shown it is shown first: nobody sends what they have not read."""
        asked = turn.asked
        turn.fill()
        turn.handled()
        if turn.draft["reference"]:
            say_again(turn)
        elif asked in ("summary", "change_what"):
            file(turn)
        elif turn.spoken_for or not drafts.is_open(turn.draft):
            go_on(turn)
        else:
            show_summary(turn)


def file(turn: Turn) -> None:
    """File the report. Doing it twice gives the same reference."""
    draft = turn.draft
    if draft["reference"]:
        say_again(turn)
        return
    draft["reference"] = draft["reference_next"]
    draft["filed_at"] = turn.now
    draft["stage"] = "sent"
    draft["asking"] = None
    if quiet_about_reference(turn):
        turn.say("utter_sent_quietly", exempt=[draft["reference"]])
        return
    turn.say("utter_reference", exempt=[draft["reference"]], reference=draft["reference"])
    for says, text in meanwhile(turn):
        turn.line(says, text)
    if turn.danger != "now":
        turn.say("utter_anything_else_after")


def quiet_about_reference(turn: Turn) -> bool:
    """Where the reference is offered and not forced: protected types, information, anonymity."""
    kind = types.get(drafts.kind(turn.draft))
    return kind.protected or bool(turn.desk.get("protected"))


def say_again(turn: Turn) -> None:
    """The same reference again, never a second one."""
    reference = turn.draft["reference"]
    turn.say("utter_reference_again", exempt=[reference], reference=reference)


def meanwhile(turn: Turn) -> list[tuple[str, str]]:
    """What to do meanwhile: the first checked topic of the type, as (says, text)."""
    for topic in types.get(drafts.kind(turn.draft)).advice[:1]:
        found = lines_of(topic, turn)
        if found:
            return [(topic, "\n".join(found))]
    return []


def lines_of(topic: str, turn: Turn) -> list[str]:
    """The checked lines of a topic for this person; empty when it is held back."""
    made = load().topics.get(topic)
    if made is None or made.held:
        return []
    return answers.rendered(made, deaf=turn.deaf)

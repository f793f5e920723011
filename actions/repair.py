"""Repairs: why do you ask, say it again, skip, cancel, start again, change something."""

from __future__ import annotations

import re

from actions.base import DeskAction, Turn
from actions.flow import (
    after_sent,
    ask_what_to_change,
    back_to_report,
    go_on,
    keep_words,
    show_changes,
    show_summary,
)
from bot.content import questions
from bot.report import draft as drafts
from bot.report import questions as plan
from bot.report.draft import Draft


class ActionWhy(DeskAction):
    """Why a question is asked, then the question."""

    action_name = "action_why"

    def act(self, turn: Turn) -> None:
        """The reason from the content; without an open question, what the chat is for."""
        turn.fill()
        turn.handled()
        asked = turn.draft["asking"]
        if turn.answered:
            pass  # the reason asked for has been given
        elif asked and questions.exists(asked) and questions.get(asked).why:
            turn.line(f"why_{asked}", questions.get(asked).why)
        elif not turn.desk.get("safety_asked") and not turn.guarded:
            turn.say("utter_why_chat")
        back_to_report(turn)


class ActionRepeat(DeskAction):
    """The open question again in its second wording."""

    action_name = "action_repeat"

    def act(self, turn: Turn) -> None:
        """With the summary open, the summary again."""
        turn.fill()
        turn.handled()
        asked = turn.draft["asking"]
        if turn.desk.get("safety_asked"):
            return
        if asked == "summary":
            show_summary(turn)
        elif asked and questions.exists(asked):
            turn.ask(questions.get(asked), again=True)
        elif drafts.is_open(turn.draft):
            go_on(turn)
        elif not turn.guarded:
            turn.say("utter_what_can_we_do")


class ActionCorrect(DeskAction):
    """Something was wrong: put it right, say so, go on."""

    action_name = "action_correct"

    def act(self, turn: Turn) -> None:
        """What the correction tells replaces what was held; without a new value, ask for it."""
        before = drafts.copied(turn.draft)
        turn.fill()
        turn.handled()
        if turn.draft["reference"] and turn.draft["stage"] == "sent":
            after_sent(turn)
            return
        if turn.desk.get("safety_asked"):
            return
        if turn.asked in ("summary", "change_what"):
            _at_summary(turn, before)
        elif drafts.is_open(turn.draft):
            if turn.danger != "now":
                turn.say("utter_changed" if _put_right(before, turn.draft) else "utter_noted")
            keep_words(turn)
            go_on(turn)
        elif not turn.guarded:
            turn.say("utter_what_can_we_do")


def _put_right(before: Draft, after: Draft) -> bool:
    """Whether something that was held holds something else now: then it is true to say so."""
    return any(
        held["value"] != after["details"].get(name, {}).get("value")
        for name, held in before["details"].items()
        if held["source"] == "said"
    )


def _at_summary(turn: Turn, before: Draft) -> None:
    changed = before["details"] != turn.draft["details"]
    question = plan.next_question(turn.draft, turn.desk)
    if changed and question is not None and plan.missing(turn.draft):
        turn.say("utter_changed")
        turn.ask(question)
    elif changed or turn.asked == "change_what":
        keep_words(turn)
        show_changes(turn, before)
    else:
        ask_what_to_change(turn)


class ActionCancel(DeskAction):
    """Stop. Nothing is sent; a report that was sent is never said to be cancelled."""

    action_name = "action_cancel"

    def act(self, turn: Turn) -> None:
        """A filed report goes to a person; with danger the gateway has answered already."""
        turn.fill()
        turn.handled()
        if turn.draft["reference"]:
            turn.want_queue("wants to withdraw a report", "person")
            turn.safety("person_asked")
        elif turn.guarded:
            return  # a retraction while danger or protection holds: the gateway's words stand alone
        else:
            turn.draft.update(stage="idle", asking=None)
            turn.say("utter_cancelled")


class ActionStartAgain(DeskAction):
    """Begin the report again; what was written stays in the record."""

    action_name = "action_start_again"

    def act(self, turn: Turn) -> None:
        """A report that was sent stays sent: the next one is another report."""
        turn.handled()
        if turn.draft["reference"]:
            turn.want_queue("wants to report again", "person")
            turn.safety("person_asked")
            return
        turn.draft["account"].append({"seq": turn.seq, "text": turn.text})
        turn.draft = drafts.started_again(turn.draft)
        if turn.spoken_for:
            return
        turn.say("utter_start_again")


class ActionRetract(DeskAction):
    """ "Ignore that": lowers nothing, deletes nothing; with danger the gateway answers."""

    action_name = "action_retract"

    def act(self, turn: Turn) -> None:
        """Without danger it is taken as a cancel of what is open."""
        turn.fill()
        turn.handled()
        if (
            turn.guarded
            or turn.desk.get("peak") in ("check", "now")
            or turn.desk.get("safety_asked")
        ):
            turn.draft["asking"] = None
            if _wants_to_go_on(turn):
                go_on(turn)
            return
        if drafts.is_open(turn.draft):
            turn.say("utter_leave_or_go_on")
            back_to_report(turn)
        else:
            turn.safety("retraction_ack")


#: "Forget I said that, can we finish the bike thing": the report goes on, the danger stays.
_GO_ON = re.compile(
    r"\b(?:finish|carry on|go on with|get on with|continue|go back to|back to|keep going|crack on|"
    r"do) (?:with )?(?:the|my|this|that|it)\b|\b(?:carry on|get on with it|crack on|keep going)\b",
    re.IGNORECASE,
)


def _wants_to_go_on(turn: Turn) -> bool:
    """Asked for in words, with no danger now, in no protected chat: somebody may read along."""
    free = turn.danger != "now" and not turn.desk.get("protected")
    waits = turn.desk.get("safety_asked") or not drafts.is_open(turn.draft)
    return free and not waits and bool(_GO_ON.search(turn.text))

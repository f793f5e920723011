"""Repairs: why do you ask, say it again, skip, cancel, start again, change something."""

from __future__ import annotations

from actions.base import DeskAction, Turn
from actions.flow import after_sent, ask_what_to_change, back_to_report, go_on, show_summary
from bot.content import questions
from bot.report import draft as drafts
from bot.report import questions as plan


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
        before = dict(turn.draft["details"])
        turn.fill()
        turn.handled()
        if turn.draft["reference"] and turn.draft["stage"] == "sent":
            after_sent(turn)
            return
        changed = before != turn.draft["details"]
        if turn.desk.get("safety_asked"):
            return
        if turn.asked in ("summary", "change_what"):
            _at_summary(turn, changed)
        elif drafts.is_open(turn.draft):
            if changed and turn.danger != "now":
                turn.say("utter_changed")
            go_on(turn)
        elif not turn.guarded:
            turn.say("utter_what_can_we_do")


def _at_summary(turn: Turn, changed: bool) -> None:
    question = plan.next_question(turn.draft, turn.desk)
    if changed and question is not None and plan.missing(turn.draft):
        turn.ask(question)
    elif changed or turn.asked == "change_what":
        show_summary(turn)
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
        if turn.desk.get("safety_asked") or turn.danger == "now":
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
            return
        turn.safety("retraction_ack")

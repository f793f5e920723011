"""Taking a report: fill in what was told, ask the next question, read the summary back."""

from __future__ import annotations

from actions.answer import answer_pending
from actions.base import DeskAction, Turn
from actions.flow import (
    after_sent,
    ask_what_to_change,
    go_on,
    keep_words,
    show_changes,
)
from actions.send import file
from actions.signpost import again_for_borough, go_on_with_borough, waiting_for_borough
from bot.content import questions
from bot.report import answers
from bot.report import draft as drafts
from bot.report import questions as plan
from bot.report.draft import Draft


class ActionReport(DeskAction):
    """The main path: a report begins, an answer comes, something is added or put right."""

    action_name = "action_report"

    def act(self, turn: Turn) -> None:
        """Fill, then the next question, the summary, or the sending."""
        asked, before = turn.asked, drafts.copied(turn.draft)
        was_idle = turn.draft["stage"] == "idle"
        turn.fill()
        turn.handled()
        if turn.draft.get("pending") and answer_pending(turn):
            return
        if waiting_for_borough(turn):
            go_on_with_borough(turn)
        elif turn.draft["reference"] and turn.draft["stage"] == "sent":
            after_sent(turn)
        elif turn.draft["stage"] == "idle" and not _begins(turn):
            if not again_for_borough(turn):
                _what_can_we_do(turn)
        elif asked == "summary":
            _after_summary(turn, before)
        elif asked == "change_what":
            _after_change(turn, before)
        elif was_idle:
            turn.draft["stage"] = "report"
            go_on(turn)
        else:
            go_on(turn)


def _begins(turn: Turn) -> bool:
    return turn.reading.route in ("crime_report", "emergency") or bool(turn.draft["type"])


def _what_can_we_do(turn: Turn) -> None:
    """A yes or no to nothing: say what this chat can do, unless the gateway has just spoken."""
    if turn.desk.get("safety_asked") or turn.desk.get("check_answer") or turn.guarded:
        return
    if turn.draft["answered"] or turn.draft.get("greeted"):
        turn.say("utter_still_here")  # asked already: nobody is pressed with it again
    else:
        turn.draft["greeted"] = True
        turn.say("utter_what_can_we_do")


def _after_change(turn: Turn, before: Draft) -> None:
    """What should be different: taken in by now, or nothing after all."""
    if answers.meaning(turn.act, turn.text) == "yes":
        file(turn)
    else:
        keep_words(turn)
        show_changes(turn, before)


def _after_summary(turn: Turn, before: Draft) -> None:
    """What was said to "Is this right?"."""
    act = answers.meaning(turn.act, turn.text)
    changed = before["details"] != turn.draft["details"]
    if act in ("yes", "confirm_send", "nothing_else"):
        file(turn)
    elif changed:
        question = plan.next_question(turn.draft, turn.desk)
        if question is not None and plan.missing(turn.draft):
            turn.ask(question)  # a correction opened a question again
        else:
            show_changes(turn, before)
    elif act == "dont_know":
        turn.ask(questions.get("summary"), again=True)
    elif act in ("no", "correct"):
        ask_what_to_change(turn)
    elif act == "add_more" or drafts.is_account(turn.text):
        keep_words(turn)
        turn.say("utter_noted")
        turn.ask(questions.get("summary"))
    else:
        turn.ask(questions.get("summary"), again=True)

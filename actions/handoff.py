"""A person is wanted: a place in the line, in words that are true of who is here."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import asked
from actions.base import DeskAction, Turn
from actions.flow import back_to_report
from bot.content import questions, types
from bot.report import draft as drafts

WHAT_NEXT: Final = "utter_what_next"


class ActionHandoff(DeskAction):
    """ "I want a person": works at every point, and the report can go on while they wait."""

    action_name = "action_handoff"

    def act(self, turn: Turn) -> None:
        """Ask for the queue; say who is here; go on with what is open."""
        turn.fill()
        turn.handled()
        if _only_asks(turn):
            back_to_report(turn)
            return
        queue(turn, *_cause(turn))
        if turn.spoken_for:
            if not turn.desk.get("safety_asked"):
                turn.safety("in_queue_danger")
            return
        if _may_be_suspect(turn) and turn.on_duty:
            turn.safety("suspect_in_queue")
            return
        turn.safety("person_asked")
        if not turn.on_duty:
            back_to_report(turn)
        elif drafts.is_open(turn.draft) and turn.draft["asking"]:
            # the question stays open, and nobody who asked for a person is pressed with it
            turn.say("utter_go_on_on_duty")


def _only_asks(turn: Turn) -> bool:
    """ "Will someone come round?" names people and asks for none: one plain answer."""
    if turn.guarded or turn.payload or asked.wants_person(turn.text) or not turn.answered:
        return False
    return any(back.response == WHAT_NEXT for back in asked.of_turn(turn))


def queue(turn: Turn, why: str, level: str) -> None:
    """Ask for a place in the line, once."""
    turn.want_queue(why, level)


def _cause(turn: Turn) -> tuple[str, str]:
    kind = types.get(drafts.kind(turn.draft))
    if kind.protected:
        return kind.label, "protected"
    if kind.route == "human":
        return kind.label, "type"
    return "asked for a person", "person"


def _may_be_suspect(turn: Turn) -> bool:
    return (
        bool(turn.desk.get("suspect"))
        or types.get(drafts.kind(turn.draft)).to_person == "own_offence"
    )


class ActionCannotHandle(DeskAction):
    """The bot did not understand: another wording once, then a person."""

    action_name = "action_cannot_handle"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """It is also what comes where no rule fits, and none fits after it: then it listens."""
        return [*super().run(dispatcher, tracker, domain), FollowupAction("action_listen")]

    def act(self, turn: Turn) -> None:
        """Twice running is enough: the second time is worded otherwise and asks for the queue."""
        turn.fill()
        if turn.answered:
            turn.handled()
            back_to_report(turn)
            return
        turn.draft["cannot_handle"] += 1
        if turn.spoken_for:
            return
        if turn.draft["cannot_handle"] >= 2:
            turn.draft["cannot_handle"] = 0
            queue(turn, "the bot did not understand twice running", "cannot_handle")
            turn.say("utter_not_understood_twice")
            turn.safety("in_queue")
            return
        turn.say("utter_not_understood")
        _again(turn)


def _again(turn: Turn) -> None:
    still_open = turn.draft["asking"]
    if still_open and questions.exists(still_open):
        turn.ask(questions.get(still_open), again=True)

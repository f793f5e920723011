"""Small talk: hello, thanks, frustration. Never a goodbye while something is open."""

from __future__ import annotations

import re

from actions.base import DeskAction, Turn
from actions.flow import back_to_report, go_on, show_summary
from actions.send import file
from bot.content import questions
from bot.report import draft as drafts
from bot.report import questions as plan
from bot.report.questions import GATEWAY

#: Also in the middle of other words: "that is all I needed, goodbye".
THANKS = re.compile(r"\b(?:thanks?|thank you|cheers|ta|bye|goodbye|ta ra|all i needed)\b", re.I)
#: Says that the open question has been answered.
TOLD = re.compile(
    r"\b(?:told|said|answered|put|wrote|typed|gave|given|written)\b.{0,30}\b(?:already|twice|before|"
    r"again|once|times|that|this|it|u|you)\b|\balready (?:told|said|put|gave|given|answered|"
    r"written|typed)\b|\bas i said\b|\basked me (?:that|this)\b|\basking (?:me )?the same\b|"
    r"\bread (?:what|up|back|it)\b",
    re.I,
)
#: Was let down before, or wonders whether to tell at all.
BEFORE = re.compile(
    r"\b(?:no(?:body|thing| one)|never|nowt|f all|sod all)\b.{0,40}\b(?:last|times?|before|ever|"
    r"came|come|happens?|happened|done|did)\b|"
    r"\b(?:did|do|done|doing|does) (?:nothing|nowt|f all|sod all)\b|"
    r"\b(?:any|the|no) point\b|\bworth it\b|\bwhy (?:do i |should i )?bother\b",
    re.I,
)
#: Asks who or what is answering: always told.
ASKS = re.compile(r"\?|\b(?:who|what|robot|bot|human|real)\b", re.I)


class ActionSocial(DeskAction):
    """A greeting: what this chat can do; in the middle of a report, back to its question."""

    action_name = "action_social"

    def act(self, turn: Turn) -> None:
        """Greet once, then the open question if there is one."""
        if _report_first(turn):
            return
        if THANKS.search(turn.text) and not turn.guarded:
            turn.say("utter_thanks")
        elif turn.draft["reference"] or (turn.draft.get("greeted") and not ASKS.search(turn.text)):
            turn.say("utter_still_here")
        else:
            turn.draft["greeted"] = True
            turn.say("utter_greet")


class ActionThanks(DeskAction):
    """Thanks: a short answer, or the open question."""

    action_name = "action_thanks"

    def act(self, turn: Turn) -> None:
        """No thanks-and-goodbye with a cue open (wording test 9)."""
        if _report_first(turn):
            return
        if turn.guarded:
            turn.say("utter_still_here")
        else:
            turn.say("utter_thanks")


class ActionFrustrated(DeskAction):
    """Somebody has had enough: say sorry, offer a person, keep the question."""

    action_name = "action_frustrated"

    def act(self, turn: Turn) -> None:
        """Never blame, never argue; a person can be asked for at any time."""
        turn.fill()
        turn.handled()
        if turn.spoken_for:
            return
        if drafts.is_open(turn.draft) and TOLD.search(turn.text) and _may_leave(turn):
            turn.draft["skipped"] = [*turn.draft["skipped"], turn.asked]
            turn.say("utter_sorry_told")
            go_on(turn)
            return
        if not turn.answered:
            _sorry(turn)
        back_to_report(turn)


def _report_first(turn: Turn) -> bool:
    """Whether something comes before small talk: danger, the open report, what was asked back."""
    turn.fill()
    turn.handled()
    if turn.spoken_for:
        return True
    if drafts.is_open(turn.draft) or turn.answered:
        back_to_report(turn)
        return True
    return False


def _may_leave(turn: Turn) -> bool:
    """Whether the open question may be left: what was written stands in the account."""
    asked = turn.draft["asking"]
    if not asked or asked in drafts.STEERING or asked in GATEWAY:
        return False
    return questions.exists(asked)


def _sorry(turn: Turn) -> None:
    if BEFORE.search(turn.text) and not turn.guarded:
        turn.say("utter_sorry_before")
    else:
        turn.say("utter_sorry_on_duty" if turn.on_duty else "utter_sorry")


class ActionNothingElse(DeskAction):
    """ "That's all": the summary when a report is open, else a plain end."""

    action_name = "action_nothing_else"

    def act(self, turn: Turn) -> None:
        """An open question that "nothing" answers is answered by it."""
        asked = turn.asked
        turn.fill()
        turn.handled()
        if turn.spoken_for:
            return
        if asked == "summary":
            file(turn)
        elif drafts.is_open(turn.draft):
            if asked and asked not in drafts.STEERING and asked not in turn.draft["details"]:
                turn.draft["skipped"] = [*turn.draft["skipped"], asked]
            if plan.ready(turn.draft) and not turn.desk.get("protected"):
                show_summary(turn)
            else:
                go_on(turn)
        elif turn.guarded:
            turn.say("utter_still_here")
        else:
            turn.draft["asking"] = None
            turn.say("utter_all_done")

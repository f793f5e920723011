"""Who acts fastest when it is not for the police: one signpost, the borough asked if needed."""

from __future__ import annotations

from actions import elsewhere
from actions.base import DeskAction, Turn
from actions.flow import back_to_report, remember
from bot.content import force, questions, signpost, types
from bot.content.loader import load
from bot.report import draft as drafts

SHORT = 18
"""Words of a message that asks back and names nothing new."""


class ActionSignpost(DeskAction):
    """Another agency: its name, how to reach it, and a person on request."""

    action_name = "action_signpost"

    def act(self, turn: Turn) -> None:
        """Signpost for the type that was read; the answer to "which borough?" comes here too."""
        turn.fill()
        turn.handled()
        if turn.desk.get("protected") or turn.danger == "now":
            return
        if turn.answered and len(turn.text.split()) <= SHORT:
            back_to_report(turn)
            return
        kind = str(turn.reading.type or "")
        shown(turn, kind if types.exists(kind) else "general_advice", turn.text)


def shown(turn: Turn, kind: str, text: str) -> None:
    """Name the agencies for `kind`, or ask for the borough first and remember what it is for."""
    _borough(turn)
    found = signpost.signposts(
        kind,
        borough=turn.draft["borough"],
        landlord=signpost.landlord_named(text),
        deaf=turn.deaf,
        danger=turn.danger,
        text=text,
        safe=not turn.desk.get("protected"),
    )
    if found.needs == "borough":
        turn.draft["signposting"] = {"type": kind, "text": text}
        turn.say("utter_council_helps")
        turn.ask(questions.get("borough"))
        return
    turn.draft.pop("signposting", None)
    turn.draft["signposted"] = {"type": kind, "text": text}
    if found.lines:
        whose = elsewhere.added(turn, found.agencies, text)
        turn.line(f"signpost_{kind}", "\n".join([*whose, *found.lines]))
        remember(turn, *found.agencies)
        if not turn.guarded:
            turn.say("utter_person_any_time_on_duty" if turn.on_duty else "utter_person_any_time")
    else:
        turn.say("utter_no_signpost_on_duty" if turn.on_duty else "utter_no_signpost")
    if turn.draft["asking"] == "borough":
        turn.draft["asking"] = None
    back_to_report(turn)


def waiting_for_borough(turn: Turn) -> bool:
    """Whether this message answers "which part of Greater Manchester?" for a signpost."""
    return turn.asked == "borough" and bool(turn.draft.get("signposting"))


def go_on_with_borough(turn: Turn) -> None:
    """The borough has been answered: now the signpost that it was for."""
    held = turn.draft["signposting"]
    _borough(turn)
    if turn.draft["borough"] is None:
        turn.draft["borough"] = "not_sure"
    shown(turn, held["type"], held["text"])


def again_for_borough(turn: Turn) -> bool:
    """A borough told after a signpost: the same signpost for that borough. True when said."""
    held = turn.draft.get("signposted")
    named = force.borough(turn.text)
    if not held or named is None or named == turn.draft["borough"] or turn.guarded:
        return False
    shown(turn, held["type"], held["text"])
    return True


def _borough(turn: Turn) -> None:
    """The borough that was told: by name, by the place, or by the answer to the question."""
    answer = drafts.value(turn.draft, "borough")
    place = drafts.value(turn.draft, "location")
    named = force.borough(turn.text)
    told = named or (place.get("borough") if isinstance(place, dict) else None) or answer
    if told in load().force.boroughs or told in signpost.NOBODY_KNOWN:
        turn.draft["borough"] = told

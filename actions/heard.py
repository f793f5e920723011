"""One short plain line for what somebody has told, before the next question; no promise."""

from __future__ import annotations

import re

from actions.base import Turn
from bot.content import types
from bot.report import draft as drafts
from bot.report import questions as plan

#: Sad or frightening words in the middle of a report: one short line before the next question.
_HARD = re.compile(
    r"\b(?:heart ?broken|gutted|devastated|scared|terrified|frightened|shaken|shook up|shaking|"
    r"crying|cried|in tears|panick\w+|ashamed|humiliat\w+|embarrass\w+|in bits|in a state|on edge|"
    r"(?:can'?t|cant|couldn'?t|couldnt) (?:stop (?:crying|thinking|shaking)|sleep|face)|"
    r"(?:keep|kept) thinking|(?:proper|such a|so) (?:fool|stupid|daft|idiot)|last straw|"
    r"(?:lost|buried) my (?:wife|husband|mum|mam|dad|son|daughter|partner|nan|brother|sister)|"
    r"nightmares?|passed away|sentimental|"
    r"(?:my )?late (?:mum|mam|dad|wife|husband|nan|grandad|mother|father)(?:'?s)?)\b",
    re.IGNORECASE,
)
#: Kinds of report that tell of others: nobody has been hurt or robbed who writes.
_INFORMATION = frozenset(
    (
        "drug_dealing",
        "drug_use",
        "weapons_information",
        "wanted_or_intelligence",
        "suspicious_activity",
        "terrorism_extremism",
        "dangerous_driving",
        "asb_vehicle_bikes",
        "asb_fireworks",
        "asb_nuisance",
        "asb_environmental_nuisance",
        "counterfeit_goods",
        "stolen_goods_handling",
        "wildlife_rural_crime",
        "animal_cruelty_theft",
        "shoplifting",
        "add_to_report",
        "missing_returned",
        "other_report",
    )
)
#: Log entries between two kind lines: about three messages with their answers.
_NOT_SO_SOON = 6


def kind_word(turn: Turn) -> None:
    """One short plain line for what was told: once at the start, and for sad or frightening
    words later; never twice running, never beside danger."""
    draft = turn.draft
    if turn.danger == "now" or turn.desk.get("suspect") or turn.said:
        return
    if drafts.kind(draft) == plan.OWN_OFFENCE or drafts.value(draft, "anonymous") is True:
        return
    hard = bool(_HARD.search(turn.text.replace("\u2019", "'")))
    if not draft.get("heard") and drafts.told_enough(draft) and drafts.is_open(draft):
        turn.say(_first_word(turn, hard))
    elif hard and turn.seq - int(draft.get("heard") or 0) > _NOT_SO_SOON:
        turn.say("utter_heard_hard")
    else:
        return
    draft["heard"] = turn.seq


def _first_word(turn: Turn, hard: bool) -> str:
    kind = types.get(drafts.kind(turn.draft))
    if turn.desk.get("protected") or kind.protected:
        return "utter_heard_protected"
    if plan.next_question(turn.draft, turn.desk) is None or kind.to_person != "none":
        return "utter_heard_hard" if hard else "utter_heard_only"
    told_of_others = drafts.kind(turn.draft) in _INFORMATION and not hard
    return "utter_heard_information" if told_of_others else "utter_heard"

"""Answers that are danger by their question: "yes" to "Is anything still burning?".

A short answer, typed or pressed, says nothing of danger by its words; its question does.
Source: call-handling rules 16 and the danger edges of the taxonomy (the abuser in the house,
an offender who is held, a false official at the door: now).
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from bot.triage.reading import Reading

# Question, answer (the value of its button, or the act yes / no / dont_know), danger.
DANGEROUS: Final[dict[str, dict[str, str]]] = {
    "happening_now": {"happening_now": "check", "yes": "check"},
    "suspect_present": {"still_here": "now", "yes": "now", "nearby": "check"},
    "injury": {"serious": "now", "needs_treatment": "check"},
    "domestic_abuse__da_now": {"yes": "now"},
    "breach_order__how": {"there_now": "now"},
    "arson__alight_now": {"yes": "now", "not_sure": "check"},
    "child_neglect__child_now": {"yes": "now", "not_sure": "check"},
    "weapons_information__seen_now": {"yes": "now"},
    "terrorism_extremism__imminent": {"yes": "now", "not_sure": "check"},
    "own_offence_or_wanted__others_safe": {"yes": "now", "not_sure": "now"},
    "business_or_retail_crime__staff_safe": {"no": "now", "not_sure": "check"},
    "is_caller_genuine__now": {"yes": "now"},
    "robbery__direction_now": {"yes": "now"},
    "immigration_customs__held": {"yes": "now"},
    "shoplifting__detained": {"yes": "now"},
    "shoplifting__worker_hurt": {"yes": "check"},
    "online_grooming_cse__contact_now": {"yes": "check"},
    "online_grooming_cse__child_safe": {"no": "check"},
    "noise__violence_noise": {"yes": "check"},
    "spiking__feel_unwell": {"yes": "check"},
    "spiking__with_safe": {"no": "check", "on_my_own": "check"},
    "forced_marriage_honour__flight": {"yes": "check"},
    "fgm__travel": {"yes": "check"},
    "threats_kill__means": {"yes": "check"},
    "assault__strangled": {"yes": "check"},
    "parking_vehicle_nuisance__blocking": {"yes": "check"},
    "illegal_eviction__now_out": {"yes": "check"},
    "homelessness__health_rough": {"yes": "check"},
}
STRANGLED: Final = "assault__strangled"

_ACTS: Final = {"yes": "yes", "no": "no", "dont_know": "not_sure"}


def danger_of(asked: str | None, act: str | None, payload: str | None) -> str:
    """The danger that the answer means by its question; `none` for every other."""
    return DANGEROUS.get(asked or "", {}).get(value(act, payload) or "", "none")


def value(act: str | None, payload: str | None) -> str | None:
    """The answer in the words of the content: a button's own value, else yes, no, not_sure."""
    name, brace, rest = (payload or "").lstrip("/").partition("{")
    if brace:
        try:
            given = json.loads(brace + rest)
        except ValueError:
            return None
        found = given.get("value") if isinstance(given, dict) else None
        return found if isinstance(found, str) else None
    return _ACTS.get(name if payload else act or "")


def pressed(reading: Reading) -> Reading:
    """The reading of a button's title, without what the heads and rules make of our own words.

    "Bolton" or "No one is hurt" is no news of danger; `danger_of` knows what a press means.
    """
    calm = {name: score for name, score in reading.route_scores.items() if name != "emergency"}
    route = reading.route
    if route == "emergency":
        route = max(calm, key=lambda name: calm[name]) if calm else "crime_report"
    return replace(
        reading, danger="none", danger_score=0.0, cues=(), type=None, type_scores=[], route=route
    )

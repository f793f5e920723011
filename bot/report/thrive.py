"""THRIVE for the handler: facts with the words that support them, not a score.

Source: College of Policing vulnerability guidelines, as laid out in the call-handling rules,
section 2: threat, harm, risk, investigation, vulnerability, engagement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.report import draft as drafts
from bot.report.outcome import State, field

LETTERS = ("threat", "harm", "risk", "investigation", "vulnerability", "engagement")

#: cue of the reading: (letter, the fact in a handler's words)
_CUES: dict[str, tuple[str, str]] = {
    "threat": ("threat", "A threat was made"),
    "weapon": ("threat", "A weapon is mentioned"),
    "suspect_present": ("threat", "The suspect may be there"),
    "stalking": ("threat", "Words of stalking"),
    "exploitation": ("threat", "Words of exploitation"),
    "injury": ("harm", "Someone may be hurt"),
    "medical": ("harm", "A medical need"),
    "sexual_offence": ("harm", "Words of a sexual offence"),
    "domestic_abuse": ("harm", "Words of domestic abuse"),
    "hate": ("harm", "Words of hostility to who they are"),
    "self_harm": ("harm", "Words of self-harm"),
    "fire": ("risk", "Fire is mentioned"),
    "water": ("risk", "Water, rail or height is mentioned"),
    "in_progress": ("risk", "It may be happening now"),
    "missing": ("risk", "Someone is missing"),
    "suicide": ("risk", "Words of suicide"),
    "repeat_victim": ("risk", "It has happened before"),
    "drugs_alcohol": ("risk", "Drink or drugs are mentioned"),
    "child": ("vulnerability", "A child is mentioned"),
    "child_writer": ("vulnerability", "The writer may be a child"),
    "elderly": ("vulnerability", "An older person"),
    "disability": ("vulnerability", "A disability is mentioned"),
    "mental_health": ("vulnerability", "Mental health is mentioned"),
    "alone": ("vulnerability", "Someone is alone"),
    "pregnant": ("vulnerability", "Someone is pregnant"),
    "deaf": ("engagement", "Deaf or cannot use a phone"),
    "cannot_speak": ("engagement", "Cannot speak"),
    "observed": ("engagement", "Someone may be watching or listening"),
    "language": ("engagement", "Another language"),
}
#: detail of the report: (letter, the fact)
_DETAILS: dict[str, tuple[str, str]] = {
    "injury": ("harm", "Hurt"),
    "weapon": ("threat", "Weapon"),
    "property": ("harm", "Taken or damaged"),
    "hate_motivation": ("harm", "Hate motivation"),
    "repeat_or_worry": ("risk", "Before, or at risk"),
    "repeat": ("risk", "Happened before"),
    "evidence": ("investigation", "Camera, photos or messages"),
    "witnesses": ("investigation", "Witnesses"),
    "suspect_description": ("investigation", "Who did it"),
    "vehicle_reg": ("investigation", "Registration"),
    "when": ("investigation", "When"),
    "safe_contact": ("engagement", "Safe contact"),
    "anonymous": ("engagement", "Anonymous"),
}
Fact = dict[str, Any]


def card(
    state: State, draft: Mapping[str, Any], events: Sequence[Mapping[str, Any]]
) -> dict[str, list[Fact]]:
    """Facts by letter: `{fact, words, seq, source}`; `words` are the person's own.

    `state` is the desk's state or a mapping, `events` the log entries (a message that raised a cue
    stands in `seq`). Nothing is judged and nothing is left out because it seems small.
    """
    found: dict[str, list[Fact]] = {letter: [] for letter in LETTERS}
    texts = {int(e["seq"]): str(e.get("text") or "") for e in events if e.get("sender") == "person"}
    for cue in field(state, "cues") or ():
        letter, fact = _CUES.get(str(cue.get("name")), ("risk", str(cue.get("name"))))
        words = str(cue.get("words") or "") or _clip(texts.get(int(cue.get("seq") or 0), ""))
        _add(found[letter], {"fact": fact, "words": words, "seq": cue.get("seq"), "source": "cue"})
    for name, (letter, fact) in _DETAILS.items():
        held = draft["details"].get(name)
        if held and held["value"] not in (drafts.NONE, drafts.UNKNOWN, "no", False):
            _add(
                found[letter],
                {"fact": fact, "words": held["said"], "seq": held["seq"], "source": held["source"]},
            )
    _of_state(state, found)
    return found


def _of_state(state: State, found: dict[str, list[Fact]]) -> None:
    answer = field(state, "check_answer")
    if answer:
        words = {"no": "no", "yes": "yes", "unsure": "not sure"}.get(str(answer), str(answer))
        _add(
            found["threat"],
            {
                "fact": f"Asked whether anyone is in danger: {words}",
                "words": words,
                "seq": None,
                "source": "said",
            },
        )
    told = field(state, "told_999")
    if told:
        words = {
            "told": "999 told",
            "says_rang": "says they rang 999",
            "cannot": "says they cannot ring",
        }[str(told)]
        _add(found["risk"], {"fact": words, "words": "", "seq": None, "source": "desk"})


def _add(facts: list[Fact], fact: Fact) -> None:
    if not any(f["fact"] == fact["fact"] and f["words"] == fact["words"] for f in facts):
        facts.append(fact)


def _clip(text: str) -> str:
    return text if len(text) <= 160 else text[:157] + "..."

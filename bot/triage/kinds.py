"""The type of contact, set right by what else was found in the message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.triage.reading import CueHit
from bot.triage.safety_flags import SENSITIVE_TYPES, SURE_IN_ANSWER

Kinds = list[tuple[str, float]]  # type ids with their probability, best first

OWN_OFFENCE: Final = "own_offence_or_wanted"
ON_THE_WAY: Final = "public_transport_crime"
HATE: Final = "hate_crime"
OWN_LIFE: Final = "emg_suicide_self_harm"
GUESS: Final = 0.35  # of a protected type
# Of one in an answer that shows none of its cues: "I don't know when, it was fine on Sunday".
SURE_WITHOUT_CUE: Final = 0.95


def settled(
    kind: str | None, kinds: Kinds, rule_hits: Sequence[CueHit], cue_hits: Sequence[CueHit],
    *, calm: bool, answer: bool,
) -> tuple[str | None, Kinds]:  # fmt: skip
    """The type and the best types, beside the cues that rules and model found.

    `calm`: no danger was read; `answer`: the message answers a question.
    """
    kind, kinds = _own_life(kind, kinds, rule_hits)
    kind, kinds = _hated(kind, kinds, [*rule_hits, *cue_hits])
    bare = calm and not rule_hits and not cue_hits  # nothing else speaks of harm
    if bare:
        kind, kinds = _borne_by_something(kind, kinds)
    if not answer:
        return kind, kinds
    return _of_answer(kinds, SURE_WITHOUT_CUE if bare else SURE_IN_ANSWER)


def _own_life(kind: str | None, kinds: Kinds, hits: Sequence[CueHit]) -> tuple[str | None, Kinds]:
    """ "I want to kill myself" is no offence of the writer, which the type head takes it for."""
    if kind != OWN_OFFENCE or not {hit.name for hit in hits} & {"suicide", "self_harm"}:
        return kind, kinds
    return OWN_LIFE, [(OWN_LIFE, kinds[0][1]), *[one for one in kinds[1:] if one[0] != OWN_LIFE]]


def _hated(kind: str | None, kinds: Kinds, hits: Sequence[CueHit]) -> tuple[str | None, Kinds]:
    """Hate on a bus is a hate crime first: where it happened comes second."""
    if kind != ON_THE_WAY or "hate" not in {hit.name for hit in hits}:
        return kind, kinds
    return HATE, [(HATE, kinds[0][1]), *[one for one in kinds if one[0] != HATE][:2]]


def _borne_by_something(kind: str | None, kinds: Kinds) -> tuple[str | None, Kinds]:
    """A guess at a protected type, from words that show none of its cues, is no reading: "so it
    was sat nite the 14th" begins a phone theft as well."""
    if kind not in SENSITIVE_TYPES or kinds[0][1] >= GUESS:
        return kind, kinds
    others = [one for one in kinds if one[0] not in SENSITIVE_TYPES]
    return (others[0][0] if others else None), others


def _of_answer(kinds: Kinds, least: float) -> tuple[str | None, Kinds]:
    """The types of a few words: "saturday" makes nobody a victim of a sexual offence."""
    sure = [one for one in kinds if one[0] not in SENSITIVE_TYPES or one[1] >= least]
    return (sure[0][0] if sure else None), sure

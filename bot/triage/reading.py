"""The reading of one message: what every other module knows about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

ROUTES: Final = (
    "emergency",
    "crime_report",
    "advice",
    "other_agency",
    "human",
    "social",
    "out_of_scope",
)
ACTS: Final = (
    "answer",
    "yes",
    "no",
    "dont_know",
    "skip",
    "why",
    "correct",
    "repeat",
    "cancel",
    "start_again",
    "confirm_send",
    "nothing_else",
    "add_more",
    "human",
    "question",
    "danger",
    "retract",
    "thanks",
    "frustrated",
)
DANGERS: Final = ("none", "check", "now")  # in rising order
CUES: Final = (
    "child",
    "child_writer",
    "elderly",
    "disability",
    "deaf",
    "observed",
    "mental_health",
    "suicide",
    "self_harm",
    "domestic_abuse",
    "stalking",
    "sexual_offence",
    "exploitation",
    "hate",
    "weapon",
    "injury",
    "medical",
    "fire",
    "water",
    "missing",
    "in_progress",
    "suspect_present",
    "threat",
    "repeat_victim",
    "alone",
    "pregnant",
    "drugs_alcohol",
    "cannot_speak",
    "language",
)


def worse(one: str, other: str) -> str:
    """The higher of two dangers."""
    return max(one, other, key=DANGERS.index)


@dataclass(frozen=True)
class CueHit:
    """A cue and the words that show it; `meaning` is English for words that are not."""

    name: str
    words: str
    source: str  # "rule" or "model"
    meaning: str = ""


@dataclass(frozen=True)
class Reading:
    """What one message says (docs/seams.md, section 1)."""

    act: str | None
    route: str
    route_scores: dict[str, float]
    type: str | None
    type_scores: list[tuple[str, float]]
    danger: str
    danger_score: float  # how surely `now`; a rule lifts it to the threshold that it stands for
    cues: tuple[CueHit, ...]
    language: str
    confidence: float
    model: str
    failed: bool = False
    intent: str | None = None  # an intent of the trainer's own, when it is plainly one

    def cue_names(self) -> frozenset[str]:
        """The names of the cues, each once."""
        return frozenset(cue.name for cue in self.cues)

    def to_json(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers."""
        found = asdict(self)
        found["cues"] = [asdict(cue) for cue in self.cues]
        found["type_scores"] = [[name, score] for name, score in self.type_scores]
        return found

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Reading:
        """The reading that `to_json` wrote. Raises KeyError or TypeError on anything else."""
        fields = dict(given)
        fields["cues"] = tuple(CueHit(**cue) for cue in given["cues"])
        fields["type_scores"] = [(name, float(score)) for name, score in given["type_scores"]]
        fields["route_scores"] = {k: float(v) for k, v in given["route_scores"].items()}
        return cls(**fields)

    @classmethod
    def failure(cls, model: str) -> Reading:
        """The reading of a message that could not be read: ask, and let a person look."""
        return cls(
            act=None,
            route="human",
            route_scores={},
            type=None,
            type_scores=[],
            danger="check",
            danger_score=0.0,
            cues=(),
            language="en",
            confidence=0.0,
            model=model,
            failed=True,
        )

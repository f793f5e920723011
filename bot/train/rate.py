"""Rates with their intervals, and the rates that a set of readings has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.triage.example import Example
from bot.triage.reading import Reading

Z: Final = 1.96  # 95 %


@dataclass(frozen=True)
class Rate:
    """So many of so many, with Wilson's 95 % interval."""

    name: str
    hits: int
    of: int

    @property
    def share(self) -> float:
        """0 of nothing is 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval; (0, 1) of nothing."""
        if not self.of:
            return (0.0, 1.0)
        middle = self.share + Z * Z / (2 * self.of)
        reach = Z * math.sqrt((self.share * (1 - self.share) + Z * Z / (4 * self.of)) / self.of)
        under = 1 + Z * Z / self.of
        return (max(0.0, (middle - reach) / under), min(1.0, (middle + reach) / under))

    def __str__(self) -> str:
        low, high = self.interval
        return (
            f"{self.name:34} {100 * self.share:5.1f} %  ({self.hits} of {self.of}, "
            f"{100 * low:.1f} to {100 * high:.1f})"
        )


Pairs = Sequence[tuple[Example, Reading]]


def rates(pairs: Pairs) -> list[Rate]:
    """The figures that have floors, and the finer ones."""
    routed = [(one, read) for one, read in pairs if one.route]
    urgent = [read for one, read in routed if one.route == "emergency"]
    quiet = [(one, read) for one, read in routed if one.route != "emergency"]
    calm = [read for one, read in quiet if one.danger == "none"]
    typed = [(one, read) for one, read in pairs if one.type and one.route == read.route]
    found = [
        Rate("route right", sum(one.route == read.route for one, read in routed), len(routed)),
        Rate("emergencies flagged", sum(read.danger != "none" for read in urgent), len(urgent)),
        Rate("emergencies flagged now", sum(read.danger == "now" for read in urgent), len(urgent)),
        Rate("others flagged now", sum(read.danger == "now" for _, read in quiet), len(quiet)),
        Rate("others flagged check", sum(read.danger == "check" for _, read in quiet), len(quiet)),
        Rate("without danger, flagged", sum(read.danger != "none" for read in calm), len(calm)),
        Rate("type right (route right)", sum(o.type == r.type for o, r in typed), len(typed)),
        Rate(
            "type in top 3 (route right)",
            sum(o.type in [name for name, _ in r.type_scores] for o, r in typed),
            len(typed),
        ),
    ]
    return [rate for rate in found if rate.of] + _cue_rates(pairs)


def _cue_rates(pairs: Pairs) -> list[Rate]:
    labelled = [(set(one.cues), read.cue_names()) for one, read in pairs if one.cues is not None]
    right = sum(len(want & got) for want, got in labelled)
    wanted = sum(len(want) for want, _ in labelled)
    said = sum(len(got) for _, got in labelled)
    return [Rate("cues found", right, wanted), Rate("cues that are right", right, said)]

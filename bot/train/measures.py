"""What is measured of readings beside the rates: the danger curve, reliability, groups, misses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from bot.triage.example import Example
from bot.triage.reading import CUES, Reading
from bot.triage.text import words

Pairs = Sequence[tuple[Example, Reading]]
BINS: Final = 10


@dataclass(frozen=True)
class Point:
    """At one bar: shares (0 to 1) of emergencies found and of other messages flagged."""

    bar: float
    recall: float
    alarms: float


def danger_curve(pairs: Pairs) -> list[Point]:
    """Recall of emergencies against alarms on other messages, at every bar of the score.

    The score is the reading's own (`danger_score`; 1 where a rule fired), so the curve is the
    product's: what any other threshold would have given.
    """
    routed = [(one, read) for one, read in pairs if one.route]
    urgent = np.array([r.danger_score for one, r in routed if one.route == "emergency"])
    quiet = np.array([r.danger_score for one, r in routed if one.route != "emergency"])
    if not len(urgent) or not len(quiet):
        return []
    bars = np.unique(np.concatenate([urgent, quiet, [0.0, 1.01]]))[::-1]
    return [
        Point(float(bar), float((urgent >= bar).mean()), float((quiet >= bar).mean()))
        for bar in bars
    ]


def recall_at(curve: Sequence[Point], alarms: float) -> float:
    """The best recall with at most this share of alarms (0 to 1)."""
    return max((point.recall for point in curve if point.alarms <= alarms), default=0.0)


@dataclass(frozen=True)
class Bin:
    """Messages of like confidence: the mean they claimed, the share that was right, how many."""

    claimed: float
    right: float
    count: int


def reliability(pairs: Pairs) -> list[Bin]:
    """Confidence in the route against how often it is right, in tenths of confidence."""
    rows = [(r.confidence, one.route == r.route) for one, r in pairs if one.route]
    found: list[Bin] = []
    for at in range(BINS):
        low, high = at / BINS, (at + 1) / BINS
        inside = [row for row in rows if low <= row[0] < high or (at == BINS - 1 and row[0] == 1)]
        if inside:
            claimed = sum(row[0] for row in inside) / len(inside)
            found.append(Bin(claimed, sum(row[1] for row in inside) / len(inside), len(inside)))
    return found


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean gap between claimed and right, by count (0 to 1)."""
    count = sum(one.count for one in bins)
    return sum(one.count * abs(one.claimed - one.right) for one in bins) / max(1, count)


def _cue(name: str) -> Callable[[Example], bool]:
    return lambda one: name in (one.cues or ())


def _between(low: int, high: int) -> Callable[[Example], bool]:
    return lambda one: low <= len(words(one.text)) <= high


def _hasty(one: Example) -> bool:
    """No capital, no full stop: typed in haste or on a phone."""
    return len(words(one.text)) > 4 and not re.search(r"[A-Z.]", one.text)


GROUPS: Final[dict[str, Callable[[Example], bool]]] = {
    "1 to 5 words": _between(1, 5),
    "6 to 12 words": _between(6, 12),
    "13 to 40 words": _between(13, 40),
    "over 40 words": _between(41, 10_000),
    "no capitals, no full stops": _hasty,
    "a child writes": _cue("child_writer"),
    "second language or none of English": _cue("language"),
    "watched or cannot speak": lambda one: _cue("observed")(one) or _cue("cannot_speak")(one),
    "near-identical pairs": lambda one: bool(one.pair),
}


def by_group(pairs: Pairs) -> dict[str, Pairs]:
    """The messages of each group that is there; one message may stand in several."""
    found = {name: [pair for pair in pairs if held(pair[0])] for name, held in GROUPS.items()}
    return {name: rows for name, rows in found.items() if rows}


def by_cue(pairs: Pairs) -> dict[str, tuple[int, int, int]]:
    """For each cue that is labelled: messages, wrong routes, emergencies not flagged."""
    found: dict[str, tuple[int, int, int]] = {}
    for cue in CUES:
        rows = [(one, read) for one, read in pairs if one.route and cue in (one.cues or ())]
        if rows:
            wrong = sum(one.route != read.route for one, read in rows)
            missed = sum(o.route == "emergency" and r.danger == "none" for o, r in rows)
            found[cue] = (len(rows), wrong, missed)
    return found


def worst(pairs: Pairs) -> list[tuple[str, Example, Reading]]:
    """Misses, the gravest first: emergencies not flagged, then flagged `check`, then others
    called `now`, then wrong routes of which the reading was sure."""
    routed = [(one, read) for one, read in pairs if one.route]
    urgent = [pair for pair in routed if pair[0].route == "emergency"]
    quiet = [pair for pair in routed if pair[0].route != "emergency"]
    missed = [p for p in urgent if p[1].danger == "none"]
    asked = [p for p in urgent if p[1].danger == "check"]
    loud = [p for p in quiet if p[1].danger == "now"]
    wrong = [p for p in quiet if p[0].route != p[1].route and p[1].danger != "now"]
    return [
        *(("not flagged", *p) for p in sorted(missed, key=lambda p: p[1].danger_score)),
        *(("only asked", *p) for p in sorted(asked, key=lambda p: p[1].danger_score)),
        *(("alarm", *p) for p in sorted(loud, key=lambda p: -p[1].danger_score)),
        *(("wrong route", *p) for p in sorted(wrong, key=lambda p: -p[1].confidence)),
    ]


def hard_ids(path: Path) -> set[str]:
    """Ids of the rows of an evaluation file that say `hard` (written as hard on purpose)."""
    found: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line) if line.strip() else {}
        if row.get("hard"):
            found.add(str(row["id"]))
    return found

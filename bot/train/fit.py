"""`python -m bot.train.fit`: fit the heads; with `--choose`, first choose mixes and thresholds.

Choosing looks at the development messages only, which no head is fitted on.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.train.corpus import EVAL, load_nlu, load_rows
from bot.triage.encoder import Encoder, Floats
from bot.triage.example import Example
from bot.triage.features import Row
from bot.triage.fit import DECISIONS, embed, fit_with, load_decisions, table_of
from bot.triage.heads import MANY, Head, Heads, sigmoid, softmax
from bot.triage.read import HOME, Reader
from bot.triage.urgency import opinions

DEV: Final = EVAL / "dev.jsonl"
# Shares of messages that are no emergency: what a false alarm may cost at most. They lie
# under the floors (10 % and 20 %), because other people's messages are harder than these.
MOST_NOW: Final = 0.07
MOST_NEAR: Final = 0.16  # near an emergency: `now` or `check`
MOST_FLAGGED: Final = 0.165  # with those that are like the messages labelled `check`
CUE_PRECISION: Final = 0.7
LEAST_NGRAM: Final = 0.5

Progress = Callable[[str], None]
View = tuple[Floats, Row]


def choose(
    examples: Sequence[Example], dev: Sequence[Example], progress: Progress
) -> dict[str, Any]:
    """Mixes that make the development messages likeliest, then the thresholds."""
    heads = fit_with(examples, {}, progress)
    views = _views(heads, dev, progress)
    mixed: dict[str, Head] = {}
    for name, head in heads.heads.items():
        mix = _mix(name, head, dev, views)
        if name == "route":
            mix = _even(head, mix, views)
        mixed[name] = replace(head, mix=mix)
        progress(f"{name}: encoder x {mix[0]}, n-grams x {mix[1]}")
    heads = replace(heads, heads=mixed)
    decisions: dict[str, Any] = {"mix": {name: list(one.mix) for name, one in mixed.items()}}
    heads = replace(heads, decisions={"scale": _scale(heads, dev, views)})
    decisions |= heads.decisions | _thresholds(heads, dev, views)
    decisions["cue"] = 0.5
    decisions["cues"] = _cue_levels(heads, dev, views)
    return decisions


def _views(heads: Heads, dev: Sequence[Example], progress: Progress) -> list[View]:
    texts = [one.text for one in dev]
    dense = heads.scaled(embed(Encoder(), texts, progress))
    return list(zip(dense, heads.ngrams.rows(texts), strict=True))


def _mix(
    name: str, head: Head, dev: Sequence[Example], views: Sequence[View]
) -> tuple[float, float]:
    """The mix with the least loss; halves that the development messages cannot judge: 0.5."""
    table = table_of(name, dev)
    place = [head.labels.index(label) if label in head.labels else -1 for label in table.labels]
    if len(table.rows) < 100:
        return (0.5, 0.5)
    dense = np.stack([replace(head, mix=(1.0, 0.0)).logits(*views[at]) for at in table.rows])
    sparse = np.stack([replace(head, mix=(0.0, 1.0)).logits(*views[at]) for at in table.rows])
    best, least = (0.5, 0.5), np.inf
    for one in (0.0, 0.15, 0.25, 0.35, 0.5, 0.7, 0.85, 1.0, 1.3):
        for other in (0.0, 0.15, 0.25, 0.4, 0.6, 0.8, 1.0):
            loss = _loss(name, one * dense + other * sparse, table.targets, place)
            if loss < least:
                best, least = (one, other), loss
    return best


def _even(head: Head, mix: tuple[float, float], views: Sequence[View]) -> tuple[float, float]:
    """At least half the encoder's say for the n-grams.

    The development messages are by the same hands as the training messages, where the
    encoder is at its best; on messages by others the n-grams earn more than they show here.
    """
    halves = [head.halves(*view) for view in views]
    dense = float(np.std([half[0] for half in halves]))
    sparse = float(np.std([half[1] for half in halves]))
    return mix[0], round(max(mix[1], LEAST_NGRAM * mix[0] * dense / sparse), 3)


def _scale(heads: Heads, dev: Sequence[Example], views: Sequence[View]) -> dict[str, Any]:
    """Means and spreads of the four opinions, and the slope that makes them a chance."""
    said = np.array([opinions(heads, *view) for view in views])
    means, spreads = said.mean(axis=0), said.std(axis=0) + 1e-6
    even = ((said - means) / spreads).mean(axis=1)
    truth = np.array([one.danger == "now" for one in dev], dtype=np.float64)
    slope, offset = 1.0, 0.0
    for _ in range(2000):  # logistic regression with one feature: plain descent is enough
        miss = 1 / (1 + np.exp(-(slope * even + offset))) - truth
        slope -= 0.5 * float((miss * even).mean())
        offset -= 0.5 * float(miss.mean())
    return {
        "means": [round(float(one), 4) for one in means],
        "spreads": [round(float(one), 4) for one in spreads],
        "slope": round(slope, 4),
        "offset": round(offset, 4),
    }


def _loss(name: str, logits: Floats, targets: NDArray[np.int64], place: Sequence[int]) -> float:
    if name in MANY:
        chances = np.clip(sigmoid(logits[:, list(place)]), 1e-6, 1 - 1e-6)
        return float(-np.where(targets == 1, np.log(chances), np.log(1 - chances)).mean())
    right = np.array([place[at] for at in targets])
    known = right >= 0
    shares = softmax(logits[known])
    return float(-np.log(np.clip(shares[np.arange(known.sum()), right[known]], 1e-6, 1)).mean())


def _thresholds(heads: Heads, dev: Sequence[Example], views: Sequence[View]) -> dict[str, float]:
    """The lowest thresholds that keep the false alarms of the heads within their shares."""
    reader = Reader(Encoder(), heads)
    found = np.array([reader.danger_scores(view) for view in views])
    quiet = found[[one.route != "emergency" for one in dev]]
    now = float(np.quantile(quiet[:, 0], 1 - MOST_NOW))
    near = float(np.quantile(quiet[:, 0], 1 - MOST_NEAR))
    far = quiet[quiet[:, 0] < near]
    unsure = float(np.quantile(far[:, 1], 1 - (MOST_FLAGGED - MOST_NEAR) / (1 - MOST_NEAR)))
    return {"now": round(now, 4), "check": round(near, 4), "unsure": round(unsure, 4)}


def _cue_levels(heads: Heads, dev: Sequence[Example], views: Sequence[View]) -> dict[str, float]:
    """For each cue the lowest score at which it is right seven times of ten."""
    labels = heads.heads["cue"].labels
    logits = np.stack([heads.heads["cue"].logits(*view) for view in views])
    chances = sigmoid(logits)
    levels: dict[str, float] = {}
    for at, cue in enumerate(labels):
        truth = np.array([cue in (one.cues or ()) for one in dev])
        order = np.argsort(-chances[:, at])
        right = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
        good = [n for n in range(len(order)) if right[n] >= CUE_PRECISION and truth[order[n]]]
        level = float(chances[order[max(good)], at]) if good and truth.sum() >= 5 else 0.6
        levels[cue] = round(min(max(level, 0.2), 0.9), 3)
    return levels


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on `data/nlu` and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m bot.train.fit", description=__doc__)
    parser.add_argument("--out", type=Path, default=HOME, help="folder of the fitted heads")
    parser.add_argument("--choose", action="store_true", help="choose the thresholds anew")
    given = parser.parse_args(arguments)
    started = time.monotonic()

    def progress(line: str) -> None:
        print(f"[{time.monotonic() - started:4.0f} s] {line}", flush=True)

    examples = load_nlu()
    progress(f"{len(examples)} messages")
    if given.choose:
        decisions = choose(examples, load_rows(DEV), progress)
        text = json.dumps(decisions, indent=2, sort_keys=True)
        DECISIONS.write_text(text + "\n", encoding="utf-8")
    fingerprint = fit_with(examples, load_decisions(), progress).save(given.out)
    progress(f"heads {fingerprint} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())

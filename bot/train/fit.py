"""`python -m bot.train.fit`: fit the heads; with `--choose`, first choose mixes and thresholds.

Choosing looks at the development messages only, which no head is fitted on.
"""

from __future__ import annotations

import argparse
import itertools
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
from bot.triage.heads import MANY, Head, Heads, Mix, sigmoid, softmax
from bot.triage.read import DEFAULTS, HOME, Reader, rule_danger
from bot.triage.text import with_question
from bot.triage.urgency import NEAR, WEIGHTS, opinions

DEV: Final = EVAL / "dev.jsonl"
DEV_ANSWERS: Final = EVAL / "midchat.jsonl"
# Shares of the development answers without danger that may be called `now`, and of the rest those
# that may be asked about: half of them were written to sound alarming.
ANSWERS_NOW: Final = 0.03
ANSWERS_FLAGGED: Final = 0.02
# Shares of development messages that stand alone and are no emergency: what false alarms, rules
# counted in, may cost at most. A little under the floors of docs/evaluation.md (5 % and 12 %).
MOST_NOW: Final = 0.04
MOST_FLAGGED: Final = 0.15  # `now` or `check`
CUE_PRECISION: Final = 0.7
LEAST_JUDGES: Final = 100  # development messages that a mix may be chosen on
# What each part of a head may weigh: fitted on the encoder, on n-grams, learnt with the encoder.
DENSE: Final = (0.0, 0.15, 0.3, 0.5, 0.7, 1.0)
SPARSE: Final = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6)
TUNED: Final = (0.0, 0.4, 0.7, 1.0, 1.3)

Progress = Callable[[str], None]
View = tuple[Floats, Row]


def choose(examples: Sequence[Example], dev: Sequence[Example], progress: Progress) -> Heads:
    """Heads with the mixes that make the development messages likeliest, and with thresholds."""
    heads = fit_with(examples, {}, progress)
    views = _views(heads, dev, progress)
    mixed: dict[str, Head] = {}
    for name, head in heads.heads.items():
        mix = _mix(name, head, dev, views)
        mixed[name] = replace(head, mix=mix)
        progress(f"{name}: encoder x {mix[0]}, n-grams x {mix[1]}, tuned x {mix[2]}")
    heads = replace(heads, heads=mixed)
    decisions: dict[str, Any] = {"mix": {name: list(one.mix) for name, one in mixed.items()}}
    first = [at for at, one in enumerate(dev) if one.first]
    opening, seen = [dev[at] for at in first], [views[at] for at in first]
    heads = replace(heads, decisions={"scale": _scale(heads, opening, seen)})
    decisions |= heads.decisions | _thresholds(heads, opening, seen)
    decisions["answer"] = _answer_bars(heads, dev, views)
    decisions["cue"] = 0.5
    decisions["cues"] = _cue_levels(heads, opening, seen)
    return replace(heads, decisions=decisions)


def _views(heads: Heads, dev: Sequence[Example], progress: Progress) -> list[View]:
    texts = [with_question(one.text, one.asked) for one in dev]
    dense = heads.scaled(embed(Encoder(), texts, progress))
    return list(zip(dense, heads.ngrams.rows(texts), strict=True))


def _mix(name: str, head: Head, dev: Sequence[Example], views: Sequence[View]) -> Mix:
    """The mix with the least loss; a head that the development messages cannot judge: halves."""
    table = table_of(name, dev)
    place = [head.labels.index(label) if label in head.labels else -1 for label in table.labels]
    if len(table.rows) < LEAST_JUDGES:
        return (0.5, 0.5, 0.0)
    parts = [head.parts(*views[at]) for at in table.rows]
    dense, sparse, tuned = (np.stack([row[n] for row in parts]) for n in range(3))
    best, least = (0.5, 0.5, 0.0), np.inf
    for mix in itertools.product(DENSE, SPARSE, TUNED if head.tuned else (0.0,)):
        loss = _loss(name, mix[0] * dense + mix[1] * sparse + mix[2] * tuned, table.targets, place)
        if loss < least:
            best, least = mix, loss
    return best


def _scale(heads: Heads, dev: Sequence[Example], views: Sequence[View]) -> dict[str, Any]:
    """Means and spreads of the opinions, and the slope that makes them a chance."""
    said = np.array([opinions(heads, *view) for view in views])
    means, spreads = said.mean(axis=0), said.std(axis=0) + 1e-6
    even = (said - means) / spreads
    truth = np.array([one.danger == "now" for one in dev], dtype=np.float64)
    return {
        "means": [round(float(one), 4) for one in means],
        "spreads": [round(float(one), 4) for one in spreads],
        "now": _curve(even @ np.array(WEIGHTS) / sum(WEIGHTS), truth),
        "near": _curve(even[:, :NEAR] @ np.array(WEIGHTS[:NEAR]) / sum(WEIGHTS[:NEAR]), truth),
    }


def _curve(even: NDArray[np.float64], truth: NDArray[np.float64]) -> list[float]:
    """Slope and offset that make a number a chance."""
    slope, offset = 1.0, 0.0
    for _ in range(2000):  # logistic regression with one feature: plain descent is enough
        miss = 1 / (1 + np.exp(-(slope * even + offset))) - truth
        slope -= 0.5 * float((miss * even).mean())
        offset -= 0.5 * float(miss.mean())
    return [round(slope, 4), round(offset, 4)]


def _loss(name: str, logits: Floats, targets: NDArray[np.int64], place: Sequence[int]) -> float:
    if name in MANY:
        chances = np.clip(sigmoid(logits[:, list(place)]), 1e-6, 1 - 1e-6)
        return float(-np.where(targets == 1, np.log(chances), np.log(1 - chances)).mean())
    right = np.array([place[at] for at in targets])
    known = right >= 0
    shares = softmax(logits[known])
    return float(-np.log(np.clip(shares[np.arange(known.sum()), right[known]], 1e-6, 1)).mean())


def _thresholds(heads: Heads, dev: Sequence[Example], views: Sequence[View]) -> dict[str, float]:
    """The lowest bars that keep the false alarms, those of the rules too, within their shares."""
    reader = Reader(Encoder(), heads)
    calm = [at for at, one in enumerate(dev) if one.route != "emergency" and not one.pair]
    found = np.array([reader.danger_scores(views[at]) for at in calm])
    ruled = [rule_danger(dev[at].text) for at in calm]
    loud, asked = (np.array([r == level for r in ruled]) for level in ("now", "check"))

    def called_now(bar: float) -> float:
        # A rule's `now` mostly counts only as `check` where no head says so (Reader._tempered).
        return float((found[:, 0] >= bar).mean())

    def flagged(bar: float) -> float:
        return float(((found[:, 1] >= bar) | (found[:, 0] >= now) | loud | asked).mean())

    now = _lowest(np.unique(found[:, 0]), lambda bar: called_now(bar) <= MOST_NOW)
    near = _lowest(np.unique(found[:, 1]), lambda bar: flagged(bar) <= MOST_FLAGGED)
    return {"now": round(now, 4), "check": round(near, 4)}


def _answer_bars(heads: Heads, dev: Sequence[Example], views: Sequence[View]) -> dict[str, float]:
    """The lowest bars that keep the false alarms over answers within their shares."""
    calm = [at for at, one in enumerate(dev) if one.asked and one.danger == "none"]
    if "told" not in heads.heads or len(calm) < LEAST_JUDGES:
        return dict(DEFAULTS["answer"])
    scores = [heads.scores("told", *views[at]) for at in calm]
    now = np.array([one["now"] for one in scores])
    near = np.array([one["now"] + one["check"] for one in scores])
    bar = float(np.quantile(now, 1 - ANSWERS_NOW))
    return {
        "now": round(bar, 4),
        "check": round(float(np.quantile(near[now < bar], 1 - ANSWERS_FLAGGED)), 4),
    }


def _lowest(bars: NDArray[np.float64], holds: Callable[[float], bool]) -> float:
    """The lowest bar that holds; alarms fall as a bar rises."""
    return next((float(bar) for bar in bars if holds(float(bar))), 1.0)


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
        heads = choose(examples, [*load_rows(DEV), *load_rows(DEV_ANSWERS)], progress)
        text = json.dumps(heads.decisions, indent=2, sort_keys=True)
        DECISIONS.write_text(text + "\n", encoding="utf-8")
    else:
        heads = fit_with(examples, load_decisions(), progress)
    fingerprint = heads.save(given.out)
    progress(f"heads {fingerprint} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())

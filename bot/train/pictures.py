"""Pictures of an evaluation as SVG text, to stand inside a page."""

from __future__ import annotations

import importlib
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.train.measures import Bin, Pairs, Point
from bot.triage.reading import ROUTES

INK: Final = "#1d2b3a"
LINE: Final = "#1d5fa8"
WARM: Final = "#b5361c"
# matplotlib carries no types.
Axes = Any
Figure = Any


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure without a screen; matplotlib is loaded only where something is drawn."""
    figure = importlib.import_module("matplotlib.figure").Figure(figsize=(width, height))
    axes = figure.subplots()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def _svg(figure: Figure) -> str:
    out = io.StringIO()
    # A fixed salt and no date: the same figures give the same file.
    importlib.import_module("matplotlib").rcParams["svg.hashsalt"] = "desk"
    figure.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None})
    return re.sub(r"<\?xml.*?<svg", "<svg", out.getvalue(), flags=re.DOTALL)


def confusion(pairs: Pairs) -> str:
    """Labels down, readings across; the darker, the larger its share of the row."""
    seen = Counter((one.route, read.route) for one, read in pairs if one.route)
    rows = [[seen[label, name] for name in ROUTES] for label in ROUTES]
    shares = [[count / max(1, sum(row)) for count in row] for row in rows]
    figure, axes = _figure(7, 4.6)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    names = [name.replace("_", " ") for name in ROUTES]
    axes.set_xticks(range(len(names)), names, rotation=30, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("read as")
    axes.set_ylabel("label")
    for y, row in enumerate(rows):
        for x, count in enumerate(row):
            color = "white" if shares[y][x] > 0.5 else INK
            axes.text(x, y, str(count), ha="center", va="center", color=color)
    return _svg(figure)


def danger(curves: Mapping[str, Sequence[Point]], marks: dict[str, tuple[float, float]]) -> str:
    """Recall of emergencies against alarms on others; `marks` are where thresholds stand."""
    figure, axes = _figure(7, 4.2)
    for name, curve in curves.items():
        axes.step(
            [100 * p.alarms for p in curve], [100 * p.recall for p in curve], where="post",
            label=name,
        )  # fmt: skip
    for name, (alarms, recall) in marks.items():
        axes.plot(100 * alarms, 100 * recall, "o", color=WARM)
        axes.annotate(
            name, (100 * alarms, 100 * recall), xytext=(6, -12), textcoords="offset points"
        )
    axes.set_xlim(0, 40)
    axes.set_ylim(60, 100.5)
    axes.set_xlabel("other messages with an alarm, %")
    axes.set_ylabel("emergencies found, %")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, loc="lower right")
    return _svg(figure)


def reliability(bins: Sequence[Bin]) -> str:
    """What was claimed against what was right; on the line is honest."""
    figure, axes = _figure(4.6, 4.2)
    axes.plot([0, 100], [0, 100], color="#999", linewidth=1)
    axes.scatter(
        [100 * one.claimed for one in bins], [100 * one.right for one in bins],
        s=[12 + one.count for one in bins], color=LINE, alpha=0.75,
    )  # fmt: skip
    axes.set_xlim(0, 101)
    axes.set_ylim(0, 101)
    axes.set_xlabel("confidence in the route, %")
    axes.set_ylabel("right, %")
    return _svg(figure)


def bars(rows: dict[str, tuple[int, int, int]]) -> str:
    """For each cue: the share of wrong routes, and of emergencies that were not flagged."""
    names = sorted(rows, key=lambda name: rows[name][1] / rows[name][0])
    figure, axes = _figure(7, 0.26 * len(names) + 1)
    places = range(len(names))
    axes.barh(places, [100 * rows[n][1] / rows[n][0] for n in names], color=LINE, alpha=0.55,
              label="wrong route")  # fmt: skip
    axes.barh(places, [100 * rows[n][2] / rows[n][0] for n in names], color=WARM, height=0.4,
              label="emergency not flagged")  # fmt: skip
    axes.set_yticks(places, [f"{n.replace('_', ' ')} ({rows[n][0]})" for n in names])
    axes.set_xlabel("% of the messages with this cue")
    axes.legend(frameon=False, loc="lower right")
    return _svg(figure)


def learning(points: Sequence[tuple[int, float, float, float]]) -> str:
    """Messages learnt from, against the route right (with its interval)."""
    figure, axes = _figure(6, 3.6)
    axes.errorbar(
        [p[0] for p in points], [100 * p[1] for p in points],
        yerr=[[100 * (p[1] - p[2]) for p in points], [100 * (p[3] - p[1]) for p in points]],
        marker="o", color=LINE, capsize=3,
    )  # fmt: skip
    axes.set_xscale("log")
    axes.set_xticks([p[0] for p in points], [f"{p[0]:,}" for p in points])
    axes.minorticks_off()
    axes.set_xlabel("messages learnt from")
    axes.set_ylabel("route right, %")
    axes.grid(alpha=0.3)
    return _svg(figure)

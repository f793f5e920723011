"""The evaluation as one HTML page with its pictures inside: nothing is fetched to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.train import measures, pictures
from bot.train.rate import Rate, rates
from bot.train.rivals import Rival

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
WORST: Final = 60  # misses that are printed
#: Floors and targets of docs/evaluation.md: name of the figure -> (floor, target, at least?).
FLOORS: Final = {
    "route right": (0.86, 0.92, True),
    "emergencies flagged": (0.98, 0.995, True),
    "emergencies flagged now": (0.90, 0.95, True),
    "others flagged now": (0.05, 0.02, False),
    "others flagged check": (0.12, 0.08, False),
}
#: The same for messages of near-identical pairs on the edge.
EDGE_FLOORS: Final = {
    "route right": (0.80, 0.88, True),
    "emergencies flagged": (0.97, 0.99, True),
    "emergencies flagged now": (0.90, 0.94, True),
    "others flagged now": (0.09, 0.04, False),
    "others flagged check": (0.18, 0.10, False),
}


@dataclass(frozen=True)
class Part:
    """One table of the page: a name, its messages, the floors that hold for them."""

    name: str
    pairs: measures.Pairs
    floors: dict[str, tuple[float, float, bool]] = field(default_factory=dict)


def stands(rate: Rate, floors: dict[str, tuple[float, float, bool]]) -> str:
    """`reached`, `floor`, `below` of a figure, or "" where it has no floor."""
    if rate.name not in floors:
        return ""
    floor, target, least = floors[rate.name]
    sign = 1 if least else -1
    if sign * rate.share >= sign * target:
        return "reached"
    return "floor" if sign * rate.share >= sign * floor else "below"


def parts_of(name: str, pairs: measures.Pairs) -> list[Part]:
    """A file's messages: those that stand alone, and near-identical ones, each with floors."""
    edge = [pair for pair in pairs if pair[0].pair]
    single = [pair for pair in pairs if not pair[0].pair]
    found = [Part(f"{name}: messages that stand alone", single, FLOORS)] if single else []
    return found + ([Part(f"{name}: near-identical pairs", edge, EDGE_FLOORS)] if edge else [])


def render(
    title: str, about: Sequence[str], parts: Sequence[Part], rivals: Sequence[Rival] = ()
) -> str:
    """The page. `about` are plain lines under the title: model, data, what is synthetic."""
    every = [pair for part in parts for pair in part.pairs]
    curves = {part.name: measures.danger_curve(part.pairs) for part in parts}
    bins = measures.reliability(every)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("evaluation.html").render(
        title=title,
        about=about,
        tables=[_table(part) for part in parts],
        confusion=pictures.confusion(every),
        danger=pictures.danger(curves, {part.name: _mark(part.pairs) for part in parts}),
        recalls=[(name, _recalls(curve)) for name, curve in curves.items()],
        reliability=pictures.reliability(bins),
        gap=100 * measures.calibration_error(bins),
        cues=pictures.bars(measures.by_cue(every)),
        groups=[(name, rates(rows)[:5]) for name, rows in measures.by_group(every).items()],
        worst=measures.worst(every)[:WORST],
        rivals=rivals,
    )


def _table(part: Part) -> dict[str, Any]:
    rows = []
    for rate in rates(part.pairs):
        floor, target, least = part.floors.get(rate.name, (None, None, True))
        rows.append(
            {
                "rate": rate, "stands": stands(rate, part.floors), "least": least,
                "floor": floor, "target": target,
            }
        )  # fmt: skip
    return {"name": part.name, "count": len(part.pairs), "rows": rows}


def _mark(pairs: measures.Pairs) -> tuple[float, float]:
    """Where the thresholds stand: alarms (`now` and `check`) and emergencies found."""
    urgent = [read for one, read in pairs if one.route == "emergency"]
    quiet = [read for one, read in pairs if one.route and one.route != "emergency"]
    shares = [
        sum(read.danger != "none" for read in rows) / max(1, len(rows)) for rows in (quiet, urgent)
    ]
    return shares[0], shares[1]


def _recalls(curve: Sequence[measures.Point]) -> list[tuple[int, float]]:
    return [(bar, 100 * measures.recall_at(curve, bar / 100)) for bar in (2, 5, 10, 15, 20)]

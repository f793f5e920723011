"""`livechat compare OLD NEW`: what got better, what got worse, which messages flip.

Both models read the same file. A model of another encoder cannot be run here: a released one is
then taken at its word, by the readings that were kept with it (`figures.json`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.train.corpus import BadData, load_rows
from bot.train.figures import Figures, Seen, kept_figures, seen_by
from bot.train.rate import Rate
from bot.triage.example import Example
from bot.triage.heads import ABOUT

Say = Callable[[str], None]
Right = Callable[[Example, Seen], bool]


def heads_folder(folder: Path) -> Path:
    """The heads of a model: of a folder of heads, or of a trained or released model.

    Raises BadData where there are none.
    """
    for place in (folder, folder / "triage"):
        if (place / ABOUT).is_file():
            return place
    raise BadData(f"No model in {folder}: name a folder of heads, or one that was released.")


@dataclass(frozen=True)
class Measure:
    """A rate: of which messages, when a message counts, and whether more is better."""

    name: str
    among: Callable[[Example], bool]
    counts: Right
    more: bool


def _urgent(one: Example) -> bool:
    return one.route == "emergency"


def _quiet(one: Example) -> bool:
    return one.route is not None and one.route != "emergency"


MEASURES: Final = (
    Measure("route right", lambda o: o.route is not None, lambda o, s: o.route == s.route, True),
    Measure("emergencies flagged", _urgent, lambda o, s: s.danger != "none", True),
    Measure("emergencies flagged now", _urgent, lambda o, s: s.danger == "now", True),
    Measure("others flagged now", _quiet, lambda o, s: s.danger == "now", False),
    Measure("others flagged check", _quiet, lambda o, s: s.danger == "check", False),
)
#: Flips by how grave they are: from what, to what, of which messages. The gravest first.
WORSE: Final = (
    ("emergency, not flagged any more", _urgent, lambda o, n: o != "none" and n == "none"),
    ("emergency, only asked now", _urgent, lambda o, n: o == "now" and n == "check"),
    ("no emergency, called one now", _quiet, lambda o, n: o != "now" and n == "now"),
    ("no emergency, asked now", _quiet, lambda o, n: o == "none" and n == "check"),
)
BETTER: Final = (
    ("emergency, flagged now", _urgent, lambda o, n: o == "none" and n != "none"),
    ("emergency, no longer only asked", _urgent, lambda o, n: o == "check" and n == "now"),
    ("no emergency, no longer called one", _quiet, lambda o, n: o == "now" and n != "now"),
    ("no emergency, no longer asked", _quiet, lambda o, n: o == "check" and n == "none"),
)


def mcnemar(lost: int, gained: int) -> float:
    """Two-sided exact p of McNemar's test: how often chance alone would part so many so far."""
    count = lost + gained
    tail = sum(math.comb(count, at) for at in range(min(lost, gained) + 1))
    return min(1.0, 2 * tail / float(2**count))


def compare(old: Path, new: Path, file: Path, say: Say) -> None:
    """Print the comparison. Raises BadData or NoHeads in one plain sentence."""
    rows = load_rows(file)
    before, after = _seen(old, file, rows), _seen(new, file, rows)
    shared = [one for one in rows if one.id in before.seen and one.id in after.seen]
    if not shared:
        raise BadData(f"The two models have no message of {file.name} in common.")
    say(f"old: {before.model}")
    say(f"new: {after.model}")
    say(f"{file.name}: {len(shared)} messages")
    for line in report(shared, before.seen, after.seen):
        say(line)


def _seen(folder: Path, file: Path, rows: Sequence[Example]) -> Figures:
    heads = heads_folder(folder)
    found = seen_by(heads, rows) or kept_figures(folder, file.name, rows)
    if found is None:
        raise BadData(
            f"The model in {folder} was fitted on another encoder, and no readings of {file.name} "
            "were kept with it: it cannot be compared here."
        )
    return found


def report(rows: Sequence[Example], old: dict[str, Seen], new: dict[str, Seen]) -> Iterator[str]:
    """Rates side by side, then the messages that flip."""
    yield f"{'':34}{'old':>18}{'new':>18}   better  worse      p"
    for rate in MEASURES:
        yield _row(rate, [row for row in rows if rate.among(row)], old, new)
    worse, better = list(_flips(WORSE, rows, old, new)), list(_flips(BETTER, rows, old, new))
    routes = [(o, old[o.id], new[o.id]) for o in rows if o.route and _calm(old[o.id], new[o.id])]
    worse += [("route wrong now", *t) for t in routes if t[1].route == t[0].route != t[2].route]
    better += [("route right now", *t) for t in routes if t[1].route != t[0].route == t[2].route]
    for name, found in (("worse", worse), ("better", better)):
        yield f"\n{name}: {len(found)}" if found else f"\n{name}: none"
        for what, one, was, now in found:
            yield f"  {what}: {one.id} (label {one.route}), {was} -> {now}"
            yield f"      {' '.join(one.text.split())[:120]}"


def _calm(old: Seen, new: Seen) -> bool:
    """Whether the danger stayed: a flip of danger has been named with its route already."""
    return old.danger == new.danger


def _row(one: Measure, rows: Sequence[Example], old: dict[str, Seen], new: dict[str, Seen]) -> str:
    was = [one.counts(row, old[row.id]) for row in rows]
    now = [one.counts(row, new[row.id]) for row in rows]
    lost = sum(a and not b for a, b in zip(was, now, strict=True))
    gained = sum(b and not a for a, b in zip(was, now, strict=True))
    better, worse = (gained, lost) if one.more else (lost, gained)
    return (
        f"{one.name:34}{_share(was):>18}{_share(now):>18}{better:9}{worse:7}"
        f"{mcnemar(lost, gained):9.3f}"
    )


def _share(hits: Sequence[bool]) -> str:
    rate = Rate("", sum(hits), len(hits))
    return f"{100 * rate.share:.1f} % ({rate.hits}/{rate.of})"


def _flips(
    kinds: Sequence[tuple[str, Callable[[Example], bool], Callable[[str, str], bool]]],
    rows: Sequence[Example], old: dict[str, Seen], new: dict[str, Seen],
) -> Iterator[tuple[str, Example, Seen, Seen]]:  # fmt: skip
    for what, among, flipped in kinds:
        for one in rows:
            was, now = old[one.id], new[one.id]
            if among(one) and flipped(was.danger, now.danger):
                yield what, one, was, now

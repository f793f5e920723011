"""`python -m bot.train.evaluate FILE`: figures of a labelled file, each with its interval.

Reads through the code that serves people. A file that has `must` rows only (no routes but
emergency) gives its must-catch rate.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.train.check import alike
from bot.train.corpus import load_nlu, load_rows
from bot.triage.example import Example
from bot.triage.read import Reader
from bot.triage.reading import ROUTES, Reading

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


def confusion(pairs: Pairs) -> str:
    """A table: label down, reading across."""
    seen = Counter((one.route, read.route) for one, read in pairs if one.route)
    lines = [" " * 14 + "".join(f"{name[:12]:>13}" for name in ROUTES)]
    for label in ROUTES:
        row = "".join(f"{seen[label, name]:13}" for name in ROUTES)
        lines.append(f"{label:14}{row}")
    return "\n".join(lines)


def read_all(reader: Reader, examples: Sequence[Example]) -> list[tuple[Example, Reading]]:
    """Each example as it would be read where it stands in a chat."""
    return [(one, reader.read(one.text, one.asked)) for one in examples]


def unseen(rows: Sequence[Example], known: Sequence[Example]) -> list[Example]:
    """The rows without those whose words stand in the training data ("help", "hiya")."""
    ids = {id(one) for one in rows}
    firsts = [one for one in known if one.first]
    mixed = [(a, b) for a, b, _ in alike([*rows, *firsts]) if (id(a) in ids) != (id(b) in ids)]
    gone = {id(one) for pair in mixed for one in pair}
    return [one for one in rows if id(one) not in gone]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 1 where a must-catch list misses one."""
    parser = argparse.ArgumentParser(prog="python -m bot.train.evaluate", description=__doc__)
    parser.add_argument("file", type=Path, nargs="+")
    parser.add_argument("--model", type=Path, help="folder of the fitted heads")
    parser.add_argument("--misses", action="store_true", help="print ids that were not flagged")
    given = parser.parse_args(arguments)
    reader = Reader.load(given.model)
    known = load_nlu()
    missed = 0
    for path in given.file:
        started = time.monotonic()
        rows = load_rows(path) if "mustcatch" in path.name else unseen(load_rows(path), known)
        pairs = read_all(reader, rows)
        took = (time.monotonic() - started) * 1000 / max(1, len(pairs))
        print(f"\n{path.name}: {len(pairs)} messages (those of the training data left out),")
        print(f"  {took:.1f} ms each, model {reader.fingerprint}")
        for rate in rates(pairs):
            print(" ", rate)
        gone = [one for one, read in pairs if one.route == "emergency" and read.danger == "none"]
        if "mustcatch" in path.name:
            missed += len(gone)
        else:
            print(confusion(pairs))
        if given.misses:
            for one in gone:
                print(f"  not flagged: {one.id}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""`livechat evaluate FILE`: figures of a labelled file, each with its interval, and a page.

Reads through the code that serves people. A must-catch list gives its rate, and exit 1 where
one is missed. Rows with an `act` stand in the middle of a chat and are read there.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.train.check import alike
from bot.train.corpus import EVAL, MUST_CATCH, load_nlu, load_rows
from bot.train.page import parts_of, render
from bot.train.rate import Pairs, rates
from bot.train.rivals import beside
from bot.triage.example import Example
from bot.triage.read import Reader
from bot.triage.reading import ROUTES

SYNTHETIC = (
    "Every message of this project's own files is synthetic: written for it, no real contact. "
    "Before use a force measures again on its own approved data: livechat evaluate FILE."
)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Measured:
    """A file and how each of its messages was read."""

    path: Path
    pairs: Pairs
    ms: float

    @property
    def must_catch(self) -> bool:
        """Whether every row has to be flagged."""
        return MUST_CATCH in self.path.name

    @property
    def missed(self) -> list[Example]:
        """Emergencies that were not flagged at all."""
        return [o for o, r in self.pairs if o.route == "emergency" and r.danger == "none"]


def confusion(pairs: Pairs) -> str:
    """A table: label down, reading across."""
    seen = Counter((one.route, read.route) for one, read in pairs if one.route)
    lines = [" " * 14 + "".join(f"{name[:12]:>13}" for name in ROUTES)]
    for label in ROUTES:
        row = "".join(f"{seen[label, name]:13}" for name in ROUTES)
        lines.append(f"{label:14}{row}")
    return "\n".join(lines)


def unseen(rows: Sequence[Example], known: Sequence[Example]) -> list[Example]:
    """The rows without those whose words stand in the training data ("help", "hiya")."""
    ids = {id(one) for one in rows}
    firsts = [one for one in known if one.first]
    mixed = [(a, b) for a, b, _ in alike([*rows, *firsts]) if (id(a) in ids) != (id(b) in ids)]
    gone = {id(one) for pair in mixed for one in pair}
    return [one for one in rows if id(one) not in gone]


def measure(reader: Reader, path: Path, known: Sequence[Example]) -> Measured:
    """Read every message of a file. Raises BadData naming a line."""
    rows = load_rows(path)
    rows = rows if MUST_CATCH in path.name else unseen(rows, known)
    started = time.perf_counter()
    pairs = [(one, reader.read(one.text, one.asked)) for one in rows]
    return Measured(path, pairs, 1000 * (time.perf_counter() - started) / max(1, len(pairs)))


def tell(found: Measured, say: Say, misses: bool) -> None:
    """The figures of a file as text."""
    left_out = "" if found.must_catch else " (those of the training data left out)"
    say(f"\n{found.path.name}: {len(found.pairs)} messages{left_out}, {found.ms:.1f} ms each")
    parts = [("", found.pairs)] if found.must_catch else []
    parts = parts or [(part.name, part.pairs) for part in parts_of(found.path.stem, found.pairs)]
    for name, pairs in parts:
        if name:
            say(f" {name} ({len(pairs)})")
        for rate in rates(pairs):
            say(f"  {rate}")
        if not found.must_catch:
            say(confusion(pairs))
    if misses:
        for one in found.missed:
            say(f"  not flagged: {one.id}")


def evaluate(
    files: Sequence[Path], say: Say, *, model: Path | None = None, html: Path | None = None,
    ways: Sequence[str] = (), misses: bool = False,
) -> int:  # fmt: skip
    """Measure the files, print, write the page. Gives 1 where a must-catch list misses one."""
    reader = Reader.load(model)
    known = load_nlu()
    found = []
    for path in files:
        found.append(measure(reader, path, known))
        tell(found[-1], say, misses)
    if html:
        plain = [one for one in found if not one.must_catch]
        listed = [one for one in found if one.must_catch]
        about = [f"Model {reader.fingerprint}, learnt from {len(known)} messages.", SYNTHETIC]
        about += [
            f"{one.path.name}: {len(one.pairs) - len(one.missed)} of {len(one.pairs)} flagged."
            for one in listed
        ]
        parts = [part for one in plain for part in parts_of(one.path.stem, one.pairs)]
        others = beside(plain[0].path, ways, say) if ways and plain else []
        for rival in others:
            say(f"  {rival.name:40} {rival.route}  {rival.found}  {rival.ms:.1f} ms")
        html.parent.mkdir(parents=True, exist_ok=True)
        html.write_text(render("How well it understands", about, parts, others), encoding="utf-8")
        say(f"\nThe report with pictures: {html}")
    return 1 if any(one.must_catch and one.missed for one in found) else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 1 where a must-catch list misses one."""
    parser = argparse.ArgumentParser(prog="livechat evaluate", description=__doc__)
    parser.add_argument("file", type=Path, nargs="*")
    parser.add_argument("--model", type=Path, help="folder of the fitted heads")
    parser.add_argument("--html", type=Path, help="write the report with pictures here")
    parser.add_argument("--beside", default="", help="other ways beside: desk,frozen,diet")
    parser.add_argument("--misses", action="store_true", help="print ids that were not flagged")
    given = parser.parse_args(arguments)
    files = given.file or [EVAL / "test.jsonl", *sorted(EVAL.glob(f"{MUST_CATCH}*.jsonl"))]
    ways = [way for way in given.beside.split(",") if way]
    return evaluate(
        files, print, model=given.model, html=given.html, ways=ways, misses=given.misses
    )


if __name__ == "__main__":
    sys.exit(main())

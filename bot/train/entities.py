"""`python -m bot.train.entities`: how much of the labelled details the parsers find.

The labels are the details that the writers of `data/nlu` marked in their messages; no parser learns
from them. A detail is found when at least half of its words lie in what a parser found for it, and
a find is right when at least half of its words lie in a labelled detail of that kind. Messages of
pairs, and those without any mark, are left out: there a missing mark says nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import yaml

from bot.extract.spans import spans
from bot.train.corpus import NLU
from bot.train.rate import Rate
from bot.triage.text import words

#: Label of the data -> details of the parsers that may hold it.
KINDS: Final = {
    "location": ("location",),
    "time": ("when",),
    "vehicle_reg": ("vehicle_reg",),
    "property": ("property",),
    "suspect_description": ("suspect_description", "suspect_vehicle"),
    "phone": ("contact_phone",),
    "email": ("contact_email",),
}
NOW: Final = datetime(2026, 11, 18, 14, 30, tzinfo=ZoneInfo("Europe/London"))
HALF: Final = 0.5

Marked = tuple[str, dict[str, list[str]]]


def marked(folder: Path = NLU) -> Iterator[Marked]:
    """Texts with their marked details, each a list of exact words."""
    for path in sorted((folder / "first").glob("*.yml")):
        content: dict[str, Any] = yaml.load(
            path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
        )
        for block in content["nlu"]:
            for row in block["examples"]:
                given = row.get("metadata") or {}
                if given.get("entities") and not given.get("pair"):
                    yield row["text"], given["entities"]


def overlap(one: str, others: Sequence[str]) -> bool:
    """Whether at least half of the words of `one` stand in one of the others."""
    wanted = words(one)
    return any(
        sum(word in words(other) for word in wanted) >= HALF * len(wanted) for other in others
    )


def measure(rows: Sequence[Marked]) -> list[Rate]:
    """For each kind: how many labelled details are found, how many finds are labelled."""
    found: list[Rate] = []
    held = [(entities, spans(text, NOW)) for text, entities in rows]
    for kind, names in KINDS.items():
        hits = wanted = right = said = 0
        for entities, read in held:
            labels = [str(label) for label in entities.get(kind, [])]
            finds = [span.said for name in names for span in read.get(name, [])]
            wanted += len(labels)
            hits += sum(overlap(label, finds) for label in labels)
            said += len(finds)
            right += sum(overlap(find, labels) for find in finds)
        found += [Rate(f"{kind} found", hits, wanted), Rate(f"{kind} right", right, said)]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the rates on a sample."""
    parser = argparse.ArgumentParser(prog="python -m bot.train.entities", description=__doc__)
    parser.add_argument("--sample", type=int, default=2000)
    given = parser.parse_args(arguments)
    rows = list(marked())
    chosen = random.Random(7).sample(rows, min(given.sample, len(rows)))
    print(f"{len(chosen)} of {len(rows)} messages with marked details")
    for rate in measure(chosen):
        print(" ", rate)
    return 0


if __name__ == "__main__":
    sys.exit(main())

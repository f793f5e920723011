"""`livechat data check`: traps of YAML, then whether the data are fit to learn from, in words.

Everything of `make data-check`, with the file and line of each message that it names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from bot.content.types import all_types
from bot.train.check import HELD_OUT, check, coinciding, lengths
from bot.train.corpus import BadData, load_rows
from bot.train.doubt import doubts
from bot.train.located import load_located
from bot.train.traps import traps
from bot.triage.example import Example

#: Under it the model has seen too few people tell of a type.
THIN: Final = 25

Say = Callable[[str], None]


def data_check(root: Path, say: Say, doubtful: int = 0) -> int:
    """Check the data below the project's `root`. Gives 1 where there is a problem."""
    trapped = traps(root)
    for trap in trapped:
        say(f"PROBLEM: {trap}")
    try:
        rows = load_located(root / "data" / "nlu")
        apart = held_out(root / "data" / "eval")
    except BadData as error:
        if not trapped:
            say(f"PROBLEM: {error}")
        say("Mend this first; then run livechat data check again.")
        return 1
    examples = [one.example for one in rows]
    report = check(examples, apart)
    report.problems += lengths(examples) + coinciding(examples, apart, say)
    for line in report.facts:
        say(line)
    for line in thin(examples):
        say(f"thin: {line}")
    places = {one.example.id: one.where for one in rows}
    for line in report.problems:
        say(f"PROBLEM: {line}{_places(line, places)}")
    for doubt in doubts(rows, doubtful, say) if doubtful else ():
        say(str(doubt))
    count = len(trapped) + len(report.problems)
    say("data: fit to learn from" if not count else f"{count} problems")
    return 1 if count else 0


def held_out(folder: Path) -> dict[str, list[Example]]:
    """The messages kept apart, by file. Raises BadData naming a line."""
    return {name: load_rows(folder / name) for name in HELD_OUT if (folder / name).exists()}


def thin(examples: Sequence[Example]) -> Iterator[str]:
    """Types with too few first messages, the thinnest first: a hint, no problem."""
    count = Counter(one.type for one in examples if one.first and one.type)
    for name in sorted((one.id for one in all_types()), key=lambda name: count[name]):
        if count[name] < THIN:
            yield f"{name} has {count[name]} first messages; {THIN} or more are wanted"


def _places(line: str, places: Mapping[str, str]) -> str:
    """Where the messages stand that a line names."""
    named = [places[word] for word in re.findall(r"[\w-]+", line) if word in places]
    return f"  ({', '.join(dict.fromkeys(named))})" if named else ""

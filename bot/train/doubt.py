"""Labels that the model finds doubtful, judged by heads that never saw the message.

The examples are parted in three; the heads are fitted on two parts and judge the third.
Messages of one `pair`, which differ by a word, stay in one part: else one judges the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.train.located import Located
from bot.triage.encoder import Encoder
from bot.triage.example import Example
from bot.triage.fit import embed, fit_with, load_decisions, table_of
from bot.triage.heads import Heads

PARTS: Final = 3
JUDGED: Final = ("route", "danger", "type")
# A hundred types: a low number there means doubt only where another type is plainly meant.
SURE_TYPE: Final = 0.5

Say = Callable[[str], None]


@dataclass(frozen=True)
class Doubt:
    """A label, the model's own probability of it (0 to 1), and what the model says instead."""

    one: Located
    head: str
    label: str
    share: float
    said: str
    said_share: float

    def __str__(self) -> str:
        return (
            f"{self.one.where}  {self.one.example.id}\n"
            f"    {' '.join(self.one.example.text.split())[:160]}\n"
            f"    {self.head}: labelled {self.label} ({100 * self.share:.1f} %), "
            f"the model says {self.said} ({100 * self.said_share:.0f} %)"
        )


def doubts(rows: Sequence[Located], count: int, say: Say) -> list[Doubt]:
    """The `count` most doubtful routes and dangers of first messages, the least likely first,
    then as many types: one of a hundred types is unlikely far sooner than one of seven routes."""
    firsts = [one for one in rows if one.example.first]
    found: list[Doubt] = []
    for part in range(PARTS):
        judged = [one for one in firsts if part_of(one.example) == part]
        taught = [one.example for one in firsts if part_of(one.example) != part]
        if not judged or len({one.route for one in taught}) < 2:
            continue
        say(f"doubt: part {part + 1} of {PARTS}")
        # Cues and a trainer's own intents are not judged: their heads would cost half the time.
        fitted = [replace(one, cues=None, own=None) for one in taught]
        heads = fit_with(fitted, load_decisions(), lambda line: None)
        found += _judged(heads, judged, say)
    found.sort(key=lambda one: one.share)
    types = [one for one in found if one.head == "type"]
    return [one for one in found if one.head != "type"][:count] + types[:count]


def part_of(one: Example) -> int:
    """Which part: by its pair, else by its id and words, so that it is the same every time."""
    name = one.pair or f"{one.id} {one.text}"
    return hashlib.sha256(name.encode()).digest()[0] % PARTS


def _judged(heads: Heads, rows: Sequence[Located], say: Say) -> list[Doubt]:
    """Of each message the labels that are less likely than another: the worst of route and
    danger, and the type."""
    examples = [one.example for one in rows]
    texts = [one.text for one in examples]
    views = list(
        zip(heads.scaled(embed(Encoder(), texts, say)), heads.ngrams.rows(texts), strict=True)
    )
    worst: dict[tuple[int, bool], Doubt] = {}
    for name in JUDGED:
        if name not in heads.heads:
            continue
        table = table_of(name, examples)
        for at, target in zip(table.rows.tolist(), table.targets.tolist(), strict=True):
            scores, label = heads.scores(name, *views[at]), table.labels[target]
            said = max(scores, key=lambda one: scores[one])
            sure = name != "type" or scores[said] >= SURE_TYPE
            if said == label or not sure:
                continue
            doubt = Doubt(rows[at], name, label, scores.get(label, 0.0), said, scores[said])
            key = (at, name == "type")
            if key not in worst or doubt.share < worst[key].share:
                worst[key] = doubt
    return list(worst.values())

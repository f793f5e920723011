"""Word and character n-grams of a message as sparse numbers, without scikit-learn."""

from __future__ import annotations

import functools
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.triage.text import words

MIN_MESSAGES: Final = 3  # an n-gram of one or two messages teaches nothing of others
MAX_NGRAMS: Final = 40_000  # more brought nothing on the development messages
CHARACTERS: Final = range(2, 6)

Row = tuple[NDArray[np.int32], NDArray[np.float32]]


def ngrams(text: str) -> Counter[str]:
    """Words, pairs of words, and runs of 2 to 5 letters within words (typos, dialect)."""
    found: Counter[str] = Counter()
    parts = words(text)
    found.update(f"w {word}" for word in parts)
    found.update(f"w {one} {two}" for one, two in itertools.pairwise(parts))
    for word in parts:
        padded = f"_{word[:40]}_"
        for size in CHARACTERS:
            found.update(f"c {padded[at : at + size]}" for at in range(len(padded) - size + 1))
    return found


@dataclass(frozen=True)
class Ngrams:
    """The n-grams that count, each with its place and its rarity."""

    names: tuple[str, ...]
    rarity: NDArray[np.float32]

    @functools.cached_property
    def _place(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.names)}

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Ngrams:
        """The commonest n-grams of the texts."""
        seen: Counter[str] = Counter()
        count = 0
        for text in texts:
            count += 1
            seen.update(ngrams(text).keys())
        # Ties by name: the same texts give the same file on every machine.
        kept = sorted(
            (name for name, n in seen.items() if n >= MIN_MESSAGES),
            key=lambda name: (-seen[name], name),
        )[:MAX_NGRAMS]
        rarity = [1 + math.log((1 + count) / (1 + seen[name])) for name in kept]
        return cls(tuple(kept), np.array(rarity, dtype=np.float32))

    def row(self, text: str) -> Row:
        """Places and weights; words and letters each have length 1."""
        place = self._place
        found = sorted(
            (place[name], name[0], n) for name, n in ngrams(text).items() if name in place
        )
        at = np.array([one[0] for one in found], dtype=np.int32)
        value = np.array([1 + math.log(one[2]) for one in found], dtype=np.float32)
        value *= self.rarity[at]
        of_words = np.array([one[1] == "w" for one in found], dtype=bool)
        for part in (of_words, ~of_words):
            length = float(np.linalg.norm(value[part]))
            if length:
                value[part] /= length
        return at, value

    def rows(self, texts: Sequence[str]) -> list[Row]:
        """One row a text."""
        return [self.row(text) for text in texts]

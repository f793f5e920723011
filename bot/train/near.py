"""Near-duplicates by meaning: two messages whose stock embeddings all but coincide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from bot.train.stock import embedded
from bot.triage.example import Example
from bot.triage.text import words

#: Cosine from which two messages say the same in other words. Read by hand: above it
#: the pairs were one message twice; between 0.86 and it, two people in the same trouble.
NEAR: Final = 0.92
LEAST_WORDS: Final = 6  # "hiya" and "hi" are near and two people's own
CHUNK: Final = 1024

Say = Callable[[str], None]


def latin(text: str) -> bool:
    """Whether most letters are Latin: the stock encoder has no others, all look alike to it."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) * 2 > len(letters)


def near(
    examples: Sequence[Example], say: Say, least: float = NEAR
) -> Iterator[tuple[Example, Example, float]]:
    """Pairs nearer than `least` (cosine), each once, those of one `pair` left out."""
    rows = [one for one in examples if len(words(one.text)) >= LEAST_WORDS and latin(one.text)]
    if len(rows) < 2:
        return
    numbers = embedded([one.text for one in rows], say)
    for start in range(0, len(rows), CHUNK):
        like = numbers[start : start + CHUNK] @ numbers.T
        for at, other in np.argwhere(like >= least):
            one, two = rows[start + at], rows[other]
            if start + at < other and not (one.pair and one.pair == two.pair):
                yield one, two, float(like[at, other])

"""The training examples nearest to a text, by the desk's own encoder: whom it sounds like to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.train.located import Located
from bot.triage.encoder import Encoder, Floats
from bot.triage.fit import embed

Say = Callable[[str], None]


@dataclass(frozen=True)
class Neighbour:
    """A training example with its labels, where it stands, and its cosine (1 is the same)."""

    id: str
    text: str
    intent: str
    type: str | None
    danger: str | None
    asked: str | None
    file: str
    line: int
    likeness: float


class Nearest:
    """All examples as numbers; made once, asked often."""

    def __init__(
        self, rows: Sequence[Located], encoder: Encoder, say: Say, numbers: Floats | None = None
    ) -> None:
        """Embeddings come from the cache of `make train`; what is missing is computed.
        `numbers`: the embeddings, where the caller has them already."""
        self._rows = rows
        if numbers is None:
            numbers = embed(encoder, [one.example.text for one in rows], say)
        self._numbers = _unit(numbers)

    def find(self, embedding: Floats, count: int = 5) -> list[Neighbour]:
        """The nearest, the nearest first. `embedding`: [384] by the same encoder."""
        if not len(self._rows):
            return []
        like = self._numbers @ _unit(embedding[None, :])[0]
        best = np.argsort(-like)[:count]
        return [_neighbour(self._rows[at], float(like[at])) for at in best]


def _unit(numbers: Floats) -> Floats:
    found: Floats = numbers / (np.linalg.norm(numbers, axis=1, keepdims=True) + 1e-9)
    return found


def _neighbour(row: Located, likeness: float) -> Neighbour:
    one = row.example
    intent = one.act or one.route or one.own or ""
    return Neighbour(
        one.id, one.text, intent, one.type, one.danger, one.asked, row.file, row.line,
        round(likeness, 4),
    )  # fmt: skip

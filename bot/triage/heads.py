"""Linear heads in numpy: from the encoder's numbers and n-grams to labels with scores.

A head has three parts. Two are fitted by `make train` on the examples as they are now; the third
was learnt together with the encoder and is the best reader of the three, but does not know what a
trainer has added since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.triage.features import Ngrams, Row

WEIGHTS: Final = "heads.npz"
ABOUT: Final = "heads.json"
HEADS: Final = ("route", "danger", "type", "cue", "act", "own", "told")
OF_ANSWERS: Final = frozenset({"act", "told"})  # they read the question before the answer
NOT_OWN: Final = "-"  # of the head "own": the message is none of the trainer's own intents
MANY: Final = frozenset({"cue"})  # each label for itself; the others are one of many

TINY: Final = 1e-9  # no logarithm of nothing

Floats = NDArray[np.float32]
Mix = tuple[float, float, float]  # of the encoder's numbers, the n-grams, the tuned part


class NoHeads(RuntimeError):
    """The fitted heads are missing or broken: train first."""


@dataclass(frozen=True)
class Part:
    """Weights [features, labels] and bias [labels] of one part of a head."""

    weights: NDArray[Any]
    bias: Floats


@dataclass(frozen=True)
class Head:
    """One question about a message: its labels, and how its two halves are mixed."""

    labels: tuple[str, ...]
    encoder: Part
    ngram: Part
    mix: Mix = (1.0, 1.0, 0.0)  # temperature is in here: all are chosen on dev
    tuned: Part | None = None  # what the encoder itself learnt to say; None: nothing for it

    def logits(self, embedding: Floats, row: Row) -> Floats:
        """One number a label, before the mix becomes a probability."""
        dense, sparse, own = self.parts(embedding, row)
        mixed: Floats = self.mix[0] * dense + self.mix[1] * sparse + self.mix[2] * own
        return mixed.astype(np.float32)

    def parts(self, embedding: Floats, row: Row) -> tuple[Floats, Floats, Floats]:
        """The numbers of the three parts, unmixed: fitted on the encoder's numbers, fitted on
        n-grams, and learnt with the encoder (0 where it learnt nothing of this head)."""
        at, value = row
        dense = embedding @ self.encoder.weights + self.encoder.bias
        sparse = value @ self.ngram.weights[at].astype(np.float32) + self.ngram.bias
        if self.tuned is None:
            own = np.zeros(len(self.labels), dtype=np.float32)
        else:
            own = embedding @ self.tuned.weights + self.tuned.bias
        return dense.astype(np.float32), sparse.astype(np.float32), own.astype(np.float32)

    def odds(
        self, labels: Sequence[str], embedding: Floats, row: Row
    ) -> tuple[float, float, float]:
        """Log odds of some labels together against the rest, by each part alone."""
        among = np.array([label in labels for label in self.labels])
        raised = [np.exp(part - part.max()) for part in self.parts(embedding, row)]
        odds = [
            float(np.log(p[among].sum() + TINY) - np.log(p[~among].sum() + TINY)) for p in raised
        ]
        return odds[0], odds[1], odds[2]


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def sigmoid(logits: Floats) -> Floats:
    """Probability of each label for itself."""
    chances: Floats = 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))
    return chances


@dataclass(frozen=True)
class Heads:
    """All heads with their n-grams, the means of the encoder, and the encoder they belong to."""

    ngrams: Ngrams
    heads: dict[str, Head]
    encoder: str
    mean: Floats
    spread: Floats
    decisions: dict[str, Any] = field(default_factory=dict)
    fingerprint: str = ""

    def scaled(self, embedding: Floats) -> Floats:
        """The encoder's numbers, centred and scaled as at fitting."""
        found: Floats = (embedding - self.mean) / self.spread
        return found

    def scores(self, name: str, embedding: Floats, row: Row) -> dict[str, float]:
        """Label to probability; `embedding` is already scaled."""
        head = self.heads[name]
        logits = head.logits(embedding, row)
        found = sigmoid(logits) if name in MANY else softmax(logits)
        return {label: float(score) for label, score in zip(head.labels, found, strict=True)}

    def save(self, folder: Path) -> str:
        """Write `heads.npz` and `heads.json`; returns the fingerprint."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, NDArray[Any]] = {
            "mean": self.mean,
            "spread": self.spread,
            "rarity": self.ngrams.rarity,
        }
        for name, head in self.heads.items():
            for half, part in _named(head):
                # Half precision: the file is half the size and no decision moved.
                arrays[f"{name}_{half}_weights"] = part.weights.astype(np.float16)
                arrays[f"{name}_{half}_bias"] = part.bias
        np.savez(folder / WEIGHTS, **arrays)
        about = {
            "encoder": self.encoder,
            "labels": {name: list(head.labels) for name, head in self.heads.items()},
            "mix": {name: list(head.mix) for name, head in self.heads.items()},
            "decisions": self.decisions,
            "ngrams": list(self.ngrams.names),
        }
        digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode())
        for name in sorted(arrays):
            digest.update(arrays[name].tobytes())
        about["fingerprint"] = digest.hexdigest()[:12]
        text = json.dumps(about, ensure_ascii=False, sort_keys=True)
        (folder / ABOUT).write_text(text, encoding="utf-8")
        return str(about["fingerprint"])

    @classmethod
    def load(cls, folder: Path) -> Heads:
        """The heads that `save` wrote. Raises NoHeads with a plain sentence."""
        try:
            about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            with np.load(folder / WEIGHTS) as found:
                arrays = {name: found[name] for name in found.files}
        except (OSError, ValueError) as error:
            raise NoHeads(f"No fitted heads in {folder}: run `make train`. ({error})") from error
        heads = {
            name: Head(
                tuple(labels),
                _part(arrays, name, "encoder"),
                _part(arrays, name, "ngram"),
                _mix(about["mix"][name]),
                _part(arrays, name, "tuned") if f"{name}_tuned_bias" in arrays else None,
            )
            for name, labels in about["labels"].items()
        }
        return cls(
            Ngrams(tuple(about["ngrams"]), arrays["rarity"]),
            heads,
            about["encoder"],
            arrays["mean"],
            arrays["spread"],
            about["decisions"],
            about["fingerprint"],
        )


def _named(head: Head) -> list[tuple[str, Part]]:
    """The parts that there are, by the name they have in the file."""
    found = [("encoder", head.encoder), ("ngram", head.ngram)]
    return found + ([("tuned", head.tuned)] if head.tuned else [])


def _mix(given: list[float]) -> Mix:
    return (given[0], given[1], given[2])


def _part(arrays: dict[str, NDArray[Any]], name: str, half: str) -> Part:
    weights = arrays[f"{name}_{half}_weights"]
    # The small half in full precision: numpy is slow on half precision.
    full = weights.astype(np.float32) if half != "ngram" else weights
    return Part(full, arrays[f"{name}_{half}_bias"])

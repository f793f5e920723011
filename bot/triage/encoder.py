"""The sentence encoder: ONNX model and tokenizer of `model/`, one core, checked at start."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

HOME: Final = Path(__file__).resolve().parent / "model"
DIMENSIONS: Final = 384
MAX_TOKENS: Final = 256  # what the encoder was trained on
# Alone: dynamic int8 scales over a whole batch, so neighbours and padding would change a
# message's reading (22 of 656 routes differed in batches of 32).
BATCH: Final = 1

Floats = NDArray[np.float32]


class BrokenModel(RuntimeError):
    """A file of the encoder is missing or is not the file that was released."""


def check_sums(folder: Path) -> str:
    """Compare the files with `sums.json`; returns a fingerprint of the whole.

    Raises BrokenModel with a plain sentence.
    """
    try:
        sums: dict[str, str] = json.loads((folder / "sums.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BrokenModel(f"The encoder's list of sums cannot be read: {error}") from error
    for name, wanted in sums.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise BrokenModel(f"The encoder's file {name} cannot be read: {error}") from error
        if found != wanted:
            raise BrokenModel(f"The encoder's file {name} is not the one that was released.")
    whole = "".join(f"{name}{sums[name]}" for name in sorted(sums))
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


class Encoder:
    """Text to 384 numbers. Safe to call from several threads."""

    def __init__(self, folder: Path = HOME) -> None:
        """Raises BrokenModel when a file is missing or changed."""
        self.fingerprint = check_sums(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # two readings on two cores beat one on two
        options.inter_op_num_threads = 1
        # Weights that are kept in int8 for size are made whole once, at load, not at each reading.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Floats:
        """[n, 384]; texts of like length go through together. `progress` hears how many."""
        ids = [row.ids for row in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        found = np.zeros((len(ids), DIMENSIONS), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            found[chosen] = self._run([ids[place] for place in chosen])
            if progress:
                progress(start + len(chosen))
        return found

    def _run(self, rows: list[list[int]]) -> Floats:
        width = max(len(row) for row in rows)
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = row
            mask[place, : len(row)] = 1
        feed = {"input_ids": ids, "attention_mask": mask}
        embedding: Floats = self._session.run(["embedding"], feed)[0]
        return embedding

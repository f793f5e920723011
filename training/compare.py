"""What int8 costs and what it saves: flipped decisions and time a message.

python -m training.compare --run final --texts data/eval/dev.jsonl
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from training import corpus
from training.export import OUT, session
from training.report import ratio


def embed(model: onnxruntime.InferenceSession, rows: list[list[int]]) -> np.ndarray:
    """Embeddings one message at a time, as the product asks for them."""
    found = []
    for row in rows:
        ids, mask = corpus.pad([row])
        found.append(model.run(["embedding"], {"input_ids": ids, "attention_mask": mask})[0][0])
    return np.array(found)


def decisions(embeddings: np.ndarray, heads: dict[str, np.ndarray], head: str) -> np.ndarray:
    """The label that a fine-tuned head chooses for each embedding."""
    scores = embeddings @ heads[f"{head}_w"] + heads[f"{head}_b"]
    chosen: np.ndarray = heads[f"{head}_labels"][scores.argmax(axis=1)]
    return chosen


def flips(folder: Path, rows: list[list[int]]) -> dict[str, object]:
    """How often int8 decides otherwise than fp32, and in which direction."""
    heads = dict(np.load(folder / "encoder_heads.npz"))
    full = embed(session(folder / "encoder.fp32.onnx", 2), rows)
    small = embed(session(folder / "encoder.onnx", 2), rows)
    found: dict[str, object] = {}
    for head, worst in (("route", "emergency"), ("danger", "now")):
        one, other = decisions(full, heads, head), decisions(small, heads, head)
        found[head] = {
            "flips": ratio(int((one != other).sum()), len(rows)),
            f"{worst} lost": int(((one == worst) & (other != worst)).sum()),
            f"{worst} gained": int(((one != worst) & (other == worst)).sum()),
        }
    cosine = (full * small).sum(1) / np.linalg.norm(full, axis=1) / np.linalg.norm(small, axis=1)
    return found | {"cosine, mean and least": [float(cosine.mean()), float(cosine.min())]}


def milliseconds(path: Path, rows: list[list[int]], times: int = 200) -> dict[str, float]:
    """Median and 95th centile of one embedding on one thread."""
    model = session(path)
    embed(model, rows[:10])
    spent = []
    for place in range(times):
        began = time.perf_counter()
        embed(model, [rows[place % len(rows)]])
        spent.append((time.perf_counter() - began) * 1000)
    middle, high = np.percentile(spent, [50, 95])
    return {"p50": round(float(middle), 2), "p95": round(float(high), 2)}


def main() -> None:
    """Print flips (with a hold-out) and times as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", required=True, help="a run that was exported")
    parser.add_argument("--texts", type=Path, required=True, help="labelled messages, JSONL")
    args = parser.parse_args()
    folder = OUT / args.run / "onnx"
    examples = [e for e in corpus.from_jsonl(args.texts) if e.route]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rows = corpus.tokenise(tokenizer, [e.text for e in examples])
    usual = [row for row, e in zip(rows, examples, strict=True) if len(e.text.split()) == 20]
    found = {"messages": len(rows), "flips": flips(folder, rows)}
    for name in ("encoder.onnx", "encoder.fp32.onnx"):
        found[f"milliseconds, 20 words, one thread, {name}"] = milliseconds(folder / name, usual)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()

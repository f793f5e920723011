"""Export the encoder to int8 ONNX and put it, with its sums, where the product reads it.

python -m training.export --run final          # the last checkpoint of training/out/final
python -m training.export --stock              # the weights before any fine-tuning
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from training.minilm import INNER, Encoder, load_stock, stock_folder

OPSET, IR_VERSION = 17, 8
LARGE = 10_000  # numbers in a weight that is worth shrinking
OUT = Path(__file__).resolve().parent / "out"
TARGET = Path(__file__).resolve().parent.parent / "bot" / "triage" / "model"
Saved = dict[str, Any]  # a checkpoint: model, labels, epoch ...
CHECKED = ("encoder.onnx", "tokenizer.json", "encoder_heads.npz")


def export_fp32(encoder: Encoder, path: Path) -> None:
    """Trace the encoder into an ONNX file with dynamic batch and sequence."""
    ids = torch.tensor([[101, 2393, 2033, 102], [101, 2393, 102, 0]])
    mask = (ids != 0).long()
    axes = {0: "batch", 1: "sequence"}
    torch.onnx.export(
        encoder.eval(),
        (ids, mask),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )
    model = onnx.load(str(path))
    model.ir_version = IR_VERSION
    onnx.save(model, str(path))


def quantise(source: Path, target: Path) -> None:
    """Int8 weights throughout, in the way that each part bears.

    The attention's products run in int8 (dynamic: activations are scaled at run time; unsigned
    weights, because signed ones overflow on processors without VNNI). The dense layers keep int8
    weights that are made whole when the model is loaded: their activations have outliers, and int8
    products there cost 21 flipped routes of 1,176 instead of 4. The size is the same, 23 MB.
    """
    model = onnx.load(str(source))
    sizes = {held.name: tuple(held.dims) for held in model.graph.initializer}
    dense = [
        node.name
        for node in model.graph.node
        if node.op_type == "MatMul" and any(INNER in sizes.get(name, ()) for name in node.input)
    ]
    half = target.with_suffix(".half.onnx")
    quantize_dynamic(
        source,
        half,
        weight_type=QuantType.QUInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_exclude=dense,
        extra_options={"MatMulConstBOnly": True},
    )
    model = onnx.load(str(half))
    shrink(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))
    half.unlink()


def shrink(model: onnx.ModelProto) -> None:
    """Keep each large float weight as int8, a scale a column (a row of an embedding table)."""
    graph, before = model.graph, []
    users = {name: node.op_type for node in graph.node for name in node.input}
    for held in list(graph.initializer):
        weight = numpy_helper.to_array(held)
        if weight.dtype != np.float32 or weight.ndim != 2 or weight.size < LARGE:
            continue
        axis = 1 if users.get(held.name) == "MatMul" else 0
        scale = (np.abs(weight).max(axis=1 - axis) / 127).astype(np.float32)
        scale[scale == 0] = 1
        wide = scale[None, :] if axis == 1 else scale[:, None]
        small = np.clip(np.rint(weight / wide), -127, 127).astype(np.int8)
        names = [f"{held.name}_{part}" for part in ("int8", "scale", "zero")]
        parts = (small, scale, np.zeros(len(scale), np.int8))
        graph.initializer.remove(held)
        graph.initializer.extend(map(numpy_helper.from_array, parts, names))
        before.append(helper.make_node("DequantizeLinear", names, [held.name], axis=axis))
    nodes = [*before, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """A session as the product opens it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def write_tokenizer(path: Path) -> None:
    """The stock tokenizer without its fixed padding and truncation: the caller sets both."""
    tokenizer = Tokenizer.from_file(str(stock_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(path), pretty=False)


def write_heads(path: Path, saved: Saved | None) -> None:
    """The fine-tuned linear heads: ``<head>_w`` [384, n], ``<head>_b``, ``<head>_labels``."""
    arrays: dict[str, np.ndarray] = {}
    if saved is not None:
        for name, labels in saved["labels"].items():
            arrays[f"{name}_w"] = saved["model"][f"heads.{name}_head.weight"].numpy().T.copy()
            arrays[f"{name}_b"] = saved["model"][f"heads.{name}_head.bias"].numpy()
            arrays[f"{name}_labels"] = np.array(labels)
    np.savez(path, **arrays)  # type: ignore[arg-type]


def sums(folder: Path) -> dict[str, str]:
    """The sha256 of every file that the product checks at its start."""
    return {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in CHECKED}


def deliver(folder: Path, target: Path) -> None:
    """Put the built files in place, each by a rename, the sums last."""
    target.mkdir(parents=True, exist_ok=True)
    (folder / "sums.json").write_text(json.dumps(sums(folder), indent=2) + "\n")
    for name in (*CHECKED, "sums.json"):
        hidden = target / f".{name}.new"
        shutil.copyfile(folder / name, hidden)
        hidden.replace(target / name)


def load_run(run: str) -> Saved:
    """The last checkpoint of a run."""
    saved: Saved = torch.load(OUT / run / "checkpoint.pt", map_location="cpu", weights_only=True)
    return saved


def build(encoder: Encoder, saved: Saved | None, folder: Path) -> None:
    """Write all the product's files, and the fp32 model beside them, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    export_fp32(encoder, folder / "encoder.fp32.onnx")
    quantise(folder / "encoder.fp32.onnx", folder / "encoder.onnx")
    write_tokenizer(folder / "tokenizer.json")
    write_heads(folder / "encoder_heads.npz", saved)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", help="a folder under training/out")
    parser.add_argument("--stock", action="store_true", help="export the weights as they come")
    parser.add_argument("--target", type=Path, default=TARGET)
    args = parser.parse_args()
    if bool(args.run) == args.stock:
        parser.error("give --run NAME or --stock")
    encoder, saved = Encoder(), None
    if args.stock:
        load_stock(encoder)
    else:
        saved = load_run(args.run)
        state = {k[8:]: v for k, v in saved["model"].items() if k.startswith("encoder.")}
        encoder.load_state_dict(state)
    with tempfile.TemporaryDirectory() as scratch:
        folder = OUT / args.run / "onnx" if args.run else Path(scratch)
        build(encoder, saved, folder)
        deliver(folder, args.target)
    print(json.dumps(json.loads((args.target / "sums.json").read_text()), indent=2))


if __name__ == "__main__":
    main()

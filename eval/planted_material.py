"""Real sentences with their sources, to plant faults in."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from assistant.compose.scene import source
from assistant.verify import Source
from ingest.clean import clean
from ingest.document import Document, Span
from ingest.errors import ReadError
from ingest.formats import read
from ingest.parts import Part, PartKind, Role
from ingest.sentences import sentences
from ingest.structure import analyse

_SUFFIXES = (".txt", ".md")
_LARGEST = 150_000  # bytes; a larger file would give its own sentences too much weight
_MEMBER = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+(?:[- ][A-ZÅÄÖ][a-zåäöé]+)+ \([A-ZÅÄÖ]{1,3}\)")
_ASKS = re.compile(r"\b(?:yrkar|yrkade|föreslår|föreslog|hemställer|tillstyrker|avstyrker)\b")
_RESERVES = re.compile(r"\breserver(?:ar|ade) sig\b")
_DEBRIS = re.compile(r"[\t|�_*#\[\]<>]|\.{3,}|  ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One real sentence.

    Attributes:
        text: the sentence on one line, free of page furniture.
        span: where it stands.
        source: the sentence, or it and its neighbours, as a composer would cite it.
        role: what it does.
    """

    document: Document
    part: Part
    text: str
    span: Span
    source: Source
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """All the material of a run.

    Attributes:
        members: people with their parties, as written, over all the documents.
    """

    materials: tuple[Material, ...]
    members: tuple[str, ...]
    documents: tuple[Document, ...]


def gather(corpus: Path, rng: random.Random, files: int) -> Pool:
    """Material from a random choice of the corpus' text files."""
    paths = sorted(
        path
        for path in corpus.rglob("*")
        if path.suffix in _SUFFIXES and path.stat().st_size <= _LARGEST
    )
    chosen = rng.sample(paths, min(files, len(paths)))
    materials: list[Material] = []
    documents: list[Document] = []
    for path in chosen:
        try:
            document = read(path, path.relative_to(corpus).as_posix())
        except ReadError:
            continue
        documents.append(document)
        for part in analyse(document):
            materials.extend(_of_part(document, part, rng))
    members = sorted({name for m in materials for name in _MEMBER.findall(m.text)})
    return Pool(materials=tuple(materials), members=tuple(members), documents=tuple(documents))


def _of_part(document: Document, part: Part, rng: random.Random) -> Iterator[Material]:
    if part.kind in (PartKind.TABLE_OF_CONTENTS, PartKind.MINUTES_HEAD):
        return
    spans = _sentence_spans(document, part)
    for at, span in enumerate(spans):
        text = " ".join(clean(document, span).text.split())
        if not _usable(text):
            continue
        role = _role(text, part)
        low = spans[max(0, at - rng.choice((0, 0, 1)))].start
        high = spans[min(len(spans) - 1, at + rng.choice((0, 0, 1)))].end
        yield Material(
            document=document,
            part=part,
            text=text,
            span=span,
            source=source(document, part, low, high, role),
            role=role,
        )


def _sentence_spans(document: Document, part: Part) -> list[Span]:
    view = clean(document, Span(part.start, part.end))
    spans = [view.span(start, end) for start, end in sentences(view.text)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    return spans


def _usable(text: str) -> bool:
    words = text.split()
    return (
        6 <= len(words) <= 60
        and text[0].isupper()
        and text[-1] == "."
        and not _DEBRIS.search(text)
        and sum(char.isalpha() for char in text) > 0.6 * len(text)
    )


def _role(text: str, part: Part) -> Role:
    if _RESERVES.search(text):
        return Role.RESERVATION
    return Role.PROPOSAL if _ASKS.search(text) else part.role

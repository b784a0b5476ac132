"""Which documents the cases are about, and the index that holds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from eval.cases import Case
from eval.corpus import Texts
from ingest.document import Document
from ingest.errors import BereddError
from ingest.formats import discover
from vectorstore.bundled import Bundled
from vectorstore.embedding import Embedder
from vectorstore.index import Index, create_index
from vectorstore.ingestion import Progress, Report, ingest
from vectorstore.reading import READING_VERSION
from vectorstore.remote import RemoteEmbedder

NEIGHBOURS = ("../corpus", "../../samples", "../samples", ".", "..")
"""Where a case file's documents may lie, from the file's own folder; tried in this order."""


def gold_files(cases: Iterable[Case]) -> list[str]:
    """Every file that a gold passage names, sorted."""
    return sorted(
        {gold.file for case in cases for turn in case.turns for part in turn.gold_any
         for gold in part}
    )  # fmt: skip


def beside(case_files: Sequence[Path], cases: Sequence[Case]) -> tuple[Path, ...]:
    """Folders beside the case files that hold every gold file, or () where there are none.

    A gold file "boras/a.txt" below `../corpus` gives `../corpus/boras`: the collection is what the
    gold names, not what happens to lie beside it. A bare "a.txt" gives the folder itself.
    """
    wanted = gold_files(cases)
    for neighbour in NEIGHBOURS:
        bases = dict.fromkeys((file.parent / neighbour).resolve() for file in case_files)
        for base in bases:
            if wanted and all((base / file).is_file() for file in wanted):
                heads = dict.fromkeys(Path(file).parts[0] for file in wanted)
                folders = [base / head for head in heads]
                return tuple(folders) if all(f.is_dir() for f in folders) else (base,)
    return ()


def build(
    folder: Path,
    documents: Sequence[Path],
    embedder: Bundled | Embedder | RemoteEmbedder,
    progress: Progress,
) -> Report:
    """Ingests the documents into the index in `folder`; what is there already costs nothing.

    BereddError if a file cannot be read: figures over half a collection are no figures.
    """
    index = create_index(folder, embedder)
    report = ingest(index, embedder, documents, prune=True, progress=progress)
    if not index.entries:
        raise BereddError(f"No document could be read in {', '.join(map(str, documents))}.")
    return report


def built_name(documents: Sequence[Path]) -> str:
    """A folder name for the index of these documents, the same every time."""
    key = "\0".join(str(path.resolve()) for path in documents)
    return f".index-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def texts_of(index: Index) -> Texts:
    """The documents of an index, as they were ingested."""

    def read(file: str) -> Document:
        stored = index.document(file)
        if stored is None:
            raise BereddError(f"{file} was removed from the index while it was being read.")
        # An index keeps few documents in memory; the evaluation keeps those that gold names.
        return replace(stored.document, marks=())

    return Texts(index.entries, read)


def digest_of(index: Index) -> str:
    """SHA-256 over the names and digests of all documents of an index."""
    total = hashlib.sha256()
    for file, entry in sorted(index.entries.items()):
        total.update(f"{file}\0{entry.digest}\n".encode())
    return total.hexdigest()


def digest_of_files(folders: Sequence[Path]) -> str:
    """The same as `digest_of` of an index of these folders, without making one."""
    found, _ = discover(list(folders))
    total = hashlib.sha256()
    for item in sorted(found, key=lambda item: item.file):
        with item.path.open("rb") as file:
            bytes_digest = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{item.file}\0{bytes_digest}:{READING_VERSION}\n".encode())
    return total.hexdigest()


def set_name(passages: Mapping[str, str]) -> str:
    """A folder name for a set of texts: the same for the same texts, another when one changes."""
    total = hashlib.sha256()
    for text in passages.values():
        total.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return f".set-{total.hexdigest()[:12]}"


def passages_as_files(folder: Path, passages: Mapping[str, str]) -> dict[str, str]:
    """Writes each passage as a text file with a name that says nothing; file name → passage id."""
    names: dict[str, str] = {}
    for number, (name, text) in enumerate(passages.items()):
        file = f"t{number:05}.txt"
        (folder / file).write_text(text, encoding="utf-8")
        names[file] = name
    return names

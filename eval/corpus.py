"""The documents that citations and gold passages point into, by file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from eval.match import same_file
from ingest.document import Document


class CorpusTexts(Protocol):
    """Documents by file, with their text and pages exactly as they were ingested."""

    def files(self) -> Sequence[str]:
        """Every document's file, sorted."""
        ...

    def document(self, file: str) -> Document | None:
        """The document whose path is `file` or of which one is a suffix of the other, or None."""
        ...


class Texts:
    """A corpus over documents that are read when they are first asked for.

    `read` gives the document of one of `files`; its errors are the caller's to see. A path that
    fits several files (a bare name in two folders) fits none.
    """

    def __init__(self, files: Iterable[str], read: Callable[[str], Document]) -> None:
        self._files = tuple(sorted(files))
        self._read = read
        self._known: dict[str, Document] = {}

    def files(self) -> Sequence[str]:
        """Every document's file, sorted."""
        return self._files

    def document(self, file: str) -> Document | None:
        """The document of `file`, or None where no file or more than one fits."""
        exact = [known for known in self._files if known == file]
        fitting = exact or [known for known in self._files if same_file(known, file)]
        if len(fitting) != 1:
            return None
        name = fitting[0]
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]


def of_documents(documents: Iterable[Document]) -> Texts:
    """A corpus over documents in memory."""
    known: Mapping[str, Document] = {document.file: document for document in documents}
    return Texts(known, known.__getitem__)


def of_folders(folders: Iterable[Path]) -> Texts:
    """A corpus over the files of folders, read as ingestion reads them when they are asked for."""
    from ingest.formats import discover, read

    found, _ = discover(list(folders))
    paths = {item.file: item.path for item in found}
    return Texts(paths, lambda file: read(paths[file], file))

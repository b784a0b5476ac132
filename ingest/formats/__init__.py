"""Readers: from a file's bytes to a `Document`.

A reader is a module of this package with `read(source: Source) -> Document`. It is imported when
the first file of its kind is read, so that importing this package costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import cast

from ingest.document import Document
from ingest.errors import ReadError
from ingest.formats.source import Source, load
from ingest.formats.walk import Failure, Found, unknown_format, walk

__all__ = ["FORMATS", "Failure", "Found", "discover", "read", "read_source"]

_READERS = {
    "text": (".txt", ".text", ".md", ".markdown"),
    "pdf_reader": (".pdf",),
    "docx": (".docx", ".docm"),
    "odt": (".odt", ".ott"),
    "html": (".html", ".htm", ".xhtml"),
    "office": (".doc", ".rtf"),
    "image": (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"),
    "mail": (".eml",),
}

FORMATS: Mapping[str, str] = MappingProxyType(
    {suffix: module for module, suffixes in _READERS.items() for suffix in suffixes}
)
"""The suffixes that can be read, in lower case with their dot, and the module that reads each."""


def read(path: Path, file: str) -> Document:
    """Reads one file. `file` becomes the document's id.

    Raises:
        ReadError: the file cannot be read; it says why and what to do.
    """
    if path.suffix.lower() not in FORMATS:
        raise unknown_format(path.suffix)
    return read_source(load(path, file), path.suffix.lower())


def read_source(source: Source, suffix: str | None = None) -> Document:
    """Reads content that is in memory already; `suffix` decides the reader.

    Raises:
        ReadError: the content cannot be read, or no reader knows the suffix.
    """
    suffix = source.suffix if suffix is None else suffix
    if suffix not in FORMATS:
        raise unknown_format(suffix)
    reader = import_module(f"ingest.formats.{FORMATS[suffix]}")
    try:
        return cast(Document, reader.read(source))
    except RecursionError:
        raise ReadError("the file is nested too deeply", "Save it anew from its program.") from None
    except MemoryError:
        raise ReadError("the file needs more memory than there is", "Split it.") from None


def discover(paths: Sequence[Path]) -> tuple[list[Found], list[Failure]]:
    """The files to read below the paths, by id, and what cannot be read. Nothing is opened."""
    return walk(paths, frozenset(FORMATS))

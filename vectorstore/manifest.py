"""The index's own note of what made it and how far it has come: `index.json`."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from vectorstore.errors import IndexDamaged, IndexMismatch

FORMAT = 2
"""The version of everything stored. Raise it when older versions could not read what is written."""
READS = (1, FORMAT)
"""The versions that are read; what is written into an older one raises it to the latest."""

_NAME = "index.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made an index, and its generation.

    Attributes:
        model: the identity of the embedding model.
        dimensions: length of its vectors.
        generation: raised after every change that readers must see.
        format: version of the stored data.
        masked: personal numbers are masked in whatever is read, also later.
    """

    model: str
    dimensions: int
    generation: int = 0
    format: int = FORMAT
    masked: bool = False

    def next(self, *, masked: bool) -> Manifest:
        """The manifest of the next generation."""
        return replace(self, generation=self.generation + 1, masked=masked, format=FORMAT)


def read(folder: Path) -> Manifest | None:
    """The manifest of an index folder, or None where there is none.

    Raises:
        IndexDamaged: the file cannot be understood.
        IndexMismatch: the index was written by another version of the format.
    """
    try:
        raw = (folder / _NAME).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        data = json.loads(raw)
        version = data["format"]
        if version in READS:
            return Manifest(**data)
    except (ValueError, TypeError, KeyError) as error:
        raise IndexDamaged(
            f"{folder / _NAME} cannot be read. Restore a backup with: beredd restore FILE --index "
            f"{folder} --force; or build the index anew with: beredd ingest --reindex DOCUMENTS/ "
            f"--index {folder}"
        ) from error
    raise IndexMismatch(
        f"The index in {folder} has format {version}; this version reads {FORMAT}. Build it anew "
        f"with: beredd ingest --reindex DOCUMENTS/ --index {folder}"
    )


def write(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest in one step: a reader sees the old or the new one, never half of it."""
    target = folder / _NAME
    temporary = folder / f".{_NAME}.{os.getpid()}"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)


def stamp(folder: Path) -> tuple[int, int] | None:
    """A cheap sign that the manifest has changed: modification time in ns, and inode."""
    try:
        status = (folder / _NAME).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino

"""The folder where papers added on the page are kept.

A paper comes with a name that somebody else has given it: of that only a plain file name is kept.
It waits in `.waiting/` until it is read; then it lies beside the others. Where a new version cannot
be read, the one before comes back.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import AsyncIterable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from anyio import open_file

from ingest.formats import FORMATS
from vectorstore.stored import Entry

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_LONGEST = 150
"""Bytes of a file name; file systems take 255, and a working copy needs room for its mark."""


class Refused(Exception):
    """A paper is not taken. `why`: "name", "format", "empty", "large" or "taken"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def plain_name(given: str) -> str:
    """A file name that names no folder, hides nothing and is safe on every system.

    Raises:
        Refused: nothing of the name is left, or its format is none that is read.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    clean = " ".join(_FORBIDDEN.sub("", last).split()).strip(". ~$")
    if _RESERVED.match(clean):
        clean = f"_{clean}"
    suffix = PurePosixPath(clean).suffix
    stem = clean[: len(clean) - len(suffix)].rstrip(". ")
    if not stem:
        raise Refused("name")
    if suffix.lower() not in FORMATS:
        raise Refused("format")
    while len(f"{stem}{suffix}".encode()) > _LONGEST:
        stem = stem[:-1]
    return f"{stem.rstrip('. ')}{suffix}"


@dataclass(frozen=True, slots=True)
class Shelved:
    """Files to read. `fresh`: names of those that have just come."""

    files: tuple[Path, ...] = ()
    fresh: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder. `limit`: bytes that a file may have."""

    folder: Path
    limit: int

    async def put(
        self, given: str, content: AsyncIterable[bytes], known: Mapping[str, Entry]
    ) -> str:
        """Takes a paper in, to wait until it is read; returns the name it has here.

        Args:
            known: what is indexed; a name that belongs to a paper from elsewhere is not taken.

        Raises:
            Refused: it is not taken; nothing of it is left.
            OSError: the disk is full, or the folder may not be written.
        """
        name = plain_name(given)
        if name in known and not self.holds(known[name]):
            raise Refused("taken")
        waiting = self.waiting
        waiting.mkdir(parents=True, exist_ok=True)
        part = waiting / f".{secrets.token_hex(8)}"
        try:
            await self._received(part, content)
            part.replace(waiting / name)
        finally:
            part.unlink(missing_ok=True)
        return name

    async def _received(self, part: Path, content: AsyncIterable[bytes]) -> None:
        size = 0
        async with await open_file(part, "wb") as out:
            async for chunk in content:
                size += len(chunk)
                if size > self.limit:
                    raise Refused("large")
                await out.write(chunk)
        if not size:
            raise Refused("empty")

    @property
    def waiting(self) -> Path:
        """Where papers wait until they are read."""
        return self.folder / ".waiting"

    @property
    def _before(self) -> Path:
        return self.folder / ".before"

    @property
    def _mark(self) -> Path:
        """Stands in the folder while its papers are being read."""
        return self.folder / ".reading"

    @property
    def unread(self) -> bool:
        """True if papers wait, or a reading was cut off."""
        waits = self.waiting.is_dir() and any(self.waiting.glob("[!.]*"))
        return waits or self._mark.exists()

    def shelve(self) -> Shelved:
        """Puts what waits beside the others, and the versions before aside.

        After a reading that was cut off, the whole folder is to be read.
        """
        fresh = []
        for file in sorted(self.waiting.glob("[!.]*")) if self.waiting.is_dir() else ():
            target = self.folder / file.name
            if target.exists():
                self._before.mkdir(exist_ok=True)
                target.replace(self._before / file.name)
            file.replace(target)
            fresh.append(target)
        files = sorted(self.folder.glob("[!.]*")) if self._mark.exists() else fresh
        if files:
            self._mark.touch()
        return Shelved(tuple(files), tuple(path.name for path in fresh))

    def settle(self, shelved: Shelved, failed: Iterable[str] = ()) -> None:
        """After reading: a new paper that failed goes, and the version before it comes back."""
        for name in set(failed) & set(shelved.fresh):
            (self.folder / name).unlink(missing_ok=True)
            if (self._before / name).exists():
                (self._before / name).replace(self.folder / name)
        for old in self._before.glob("*") if self._before.is_dir() else ():
            old.unlink()
        self._mark.unlink(missing_ok=True)

    def put_back(self, shelved: Shelved) -> None:
        """After a reading that never began: the papers wait again."""
        for name in shelved.fresh:
            (self.folder / name).replace(self.waiting / name)
            if (self._before / name).exists():
                (self._before / name).replace(self.folder / name)
        self._mark.unlink(missing_ok=True)

    def holds(self, entry: Entry) -> bool:
        """True if a document was read from this folder, and goes with it when it is removed."""
        return Path(entry.source).parent == self.folder.resolve()

    def drop(self, entry: Entry) -> None:
        """Removes a document's file, if it lies here."""
        if self.holds(entry):
            Path(entry.source).unlink(missing_ok=True)

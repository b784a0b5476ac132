"""Which files there are to read: folders walked, what cannot be read named."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from ingest.errors import ReadError


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `file`: its posix path relative to the ingested folder, in NFC."""

    path: Path
    file: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that cannot be ingested, and why.

    Attributes:
        file: as a person would name it: relative to the ingested folder.
        reason: what is wrong, as a clause.
        remedy: what to do, a sentence.
    """

    file: str
    reason: str
    remedy: str


def walk(paths: Sequence[Path], suffixes: frozenset[str]) -> tuple[list[Found], list[Failure]]:
    """The files below the paths that have one of the suffixes, in order of their ids.

    A folder's files are named relative to it, a file on its own by its name. Hidden files are
    skipped; unknown formats, forbidden folders, symlink loops and links that lead out of all the
    folders given are failures. Two files with the same id from different folders are told apart by
    their folder's name.
    """
    roots = tuple(os.path.realpath(path) for path in paths)
    found: list[Found] = []
    failures: list[Failure] = []
    for path in paths:
        for item in _below(path, roots):
            if isinstance(item, Failure):
                failures.append(item)
            elif item.path.suffix.lower() in suffixes:
                found.append(item)
            else:
                failures.append(_unknown(item))
    return _told_apart(found), failures


def file_id(path: PurePath) -> str:
    """The document id for a relative path: posix, NFC; bytes that are no text are replaced."""
    name = path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", name)


def _below(path: Path, roots: tuple[str, ...]) -> Iterator[Found | Failure]:
    if path.is_dir():
        yield from _folder(path, path, (), roots)
    elif path.exists():
        yield Found(path, file_id(PurePath(path.name)))
    elif path.is_symlink():
        yield Failure(file_id(path), "it is a link that leads nowhere", "Mend or remove the link.")
    else:
        yield Failure(file_id(path), "there is no such file or folder", "Check the path.")


def _folder(
    folder: Path, root: Path, above: tuple[tuple[int, int], ...], roots: tuple[str, ...]
) -> Iterator[Found | Failure]:
    """The folder's files and those below it; `above`: device and inode of the folders above;
    `roots`: the real paths that no link may lead out of."""
    name = file_id(folder.relative_to(root)) if folder != root else file_id(folder)
    try:
        stat = folder.stat()
        here = (stat.st_dev, stat.st_ino)
        if here in above:
            yield Failure(name, "it is a symlink loop", "Remove the link.")
            return
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _closed(name, error)
        return
    for entry in entries:
        if not entry.name.startswith((".", "~$")):
            yield from _entry(Path(entry.path), root, (*above, here), roots)


def _entry(
    path: Path, root: Path, above: tuple[tuple[int, int], ...], roots: tuple[str, ...]
) -> Iterator[Found | Failure]:
    name = file_id(path.relative_to(root))
    try:
        path.stat()
    except OSError as error:
        yield _closed(name, error)
        return
    if path.is_symlink() and not _is_inside(os.path.realpath(path), roots):
        yield Failure(
            name,
            "it is a link that leads out of the folder",
            "Give the folder that it leads to as well, if you trust it.",
        )
    elif path.is_dir():
        yield from _folder(path, root, above, roots)
    elif path.is_file():
        yield Found(path, name)
    else:
        yield Failure(name, "it is not a regular file", "Leave it outside the folder.")


def _is_inside(path: str, roots: tuple[str, ...]) -> bool:
    return any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


def _closed(name: str, error: OSError) -> Failure:
    if isinstance(error, PermissionError):
        reason = "you have no permission to read it"
        return Failure(name, reason, "Change the permissions or run as its owner.")
    if isinstance(error, FileNotFoundError):
        return Failure(name, "it is a link that leads nowhere", "Mend or remove the link.")
    if error.strerror and "symbolic links" in error.strerror:
        return Failure(name, "it is a symlink loop", "Remove the link.")
    return Failure(name, f"it cannot be read: {error.strerror}", "Check the disk or share.")


def _unknown(item: Found) -> Failure:
    error = unknown_format(item.path.suffix)
    return Failure(item.file, error.reason, error.remedy)


def unknown_format(suffix: str) -> ReadError:
    """The error for a suffix that no reader knows."""
    what = f'the format "{suffix}" is unknown' if suffix else "the file name has no suffix"
    return ReadError(what, "Save it as PDF, docx, odt, html or text.")


def _told_apart(found: list[Found]) -> list[Found]:
    """The same files, sorted and without repeats; equal ids get their folder's name in front."""
    unique = {os.path.realpath(item.path): item for item in reversed(found)}
    by_id: dict[str, list[Found]] = {}
    for item in unique.values():
        by_id.setdefault(item.file, []).append(item)
    told = [item for same in by_id.values() for item in (same if len(same) == 1 else _named(same))]
    return sorted(told, key=lambda item: item.file)


def _named(same: list[Found]) -> list[Found]:
    return [Found(item.path, file_id(_with_folder(item))) for item in same]


def _with_folder(item: Found) -> PurePath:
    path = item.path.absolute()
    depth = len(PurePath(item.file).parts) + 1
    return PurePath(*path.parts[-depth:])

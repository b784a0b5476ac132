"""Archives of a backup: a few plain files with their checksums, in a compressed tar file.

What is read from an archive is not trusted: only names that a backup has are taken, only regular
files, only as many bytes as its list of contents states, and only with the digest stated there.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ingest.errors import BereddError

SUFFIXES = (".tar.gz", ".tar.zst")
_CONTENTS = "contents.json"
_LARGEST_CONTENTS = 16_000_000
_ROWS = ("documents.jsonl", "passages.jsonl", "vectors.f32")
FILES = "files"
"""The folder in the archive for the index folder's own plain files."""
_CHUNK = 1 << 20


class BadBackup(BereddError):
    """An archive is no backup, or is damaged."""


def write(target: Path, folder: Path, about: Mapping[str, Any]) -> None:
    """Packs the files of a folder into an archive, in one step: it is there whole or not at all.

    Args:
        about: what is said of the whole, beside the list of the files.
    """
    listed = {
        file.relative_to(folder).as_posix(): {
            "size": file.stat().st_size,
            "sha256": _digest(file),
        }
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    contents = folder / _CONTENTS
    contents.write_text(json.dumps({**about, "files": listed}, indent=1), encoding="utf-8")
    half = target.with_name(f".{target.name}.half")
    with half.open("wb") as raw:
        half.chmod(0o600)
        with _packing(raw, target) as tar:
            for name in (_CONTENTS, *listed):
                tar.add(folder / name, name, recursive=False, filter=_plain)
    half.replace(target)


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A member without its owner: whose files they were is nobody's business."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def unpack(archive: Path, folder: Path) -> dict[str, Any]:
    """Unpacks an archive into an empty folder; returns what it says of itself.

    Raises:
        BadBackup: it is no backup, holds what no backup holds, or is damaged.
    """
    try:
        with _unpacking(archive) as tar:
            return _unpacked(tar, archive, folder)
    except FileNotFoundError:
        raise BereddError(f"There is no file {archive}. Check the path.") from None
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
        raise _bad(archive, f"it cannot be unpacked: {error}") from error


def _unpacked(tar: tarfile.TarFile, archive: Path, folder: Path) -> dict[str, Any]:
    members = iter(tar)
    first = next(members, None)
    if first is None or first.name != _CONTENTS or not 0 < first.size <= _LARGEST_CONTENTS:
        raise _bad(archive, "it has no list of contents")
    about: dict[str, Any] = json.loads(_stream(tar, first, archive).read())
    listed = {str(name): (int(v["size"]), str(v["sha256"])) for name, v in about["files"].items()}
    if sum(size for size, _ in listed.values()) > shutil.disk_usage(folder).free:
        raise BereddError(f"{archive} needs more room than there is. Make room, and try again.")
    for member in members:
        if not _is_allowed(member.name) or member.name not in listed:
            raise _bad(archive, f"it holds {member.name!r}, which no backup holds")
        size, digest = listed.pop(member.name)
        if member.size != size:
            raise _bad(archive, f"{member.name} has another size than stated")
        if _saved(_stream(tar, member, archive), folder / member.name) != digest:
            raise _bad(archive, f"{member.name} is damaged")
    if listed:
        raise _bad(archive, f"{next(iter(listed))} is missing")
    return about


def _is_allowed(name: str) -> bool:
    """True for a name that leads to a place inside the folder, and that a backup has."""
    path = PurePosixPath(name)
    if name in _ROWS:
        return True
    plain = path.as_posix() == name and "\\" not in name and name.isprintable()
    inside = not path.is_absolute() and all(not part.startswith(".") for part in path.parts)
    return plain and inside and len(path.parts) > 1 and path.parts[0] == FILES


def _stream(tar: tarfile.TarFile, member: tarfile.TarInfo, archive: Path) -> IO[bytes]:
    stream = tar.extractfile(member) if member.isreg() else None
    if stream is None:
        raise _bad(archive, f"{member.name!r} is no plain file")
    return stream


def _saved(stream: IO[bytes], target: Path) -> str:
    """Writes a stream to a file; returns its SHA-256 in hex."""
    target.parent.mkdir(parents=True, exist_ok=True)
    seen = hashlib.sha256()
    with target.open("xb") as out:
        while chunk := stream.read(_CHUNK):
            seen.update(chunk)
            out.write(chunk)
    return seen.hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _packing(raw: IO[bytes], target: Path) -> Iterator[tarfile.TarFile]:
    if target.name.endswith(".zst"):
        import zstandard

        with (
            zstandard.ZstdCompressor(level=6).stream_writer(raw) as packed,
            tarfile.open(fileobj=packed, mode="w|") as tar,
        ):
            yield tar
        return
    with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
        yield tar


@contextmanager
def _unpacking(archive: Path) -> Iterator[tarfile.TarFile]:
    with archive.open("rb") as raw:
        if archive.name.endswith(".zst"):
            import zstandard

            try:
                with (
                    zstandard.ZstdDecompressor().stream_reader(raw) as unpacked,
                    tarfile.open(fileobj=unpacked, mode="r|") as tar,
                ):
                    yield tar
            except zstandard.ZstdError as error:
                raise _bad(archive, f"it cannot be unpacked: {error}") from error
            return
        try:
            with tarfile.open(fileobj=raw, mode="r|gz") as tar:
                yield tar
        except OSError as error:  # what gzip raises for damage
            if error.errno is not None:
                raise
            raise _bad(archive, f"it cannot be unpacked: {error}") from error


def _bad(archive: Path, why: str) -> BadBackup:
    return BadBackup(f"{archive} is not a whole backup: {why}. Take another one.")

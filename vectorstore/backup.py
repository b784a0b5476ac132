"""Backup and restore of an index: its rows as plain lines, which any version of Chroma takes.

The lexical index is not kept: it is derived, and built again from what is restored.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from ingest.errors import BereddError
from vectorstore import archive, manifest
from vectorstore.archive import FILES, SUFFIXES, BadBackup
from vectorstore.index import collection, missing, open_index
from vectorstore.lock import writing
from vectorstore.manifest import Manifest
from vectorstore.store import Store

FORMAT = 1
"""The version of what a backup holds."""
_OURS = ("index.json", "chroma", "lexical")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """How much a backup holds."""

    documents: int
    passages: int


def backup(folder: Path, target: Path, server: str | None = None, *, wait_s: float = 600.0) -> Kept:
    """Writes an index to an archive, as it is between two ingests.

    Raises:
        BereddError: there is no index, the target is there already or has an unknown suffix, or
            another process writes to the index for longer than `wait_s` seconds.
    """
    if not target.name.endswith(SUFFIXES):
        raise BereddError(f"{target} must end with {' or '.join(SUFFIXES)}. Choose such a name.")
    if target.exists():
        raise BereddError(f"{target} is there already. Choose another name, or remove it first.")
    found = manifest.read(folder)
    if found is None:
        raise missing(folder)
    with TemporaryDirectory(dir=target.parent, prefix=".backup-") as made:
        with writing(folder, wait_s=wait_s):
            store = Store(server or folder / "chroma", collection(folder, server))
            kept = _dump(store, Path(made), found.dimensions)
            found = manifest.read(folder) or found
            _copy_files(folder, Path(made) / FILES)
        about = {
            "beredd_backup": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "manifest": asdict(found),
            **asdict(kept),
        }
        archive.write(target, Path(made), about)
    return kept


def _dump(store: Store, folder: Path, dimensions: int) -> Kept:
    """Writes the rows of a store to files; passages that belong to no document are left out."""
    files: list[str] = []
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as out:
        for file, entry, beside in store.document_rows():
            files.append(file)
            _line(out, {"id": file, "entry": entry, "beside": dict(beside)})
    passages = 0
    with (
        (folder / "passages.jsonl").open("w", encoding="utf-8") as out,
        (folder / "vectors.f32").open("wb") as vectors,
    ):
        for file in files:
            for row_id, text, beside, vector in store.passage_rows(file):
                _line(out, {"id": row_id, "text": text, "beside": dict(beside)})
                vectors.write(np.resize(vector, dimensions).astype("<f4").tobytes())
                passages += 1
    return Kept(len(files), passages)


def _line(out: Any, data: dict[str, Any]) -> None:
    out.write(json.dumps(data, ensure_ascii=True) + "\n")


def _copy_files(folder: Path, target: Path) -> None:
    """Copies what else lies in the index folder: marks of right and wrong, the log of questions."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if file.is_file() and not file.is_symlink() and not hidden and inside.parts[0] not in _OURS:
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / inside)


def restore(source: Path, folder: Path, server: str | None = None, *, force: bool = False) -> Kept:
    """Builds the index in `folder` from an archive; what was there stays until that is done.

    Args:
        force: replaces an index that is there.

    Raises:
        BadBackup: the archive is damaged, or no backup.
        BereddError: an index is there and `force` is not given, or the folder holds other things.
    """
    there = _require_free(folder, force)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.restore-") as made:
        unpacked, built = Path(made) / "unpacked", Path(made) / "index"
        unpacked.mkdir()
        about = archive.unpack(source, unpacked)
        wanted = _manifest(source, about, there)
        built.mkdir()
        with _store(built, folder, server, force=force) as store:
            kept = _fill(store, unpacked, wanted.dimensions, source)
        if (unpacked / FILES).is_dir():
            shutil.copytree(unpacked / FILES, built, dirs_exist_ok=True)
        manifest.write(built, wanted)
        with writing(folder) if there else nullcontext():
            _put_in_place(built, folder)
    open_index(folder, server)  # builds the lexical index
    return kept


def _require_free(folder: Path, force: bool) -> Manifest | None:
    """The manifest of the index that will be replaced, or None where nothing is."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    if not (folder / "index.json").exists():
        raise BereddError(f"{folder} holds something that is no index. Choose another folder.")
    if not force:
        raise BereddError(
            f"There is an index at {folder} already. Choose another folder, or replace it with "
            "--force."
        )
    try:
        return manifest.read(folder)
    except BereddError:  # a damaged index is what backups are for
        return Manifest("", 0)


def _manifest(source: Path, about: dict[str, Any], there: Manifest | None) -> Manifest:
    """The restored index's manifest, of a generation that no reader of the old one has seen."""
    try:
        if about["beredd_backup"] != FORMAT:
            raise BereddError(
                f"{source} has format {about['beredd_backup']}; this version reads {FORMAT}. "
                "Restore it with the version that made it."
            )
        kept = Manifest(**about["manifest"])
        floor = max(kept.generation, there.generation if there else 0) + 1
        made = replace(kept, generation=floor, format=int(kept.format), masked=bool(kept.masked))
    except (KeyError, TypeError, ValueError) as error:
        raise BadBackup(f"{source} does not say what it holds. Take another backup.") from error
    if made.format not in manifest.READS or not 0 < int(made.dimensions) <= 65_536:
        raise BereddError(
            f"{source} holds an index of format {made.format}; this version reads "
            f"{manifest.FORMAT}. Restore it with the version that made it."
        )
    return made


@contextmanager
def _store(built: Path, folder: Path, server: str | None, *, force: bool) -> Iterator[Store]:
    """The store to fill: empty, in the new folder or on the server."""
    store = Store(server or built / "chroma", collection(folder, server))
    if server:
        ids = [row_id for row_id, _, _ in store.document_rows()]
        if ids and not force:
            raise BereddError(
                f"The server at {server} holds an index of this name already. Choose another "
                "folder, or replace it with --force."
            )
        for row_id in ids:
            store.remove_document(row_id)
        store.delete_passages(store.passage_ids())
    yield store
    store.close()


def _fill(store: Store, folder: Path, dimensions: int, source: Path) -> Kept:
    """Writes the rows of the files into a store, documents after their passages."""
    passages = documents = 0
    try:
        with (folder / "vectors.f32").open("rb") as vectors:
            for rows in _batches(folder / "passages.jsonl"):
                raw = vectors.read(len(rows) * dimensions * 4)
                block = np.frombuffer(raw, "<f4").reshape(len(rows), dimensions)
                store.put_passage_rows([(r["id"], r["text"], r["beside"]) for r in rows], block)
                passages += len(rows)
        for rows in _batches(folder / "documents.jsonl"):
            store.put_document_rows([(r["id"], r["entry"], r["beside"]) for r in rows])
            documents += len(rows)
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise BadBackup(f"{source} cannot be understood ({error}). Take another one.") from error
    return Kept(documents, passages)


def _batches(file: Path) -> Iterator[list[dict[str, Any]]]:
    with file.open(encoding="utf-8") as lines:
        while some := [json.loads(line) for line in islice(lines, _BATCH)]:
            yield some


def _put_in_place(built: Path, folder: Path) -> None:
    """Puts the new index where the old one was; the old one goes only then."""
    aside = folder.with_name(f".{folder.name}.replaced-{os.getpid()}")
    if folder.exists():
        folder.rename(aside)
    try:
        built.rename(folder)
    except OSError:
        if aside.exists():
            aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)

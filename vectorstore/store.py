"""The store: Chroma, in process or as a server. This file is Chroma's only home.

Two collections hold everything. `documents` has a row for each file: the packed document and what
a list of documents shows. `passages` has a row for each passage: its vector, text and context. A
document's row is written after its passages and removed before them, so a passage counts only if
the row of its file names its digest: whatever a killed process left behind is never cited, and
`sweep` removes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ingest.passages import Passage
from vectorstore.errors import IndexDamaged
from vectorstore.guarding import DATABASE, Guarded, told
from vectorstore.locked import WAIT_S, wait_until_free
from vectorstore.rows import damaged, to_entry, to_metadata, vouched
from vectorstore.stored import Entry, Stored, pack, unpack

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

Vectors = npt.NDArray[np.float32]

_BATCH = 1000
"""Rows to one call: well under Chroma's and SQLite's own limits."""


class Store:
    """Documents and passages in Chroma.

    Args:
        where: a folder for Chroma in process, or the URL of a Chroma server ("http://host:8000").
        name: prefix of the collections, so that several indexes can share a server.
        wait_s: how long a database that another program has locked is waited for, at each call.

    Raises:
        IndexBusy: it is locked still. Any method may raise it.
        IndexDamaged: Chroma cannot open the folder, or the server does not answer.
    """

    def __init__(self, where: Path | str, name: str = "beredd", wait_s: float = WAIT_S) -> None:
        self._where, self._name, self._wait_s = where, name, wait_s
        if isinstance(where, Path):
            wait_until_free(where / DATABASE, wait_s)
        self._client = _client(where)
        self._documents = self._collection("documents")
        self._passages = self._collection("passages")

    def close(self) -> None:
        """Lets go of the folder's files. The store is not to be used afterwards."""
        if isinstance(self._where, Path):
            let_go()

    def drop(self) -> None:
        """Removes the collections from where they are. The store is not to be used afterwards."""
        for part in ("documents", "passages"):
            with told(self._where):
                self._client.delete_collection(f"{self._name}_{part}")

    def reopened(self) -> Store:
        """A store that sees what other processes have written since this one was opened."""
        self.close()
        return Store(self._where, self._name, self._wait_s)

    def entries(self) -> dict[str, Entry]:
        """What is stored, by file."""
        found = {}
        for rows in _pages(self._documents, ["documents"]):
            for text in rows["documents"]:
                entry = to_entry(text)
                found[entry.file] = entry
        return dict(sorted(found.items()))

    def document(self, file: str, digest: str) -> Stored | None:
        """A document with its parts and records; None if it is gone or no longer has the digest,
        for then a writer has replaced it. Raises IndexDamaged for a bad row."""
        row = self._documents.get(ids=[file], include=["metadatas"])
        if not row["ids"]:
            return None
        try:
            found = (row["metadatas"] or [{}])[0]
            return unpack(str(found["packed"])) if found["digest"] == digest else None
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise damaged(file) from error

    def document_rows(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Every document's row as it is: its id, its entry's text and what lies beside it."""
        for rows in _pages(self._documents, ["documents", "metadatas"]):
            for row_id, text, metadata in zip(
                rows["ids"], rows["documents"], rows["metadatas"], strict=True
            ):
                yield row_id, text or "", metadata or {}

    def passage_rows(self, file: str) -> Iterator[tuple[str, str, Mapping[str, Any], Vectors]]:
        """Every row of a file's passages as it is: its id, text, what lies beside it, vector."""
        include = ["documents", "metadatas", "embeddings"]
        for rows in _pages(self._passages, include, {"file": file}):
            vectors = np.asarray(rows["embeddings"], dtype=np.float32)
            yield from zip(rows["ids"], rows["documents"], rows["metadatas"], vectors, strict=True)

    def put_passages(self, rows: Sequence[Passage], vectors: Vectors, digest: str) -> None:
        """Writes passages with their `(len(rows), dimensions)` vectors; same id, same row."""
        for at in range(0, len(rows), _BATCH):
            some = rows[at : at + _BATCH]
            self._passages.upsert(
                ids=[row.id for row in some],
                embeddings=np.asarray(vectors[at : at + _BATCH], dtype=np.float32),
                documents=[row.text for row in some],
                metadatas=[to_metadata(row, digest) for row in some],
            )

    def put_document(self, stored: Stored, entry: Entry) -> None:
        """Writes a document's row: from here on its passages count."""
        self._documents.upsert(
            ids=[entry.file],
            embeddings=np.zeros((1, 1), dtype=np.float32),
            documents=[json.dumps(asdict(entry), ensure_ascii=False)],
            metadatas=[{"packed": pack(stored), "digest": entry.digest}],
        )

    def put_passage_rows(
        self, rows: Sequence[tuple[str, str, Mapping[str, Any]]], vectors: Vectors
    ) -> None:
        """Writes rows as `passage_rows` gave them."""
        self._passages.upsert(
            ids=[row_id for row_id, _, _ in rows],
            documents=[text for _, text, _ in rows],
            metadatas=[dict(beside) for _, _, beside in rows],
            embeddings=np.asarray(vectors, dtype=np.float32),
        )

    def put_document_rows(self, rows: Sequence[tuple[str, str, Mapping[str, Any]]]) -> None:
        """Writes rows as `document_rows` gave them."""
        self._documents.upsert(
            ids=[row_id for row_id, _, _ in rows],
            documents=[entry for _, entry, _ in rows],
            metadatas=[dict(beside) for _, _, beside in rows],
            embeddings=np.zeros((len(rows), 1), dtype=np.float32),
        )

    def remove_document(self, file: str) -> None:
        """Removes a document's row and then its passages."""
        if self._documents.get(ids=[file], include=[])["ids"]:
            self._documents.delete(ids=[file])
        self.delete_passages(self.passage_ids(file))

    def passage_ids(self, file: str | None = None) -> list[str]:
        """Ids of a file's passages, or of all."""
        where: dict[str, Any] | None = {"file": file} if file is not None else None
        return list(self._passages.get(where=where, include=[])["ids"])

    def delete_passages(self, ids: Sequence[str]) -> None:
        """Deletes passages by id."""
        for at in range(0, len(ids), _BATCH):
            self._passages.delete(ids=list(ids[at : at + _BATCH]))

    def sweep(self, entries: Mapping[str, Entry]) -> int:
        """Deletes every passage that no document's row vouches for; returns how many."""
        stray = [
            row_id
            for row_id, metadata in self.all_metadata()
            if (entry := entries.get(str(metadata["file"]))) is None
            or entry.digest != metadata["digest"]
        ]
        self.delete_passages(stray)
        return len(stray)

    def passages(self, ids: Sequence[str], entries: Mapping[str, Entry]) -> dict[str, Passage]:
        """Passages by id; those that no entry vouches for are left out."""
        if not ids:
            return {}
        rows = self._passages.get(ids=list(ids), include=["metadatas", "documents"])
        return dict(vouched(rows, entries))

    def all_passages(self) -> Iterator[Passage]:
        """Every stored passage that a document's row vouches for."""
        entries = self.entries()
        for rows in _pages(self._passages, ["metadatas", "documents"]):
            for _, passage in vouched(rows, entries):
                yield passage

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of passages by id, `(dimensions,)` float32 each."""
        if not ids:
            return {}
        rows = self._passages.get(ids=list(ids), include=["embeddings"])
        return dict(zip(rows["ids"], np.asarray(rows["embeddings"], dtype=np.float32), strict=True))

    def vectors_by_text(self, files: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of files' passages by the digest of what was embedded."""
        if not files:
            return {}
        rows = self._passages.get(
            where={"file": {"$in": list(files)}}, include=["embeddings", "metadatas"]
        )
        vectors = np.asarray(rows["embeddings"], dtype=np.float32)
        metadatas = rows["metadatas"] or []
        return {str(m["embedded"]): v for m, v in zip(metadatas, vectors, strict=True)}

    def nearest(
        self, vector: Vectors, k: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Ids of the `k` nearest passages and their cosine (1 is closest), best first.

        `among`: ids of the passages to choose from, all if None.
        """
        if k < 1 or (among is not None and not among):
            return []
        found = self._passages.query(
            query_embeddings=np.asarray(vector, dtype=np.float32)[None, :],
            n_results=k,
            ids=None if among is None else list(among),
            include=["distances"],
        )
        distances = (found["distances"] or [[]])[0]
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances, strict=True)]

    def count(self) -> int:
        """How many passages are stored."""
        return int(self._passages.count())

    def all_metadata(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every passage's id and what is stored beside its text."""
        for rows in _pages(self._passages, ["metadatas"]):
            yield from zip(rows["ids"], rows["metadatas"], strict=True)

    def _collection(self, part: str) -> Any:
        with told(self._where):
            made = self._client.get_or_create_collection(
                f"{self._name}_{part}",
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": 200, "max_neighbors": 24}},
            )
        return Guarded(made, self._where, self._wait_s)


def _pages(
    collection: Any, include: Sequence[str], where: Mapping[str, Any] | None = None
) -> Iterator[Any]:
    """All rows, some at a time: SQLite takes 32,766 ids to a query, and memory is finite."""
    for at in count(0, _BATCH):
        rows = collection.get(limit=_BATCH, offset=at, include=list(include), where=where)
        if rows["ids"]:
            yield rows
        if len(rows["ids"]) < _BATCH:
            return


def let_go() -> None:
    """Lets go of the files of every folder that this process has opened: what is opened from now
    on is as it is on disk."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def _client(where: Path | str) -> ClientAPI:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    try:
        if isinstance(where, Path):
            return chromadb.PersistentClient(str(where), settings=settings)
        from urllib.parse import urlsplit

        url = urlsplit(where)
        return chromadb.HttpClient(
            url.hostname or "localhost", url.port or 8000, url.scheme == "https", settings=settings
        )
    except Exception as error:  # Chroma raises many kinds, some of them from Rust
        what = "cannot be opened" if isinstance(where, Path) else "does not answer"
        raise IndexDamaged(
            f"The Chroma store at {where} {what} ({error}). Check that it is there and that you "
            "may read and write it; a damaged folder can be removed and ingested again."
        ) from error

"""Mending an index: what an examination found is put right from what is still there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.headings import headings
from ingest.passages import passages
from vectorstore import checksums, manifest
from vectorstore.errors import IndexDamaged
from vectorstore.examination import LOST, UNFINISHED, Examination, Fault, Finding, examine
from vectorstore.index import Index, collection, missing, open_index
from vectorstore.lock import writing
from vectorstore.rows import to_embed
from vectorstore.store import Store
from vectorstore.storing import Embeds


@dataclass(frozen=True, slots=True)
class Mended:
    """What mending did, and what an examination found afterwards.

    Attributes:
        lost: documents that had to be removed; they must be ingested again.
        renewed: documents whose passages were made and embedded anew.
    """

    lost: tuple[str, ...]
    renewed: tuple[str, ...]
    after: Examination


def diagnose(folder: Path, server: str | None = None, *, wait_s: float = 60.0) -> Examination:
    """Examines the index in a folder, while nobody writes to it.

    Raises:
        BereddError: there is no index, it has another format, or another program holds it.
    """
    found = manifest.read(folder)
    if found is None:
        raise missing(folder)
    with writing(folder, wait_s=wait_s):
        wrong = None if server else checksums.database_fault(folder / "chroma" / "chroma.sqlite3")
        if wrong:
            return Examination((Finding(Fault.DATABASE, detail=wrong),), 0, 0, 0, {})
        store = Store(server or folder / "chroma", collection(folder, server))
        return examine(folder, found, store)


def mend(
    folder: Path,
    server: str | None,
    before: Examination,
    embeds: Callable[[Index], Embeds],
    *,
    wait_s: float = 60.0,
) -> Mended:
    """Mends what `diagnose` found.

    Documents whose rows cannot be understood are removed, for only their files can give them back;
    passages are made anew from the stored text; the lexical index is built again.

    Args:
        embeds: gives the embedding model of an index; called only where passages are embedded.

    Raises:
        IndexDamaged: Chroma's own database is damaged; nothing was changed.
    """
    if any(finding.fault is Fault.DATABASE for finding in before.findings):
        raise IndexDamaged(
            f"Chroma's database in {folder} is damaged, and cannot be mended from itself. Restore "
            f"a backup with: beredd restore FILE --index {folder} --force; or build the index anew "
            f"with: beredd ingest --reindex DOCUMENTS/ --index {folder}"
        )
    lost = tuple(before.files(*LOST))
    poor = [file for file in before.files(Fault.MISSING, Fault.VECTOR) if file not in lost]
    with writing(folder, wait_s=wait_s):
        store = Store(server or folder / "chroma", collection(folder, server))
        for file in lost:
            store.remove_document(file)
    index = open_index(folder, server)
    with writing(folder, wait_s=wait_s):
        if poor:
            _renew(index, embeds(index), poor)
        index.heal()
        (folder / UNFINISHED).unlink(missing_ok=True)
    return Mended(lost, tuple(poor), diagnose(folder, server, wait_s=wait_s))


def _renew(index: Index, embeds: Embeds, files: Iterable[str]) -> None:
    """Makes the passages of documents anew from their stored text and parts."""
    for file in files:
        stored, entry = index.document(file), index.entries[file]
        assert stored is not None, "the examination found its row"
        rows = list(passages(stored.document, stored.parts, headings))
        index.store.delete_passages(index.store.passage_ids(file))
        vectors = embeds.passages([to_embed(row) for row in rows])
        index.store.put_passages(rows, vectors, entry.digest)
        index.store.put_document(stored, replace(entry, passages=len(rows)))
    index.entries = index.store.entries()

"""Rows of the store: from passages and entries to what Chroma takes, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from ingest.parts import PartKind, Role
from ingest.passages import Passage
from vectorstore.errors import IndexDamaged
from vectorstore.stored import Entry


def to_embed(passage: Passage) -> str:
    """What of a passage is embedded: its context, then its clean text."""
    return f"{passage.context}\n{passage.clean}"


def text_digest(text: str) -> str:
    """Tells whether two passages were embedded from the same text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


_LISTS = ("headings", "case_numbers", "parties", "people")
_FIELDS = [field.name for field in fields(Passage) if field.name != "text"]


def to_metadata(passage: Passage, digest: str) -> dict[str, Any]:
    """What is stored beside a passage's text; `digest`: its document's.

    All that nothing is looked up by lies packed in one value: Chroma stores each value as a row
    of its own and gathers them again for every passage that is read.
    """
    data = {name: getattr(passage, name) for name in _FIELDS}
    if passage.clean == passage.text:
        del data["clean"]  # said once is enough
    told = {name: value for name, value in data.items() if value not in (None, ())}
    return {
        "file": passage.file,
        "digest": digest,
        "embedded": text_digest(to_embed(passage)),
        "packed": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
    }


def vouched(rows: Any, entries: Mapping[str, Entry]) -> Iterator[tuple[str, Passage]]:
    """The rows whose digest is that of their document's entry."""
    for row_id, text, metadata in zip(
        rows["ids"], rows["documents"], rows["metadatas"], strict=True
    ):
        entry = entries.get(str(metadata["file"]))
        if entry is not None and entry.digest == metadata["digest"]:
            yield row_id, to_passage(text, metadata)


def to_passage(text: str, metadata: Mapping[str, Any]) -> Passage:
    """The passage of a row. Raises IndexDamaged if the row cannot be understood."""
    try:
        return _understood(text, metadata)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise damaged(f"a passage of {metadata.get('file')}") from error


def _understood(text: str, metadata: Mapping[str, Any]) -> Passage:
    data = json.loads(metadata["packed"]) if "packed" in metadata else _loose(metadata)
    data |= {name: tuple(data.get(name, ())) for name in _LISTS}
    data |= {"kind": PartKind(data["kind"]), "role": Role(data["role"])}
    return Passage(**{"clean": text, **data, "text": text})


def _loose(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What format 1 stored in a value each."""
    data = {name: metadata[name] for name in _FIELDS if name in metadata}
    return data | {name: json.loads(data[name]) for name in _LISTS}


def to_entry(text: str) -> Entry:
    """The entry of a document's row. Raises IndexDamaged if it cannot be understood."""
    try:
        data: dict[str, Any] = json.loads(text)
        lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
        return Entry(**(data | lists))
    except (AttributeError, TypeError, ValueError) as error:
        raise damaged("a document") from error


def damaged(what: str) -> IndexDamaged:
    """The error for a row that cannot be understood."""
    return IndexDamaged(
        f"The row of {what} in the index cannot be read. See what is wrong with: beredd doctor; "
        "mend it with: beredd doctor --repair"
    )

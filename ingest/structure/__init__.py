"""Structure: from a document to its parts and their records."""

from __future__ import annotations

from ingest.document import Document
from ingest.parts import Part


def analyse(document: Document) -> tuple[Part, ...]:
    """The document's parts with their records, in order, covering the whole text.

    Never raises on odd text: what is not recognised becomes parts of kind `SECTION` or `OTHER`.
    """
    raise NotImplementedError

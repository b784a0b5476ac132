"""Structure: from a document to its parts and their records."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from ingest.document import Document
from ingest.parts import Part, PartKind, Role


def analyse(document: Document) -> tuple[Part, ...]:
    """The document's parts with their records, in order, covering the whole text.

    Never raises on odd text: what is not recognised becomes parts of kind `SECTION` or `OTHER`.
    """
    if not document.text:
        return ()
    for form in ("minutes", "minutes_agenda", "casefile", "papers"):
        module = _module(form)
        recognises = getattr(module, f"is_{form.removeprefix('minutes_')}", None)
        if module and (recognises is None or recognises(document)):
            found: tuple[Part, ...] = module.parts(document)
            if found:
                return found
    return (_whole(document),)


def _module(name: str) -> ModuleType | None:
    try:
        return import_module(f"ingest.structure.{name}")
    except ModuleNotFoundError:
        return None


def _whole(document: Document) -> Part:
    return Part(
        id="whole",
        kind=PartKind.OTHER,
        role=Role.INFORMATION,
        title=document.title,
        start=0,
        end=len(document.text),
        page=document.page_at(0),
        unrecognised=("formen kändes inte igen",),
    )

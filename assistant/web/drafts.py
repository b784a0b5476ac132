"""Briefs that can be downloaded: kept in memory for a while, under a name nobody can guess."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import Response

from assistant.prepare.docx import as_docx
from assistant.prepare.lines import Told
from assistant.prepare.pdf import as_pdf

_KEPT = 50
"""Briefs of all visitors together; the oldest go first."""
_FORMS: dict[str, tuple[Callable[[Told], bytes], str]] = {
    "docx": (as_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (as_pdf, "application/pdf"),
}


@dataclass(slots=True)
class Drafts:
    """Safe to use from several threads."""

    _told: OrderedDict[str, tuple[str, Told]] = field(default_factory=OrderedDict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, told: Told, name: str) -> str:
        """Keeps a brief; returns the key to it. `name`: the file's, without its suffix."""
        key = secrets.token_urlsafe(18)
        with self._guard:
            self._told[key] = (name, told)
            while len(self._told) > _KEPT:
                self._told.popitem(last=False)
        return key

    def get(self, key: str) -> tuple[str, Told] | None:
        """The name and the brief, or None where it is no longer kept."""
        with self._guard:
            return self._told.get(key)


def download(drafts: Drafts, suffix: str, draft: str) -> Response:
    """A kept brief as a file."""
    kept = drafts.get(draft)
    if kept is None or suffix not in _FORMS:
        return Response(status_code=404)
    name, told = kept
    made, media = _FORMS[suffix]
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{suffix}"',
        "Cache-Control": "private, no-store",
    }
    return Response(made(told), media_type=media, headers=headers)

"""What went wrong, in the page's language.

Errors are raised in English, for the command line and the log. Here each is brought under one of
a few kinds, by its class or by what it says; every kind has its words and what to do about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.web.words import Words
from ingest.errors import BereddError, ReadError
from ingest.formats import Failure
from vectorstore.errors import (
    IndexBusy,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    StoreFailed,
)

_KINDS = (
    ("crashed", r"crashed or took|reading it crashed|took more than"),
    ("encrypted", r"encrypted"),
    ("format", r"format .* is unknown|no suffix|not text|not an e-mail|wrong suffix"),
    ("empty", r"is empty|holds no text|no text was found|no pages"),
    ("large", r"enormous|too many pages|more memory|nested too deeply|too deep inside"),
    ("program", r"needs LibreOffice|needs Tesseract|Tesseract cannot be run"),
    ("gone", r"no such file|leads nowhere"),
    ("closed", r"permission|cannot be opened"),
    ("damaged", r"damaged|could not read|cannot be read|reading it failed"),
)
"""Kind → what readers say of it; the first that fits."""
_CLASSES: tuple[tuple[type[BereddError], str], ...] = (
    (IndexMissing, "missing"),
    (IndexBusy, "busy"),
    (IndexMismatch, "mismatch"),
    (IndexDamaged, "damaged"),
    (StoreFailed, "store"),
)
"""Class of an error → its kind."""
_SAID = (
    ("server", r"embedding server"),
    ("embedding", r"embedding model|BEREDD_EMBEDDING|token vocabulary|The model in "),
    ("model", r"^The model \""),
    ("writing", r"cannot be written|could not be written|No space left"),
    ("busy", r"another (?:program|process)|is writing"),
    ("mismatch", r"made (?:by|with) another|has format"),
    ("settings", r"^BEREDD_"),
)
"""Kind → what errors without a class of their own say; the first that fits."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a page says of an error: a sentence in its language, and the error's own words."""

    told: str
    detail: str


def kind_of(reason: str) -> str:
    """The kind that a reader's reason belongs to; "other" where it fits none."""
    return _first(_KINDS, reason)


def told(failure: Failure, words: Words) -> str:
    """What is wrong with a file, and what to do."""
    return words(f"failure.{kind_of(failure.reason)}")


def trouble(error: BereddError | str, words: Words) -> Trouble:
    """What a page says of an error. A string is what an error said in another process."""
    said = str(error)
    if isinstance(error, ReadError):
        return Trouble(words(f"failure.{kind_of(error.reason)}"), said)
    kind = next((kind for cls, kind in _CLASSES if isinstance(error, cls)), None)
    return Trouble(words(f"trouble.{kind or _first(_SAID, said)}"), said)


def _first(kinds: Iterable[tuple[str, str]], said: str) -> str:
    return next((kind for kind, pattern in kinds if re.search(pattern, said)), "other")

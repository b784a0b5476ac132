"""Why a file could not be read, in the page's language.

Readers say it in English, for the command line. Here the sentence is brought under one of a few
kinds, each with its own words and what to do about it.
"""

from __future__ import annotations

import re

from assistant.web.words import Words
from ingest.formats import Failure

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


def kind_of(reason: str) -> str:
    """The kind that a reader's reason belongs to; "other" where it fits none."""
    return next((kind for kind, said in _KINDS if re.search(said, reason)), "other")


def told(failure: Failure, words: Words) -> str:
    """What is wrong with a file, and what to do."""
    return words(f"failure.{kind_of(failure.reason)}")

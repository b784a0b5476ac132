"""OCR through Tesseract: from a picture of a page to its text, with confidence and places."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ingest.errors import ReadError

TIME_LIMIT = 120.0
"""Seconds for one page."""
REMEDY = "Install tesseract-ocr and tesseract-ocr-swe, and ingest again."
_UNSURE = 30.0
"""Words that Tesseract trusts less are left out unless they are written with letters or digits."""

Box = tuple[float, float, float, float]


class _Word(NamedTuple):
    """A row of Tesseract's table: where the word belongs, its box in pixels, and what it says."""

    paragraph: tuple[int, int]
    line: int
    box: tuple[int, int, int, int]
    confidence: float
    text: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A page as read by OCR.

    Attributes:
        text: lines end with a line break, paragraphs with an empty line.
        confidence: mean word confidence 0–100, weighted by length; None if there are no words.
        starts, places: where each word begins in `text`, and its box as fractions of the page:
            left, top, right, bottom.
    """

    text: str
    confidence: float | None
    starts: tuple[int, ...]
    places: tuple[Box, ...]

    def boxes(self, start: int, end: int) -> list[Box]:
        """The boxes of the words in `text[start:end]`."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = bisect_right(self.starts, end - 1)
        return list(self.places[first:last])


@lru_cache(maxsize=1)
def language() -> str | None:
    """The languages to read in: Swedish, with English where installed; None without Tesseract."""
    program = shutil.which("tesseract")
    if not program:
        return None
    try:
        done = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return "swe" if "swe" in done.stdout.split() else None


def is_installed() -> bool:
    """True if Tesseract and its Swedish data are there."""
    return language() is not None


def read_image(png: bytes) -> Scan:
    """Reads the picture of one page.

    Raises:
        ReadError: Tesseract is missing, fails, or takes too long.
    """
    if not is_installed():
        raise ReadError("reading pictures of text needs Tesseract with Swedish", REMEDY)
    # One thread: pages are read beside each other with other work, and Tesseract gains little.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    command = ["tesseract", "-", "-", "-l", language() or "swe", "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=png,
            capture_output=True,
            timeout=TIME_LIMIT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        limit = f"{TIME_LIMIT:.0f} s"
        raise ReadError(f"reading a picture took more than {limit}", "Scan it anew.") from None
    except OSError as error:
        raise ReadError(f"Tesseract cannot be run: {error.strerror}", REMEDY) from error
    if done.returncode:
        raise ReadError("the picture cannot be read", "Scan it anew, as PDF or PNG.")
    return _scan(done.stdout.decode("utf-8", "replace"))


def _scan(table: str) -> Scan:
    words: list[_Word] = []
    width = height = 1
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "1":
            width, height = max(1, int(row["width"])), max(1, int(row["height"]))
        elif row["level"] == "5" and (row["text"] or "").strip():
            words.append(_word(row))
    return _written([word for word in words if _is_word(word)], width, height)


def _word(row: dict[str, str]) -> _Word:
    left, top = int(row["left"]), int(row["top"])
    return _Word(
        paragraph=(int(row["block_num"]), int(row["par_num"])),
        line=int(row["line_num"]),
        box=(left, top, left + int(row["width"]), top + int(row["height"])),
        confidence=float(row["conf"]),
        text=row["text"].strip(),
    )


def _is_word(word: _Word) -> bool:
    return word.confidence >= _UNSURE or any(map(str.isalnum, word.text))


def _written(words: list[_Word], width: int, height: int) -> Scan:
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    for gap, word in zip(_gaps(words), words, strict=True):
        pieces += (gap, word.text)
        starts.append(at + len(gap))
        at += len(gap) + len(word.text)
    letters = sum(len(word.text) for word in words)
    sure = sum(max(0.0, word.confidence) * len(word.text) for word in words)
    places = tuple(
        (w.box[0] / width, w.box[1] / height, w.box[2] / width, w.box[3] / height) for w in words
    )
    return Scan("".join(pieces), sure / letters if letters else None, tuple(starts), places)


def _gaps(words: list[_Word]) -> Iterator[str]:
    """What stands before each word: nothing, a space, a line break or an empty line."""
    last: _Word | None = None
    for word in words:
        if last is None:
            yield ""
        elif last.paragraph != word.paragraph:
            yield "\n\n"
        else:
            yield " " if last.line == word.line else "\n"
        last = word

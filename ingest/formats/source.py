"""A file's bytes, read once, with what every reader needs to know about them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ingest.errors import ReadError

MAX_BYTES = 512 * 1024 * 1024
"""Larger files are refused; real governance papers stay far below."""

MAX_CHARACTERS = 64_000_000
"""A text longer than this is refused: some forty thousand pages in one file."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file's content.

    Attributes:
        file: the document's id, a posix path.
        data: the bytes.
        path: where the file lies, for tools that want a path; None inside an e-mail.
        depth: how many e-mails it lies inside.
    """

    file: str
    data: bytes = field(repr=False)
    path: Path | None = None
    depth: int = 0

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """The file name's suffix in lower case, with its dot; "" if it has none."""
        return PurePosixPath(self.file).suffix.lower()

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return PurePosixPath(self.file).name


def load(path: Path, file: str) -> Source:
    """Reads the file's bytes.

    Raises:
        ReadError: it is missing, forbidden, empty, enormous, or not a file.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ReadError("it is not a regular file", "Give a file or a folder.")
        if size > MAX_BYTES:
            raise _enormous(size)
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError("there is no such file", "Check the path.") from None
    except PermissionError:
        raise ReadError(
            "you have no permission to read it", "Change the permissions or run as its owner."
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(f"the file cannot be read: {reason}", "Check the disk or share.") from error
    if not data:
        raise ReadError("the file is empty", "Export it again, or remove it.")
    return Source(file=file, data=data, path=path)


def _enormous(size: int) -> ReadError:
    return ReadError(
        f"the file is enormous ({size / 1e6:,.0f} MB; the limit is {MAX_BYTES / 1e6:,.0f} MB)",
        "Split it, or leave out its pictures.",
    )


_UNFINISHED = re.compile(r"\b(?:och|i|av|för|på|till|med|om|samt|eller|vid|att|som)$|[-,]$")
_WORDS = re.compile(r"[^\W\d_]{3,}")


def title_for(file: str, text: str) -> str:
    """A title where the document states none: a file name that speaks, else the first lines."""
    named = _named(file)
    if not _speaks(named):
        return _first_lines(text) or named or file
    if heading := _heading_like(named, text):
        return heading
    spoken = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", named)
    # File names often lack å, ä and ö; the text knows how the words are written.
    known = {_folded(word): word for word in reversed(_WORDS.findall(text[:30_000].lower()))}
    title = _WORDS.sub(lambda m: known.get(m[0].lower(), m[0]) if m[0].islower() else m[0], spoken)
    return title[:1].upper() + title[1:]


def best_title(stated: str, file: str, text: str) -> str:
    """The title that a file states about itself, unless its name speaks of something else."""
    named = _named(file)
    if not stated:
        return title_for(file, text)
    about = {_folded(word)[:6] for word in _WORDS.findall(named)}
    stated_words = {_folded(word)[:6] for word in _WORDS.findall(stated)}
    return stated if not _speaks(named) or about & stated_words else title_for(file, text)


def _heading_like(named: str, text: str) -> str:
    """The line among the first ones that says what the file name says; "" if none does."""
    wanted = {_folded(word) for word in _WORDS.findall(named)}
    for line in text[:4000].splitlines():
        words = " ".join(line.split())
        said = {_folded(word) for word in _WORDS.findall(words)}
        whole = len(words) <= 220 and not _UNFINISHED.search(words)
        if whole and len(said & wanted) >= max(2, 0.6 * len(wanted)):
            return words.strip("#* ")
    return ""


def _named(file: str) -> str:
    return " ".join(PurePosixPath(file).stem.replace("_", " ").split())


def _speaks(named: str) -> bool:
    return len(_WORDS.findall(named)) >= 2


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _first_lines(text: str) -> str:
    """The first line and the short ones right below it, as one line; "" for a long first line."""
    block: list[str] = []
    for line in text[:4000].splitlines():
        words = " ".join(line.strip(" \t\ufeff\f#*").split())
        if words.startswith("<!--"):
            continue
        if words and len(words) <= (60 if block else 120) and len(block) < 3:
            block.append(words)
        elif block or words:
            break
    return ", ".join(block)[:160].rstrip(" :,")

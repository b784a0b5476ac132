"""Words of Swedish: the word list that compounds are split by, and the stop words."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path


def word_list() -> frozenset[str]:
    """Lower-case words of the Swedish word list; empty where it is not installed."""
    path = _dictionary()
    if path is None:
        return frozenset()
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    words = (line.partition("/")[0] for line in lines)
    return frozenset(w for w in words if len(w) >= 3 and w.isalpha() and w.islower())


def _dictionary() -> Path | None:
    try:
        paths = files("hunspell-sv") or []
    except PackageNotFoundError:
        return None
    return next((Path(str(p.locate())) for p in paths if p.name == "sv_SE_expanded.dic"), None)


def stop_words() -> frozenset[str]:
    """Lower-case words that carry nothing."""
    path = Path(__file__).with_name("stop_words.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())

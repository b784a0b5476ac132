"""What an OpenDocument text's styles mean for reading: bold, and the numbers of its lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.formats.docx_numbering import written
from ingest.formats.package import Element

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
          "I": "upperRoman"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list; `form` None for a bullet, "" for no number."""

    form: str | None
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1


@dataclass(slots=True)
class Styles:
    """The styles of a document: which are bold or hidden, and its list styles by name."""

    bold: dict[str, bool] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _parents: dict[str, str] = field(default_factory=dict)

    def is_bold(self, name: str | None) -> bool | None:
        """True or False where the style or one it inherits from says so, else None."""
        for _ in range(20):
            if not name:
                return None
            if name in self.bold:
                return self.bold[name]
            name = self._parents.get(name)
        return None

    def label(self, name: str | None, counts: list[int]) -> str:
        """What stands before a list item; `counts`: how far each level has come."""
        level = self.lists.get(name or "", {}).get(len(counts), _Level(None))
        if level.form is None:
            return "-"
        if not level.form:
            return ""
        numbers = counts[-level.shown :] if level.shown > 1 else counts[-1:]
        return level.prefix + ".".join(written(n, level.form) for n in numbers) + level.suffix

    def start(self, name: str | None, depth: int) -> int:
        """The number with which a list begins at a depth, 1 the outermost."""
        return self.lists.get(name or "", {}).get(depth, _Level(None)).start

    def add(self, root: Element) -> None:
        """Adds the styles of `content.xml` or `styles.xml`."""
        for style in root.iter(f"{STYLE}style"):
            self._add_style(style.get(f"{STYLE}name") or "", style)
        for style in root.iter(f"{TEXT}list-style"):
            self.lists[style.get(f"{STYLE}name") or ""] = dict(_levels(style))

    def _add_style(self, name: str, style: Element) -> None:
        self._parents[name] = style.get(f"{STYLE}parent-style-name") or ""
        properties = style.find(f"{STYLE}text-properties")
        if properties is None:
            return
        weight = properties.get(f"{_FO}font-weight")
        if weight:
            self.bold[name] = weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
        if properties.get(f"{TEXT}display") == "none":
            self.hidden.add(name)


def _levels(style: Element) -> Iterable[tuple[int, _Level]]:
    for child in style:
        depth = child.get(f"{TEXT}level")
        if not depth or not depth.isdecimal():
            continue
        if child.tag == f"{TEXT}list-level-style-number":
            form = _FORMS.get(child.get(f"{STYLE}num-format") or "", "")
            yield (
                int(depth),
                _Level(
                    form,
                    child.get(f"{STYLE}num-prefix") or "",
                    child.get(f"{STYLE}num-suffix") or "",
                    _integer(child.get(f"{TEXT}display-levels")),
                    _integer(child.get(f"{TEXT}start-value")),
                ),
            )
        else:
            yield int(depth), _Level(None)


def _integer(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else 1

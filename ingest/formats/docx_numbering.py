"""The numbers and bullets of a Word document's lists, as Word would print them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.formats.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its number format, its pattern ("%1.%2"), where it starts."""

    form: str = "decimal"
    pattern: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted.

    `lists`: for each list id, the id of its definition; `levels`: for each list id, its levels.
    """

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """Counts one item on and returns what stands before it: "-", "1.", "a)", or ""."""
        levels = self.levels.get(list_id)
        if levels is None or not 0 <= level < _LEVELS:
            return ""
        form = levels.get(level, _Level())
        counts = self._counts.setdefault(self.lists[list_id], [None] * _LEVELS)
        if list_id not in self._seen:
            # A list that overrides the start of a definition used before begins anew.
            restarts = [i for i in levels if levels[i].start != 1 or not any(counts)]
            for i in restarts:
                counts[i] = None
            self._seen.add(list_id)
        last = counts[level]
        counts[level] = form.start if last is None else last + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return self._written(levels, counts, level)

    def _written(self, levels: dict[int, _Level], counts: list[int | None], level: int) -> str:
        form = levels.get(level, _Level())
        if form.form == "bullet":
            return "-"
        if form.form == "none":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            there = levels.get(at, _Level())
            value = counts[at]
            return written(there.start if value is None else value, there.form)

        return _PLACE.sub(number, form.pattern).strip()


def read_numbering(root: Element | None) -> Numbering:
    """The lists defined in `word/numbering.xml`; none where there is no such part."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {
        item.get(f"{W}abstractNumId"): _levels(item.findall(f"{W}lvl"))
        for item in root.findall(f"{W}abstractNum")
    }
    for item in root.findall(f"{W}num"):
        list_id, reference = item.get(f"{W}numId"), item.find(f"{W}abstractNumId")
        if list_id is None or reference is None:
            continue
        definition = reference.get(f"{W}val") or ""
        levels = dict(abstract.get(definition, {}))
        overrides = item.findall(f"{W}lvlOverride")
        for override in overrides:
            _override(levels, override)
        # Lists that override something count for themselves.
        numbering.lists[list_id] = f"{definition}/{list_id}" if overrides else definition
        numbering.levels[list_id] = levels
    return numbering


def _levels(elements: list[Element]) -> dict[int, _Level]:
    return {_integer(element.get(f"{W}ilvl"), 0): _level(element) for element in elements}


def _level(element: Element) -> _Level:
    return _Level(
        form=_value(element, "numFmt", "decimal"),
        pattern=_value(element, "lvlText", ""),
        start=_integer(_value(element, "start", "1"), 1),
    )


def _override(levels: dict[int, _Level], override: Element) -> None:
    at = _integer(override.get(f"{W}ilvl"), 0)
    new = override.find(f"{W}lvl")
    base = _level(new) if new is not None else levels.get(at, _Level())
    start = _integer(_value(override, "startOverride", str(base.start)), base.start)
    levels[at] = _Level(base.form, base.pattern, start)


def _value(element: Element, name: str, default: str) -> str:
    child = element.find(f"{W}{name}")
    value = child.get(f"{W}val") if child is not None else None
    return default if value is None else str(value)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


def written(number: int, form: str) -> str:
    """A number as a list prints it: "3", "c", "C", "iii", "III", "03"."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min(8, 1 + (number - 1) // 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters

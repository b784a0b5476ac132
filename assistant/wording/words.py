"""One family of Beredd's words in one language."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.wording import date, say


@dataclass(frozen=True, slots=True)
class Words:
    """Words by key: `words("ask.button")`.

    Attributes:
        language: "sv" or "en".
        family: whose words: "web" (the page) or "prepare" (cases, comparisons and briefs).
    """

    language: str
    family: str = "web"

    def __call__(self, key: str, **slots: object) -> str:
        """The text `section.name` with its slots filled. Raises KeyError for an unknown one."""
        return say(f"{self.family}.{self.language}", key, **slots)

    def number(self, key: str, n: int, **slots: object) -> str:
        """The text for a number of things: `<key>_one` or `<key>_many`, with the slot `n`."""
        return self(f"{key}_{'one' if n == 1 else 'many'}", n=n, **slots)

    def known(self, section: str, name: str) -> str:
        """The word for one of a closed set ("motion"); the name itself where none is written."""
        try:
            return self(f"{section}.{name}")
        except KeyError:
            return name.replace("_", " ")

    def of(self, family: str) -> Words:
        """Another family of words in the same language."""
        return Words(self.language, family)

    def day(self, iso: str | None) -> str:
        """An ISO date as people write it, "" for None."""
        if not iso:
            return ""
        try:
            return date(self.language, iso).removeprefix("den ")
        except (ValueError, IndexError):
            return iso

"""The page's own words in one language."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.wording import date, say


@dataclass(frozen=True, slots=True)
class Words:
    """The page's words: `words("ask.button")`. `language`: "sv" or "en"."""

    language: str

    def __call__(self, key: str, **slots: object) -> str:
        """The text `section.name` with its slots filled. Raises KeyError for an unknown one."""
        return say(f"web.{self.language}", key, **slots)

    def number(self, key: str, n: int, **slots: object) -> str:
        """The text for a number of things: `<key>_one` or `<key>_many`, with the slot `n`."""
        return self(f"{key}_{'one' if n == 1 else 'many'}", n=n, **slots)

    def known(self, section: str, name: str) -> str:
        """The word for one of a closed set ("motion"); the name itself where none is written."""
        try:
            return self(f"{section}.{name}")
        except KeyError:
            return name.replace("_", " ")

    def day(self, iso: str | None) -> str:
        """An ISO date as people write it, "" for None."""
        if not iso:
            return ""
        try:
            return date(self.language, iso).removeprefix("den ")
        except (ValueError, IndexError):
            return iso

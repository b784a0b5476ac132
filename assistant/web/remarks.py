"""What a person should know about how a paper was read, in the page's language.

Readers say it in English, a sentence each. A sentence that is not known here is shown as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.web.failures import kind_of
from assistant.web.words import Words

_PICTURES = r"Pages that are pictures and "
_KNOWN = (
    ("damaged", r"Pages that are damaged and could not be read: (?P<pages>.+)\."),
    ("no_text", _PICTURES + r"in which no text was found: (?P<pages>.+)\."),
    ("unread", _PICTURES + r"were not read: (?P<pages>[^.]+)\..*"),
    ("poor", r"Scanned pages that were hard to read: (?P<pages>.+)\."),
    ("characters", r"(?P<n>\d+) damaged characters were replaced .*"),
    ("attachment", r"The attachment (?P<name>.+) was not read: (?P<reason>.+)\."),
)
"""Kind → the sentence, with what it names."""
_INSIDE = re.compile(r"(?P<name>[^:]+\.\w{1,8}): (?P<rest>.+)")
_MORE = re.compile(r" and (\d+) more$")


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence, and the language that it is in."""

    text: str
    language: str


def remark(said: str, words: Words) -> Remark:
    """A reader's remark for the page."""
    if words.language == "en":
        return Remark(said, "en")
    for kind, pattern in _KNOWN:
        if found := re.fullmatch(pattern, said):
            return Remark(words(f"remark.{kind}", **_slots(found, words)), words.language)
    if inside := _INSIDE.fullmatch(said):
        rest = remark(inside["rest"], words)
        return Remark(f"{inside['name']}: {rest.text}", rest.language)
    return Remark(said, "en")


def _slots(found: re.Match[str], words: Words) -> dict[str, str]:
    slots = {name: str(value) for name, value in found.groupdict().items()}
    if "pages" in slots:
        more = words("remark.more", n=r"\1")
        slots["pages"] = _MORE.sub(f" {more}", slots["pages"])
    if "reason" in slots:
        slots["reason"] = words(f"failure.{kind_of(slots['reason'])}")
    return slots

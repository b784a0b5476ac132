"""Prompts: text files with slots, filled by one function that lets no slot stay empty."""

from __future__ import annotations

from functools import cache
from importlib import resources
from string import Formatter


class SlotError(ValueError):
    """A prompt and what it was given do not fit: a slot without a value, or a value without one."""


def render(name: str, language: str, **slots: str) -> str:
    """The prompt `<name>.<language>.md` with its slots filled.

    Slots are written `{slot}`; a brace of the text itself is doubled. Values are put in as they
    are: braces inside them mean nothing.

    Raises:
        SlotError: a slot has no value, or a value has no slot.
        FileNotFoundError: there is no such prompt.
    """
    text = _text(f"{name}.{language}.md")
    wanted = {slot for _, slot, _, _ in Formatter().parse(text) if slot is not None}
    if wanted != set(slots):
        missing, unknown = sorted(wanted - set(slots)), sorted(set(slots) - wanted)
        raise SlotError(f"prompt {name}.{language}: missing {missing}, unknown {unknown}")
    return text.format(**slots)


@cache
def _text(file: str) -> str:
    return resources.files("prompts").joinpath(file).read_text(encoding="utf-8")

"""The page's own words in one language."""

from __future__ import annotations

from assistant.wording.words import Words

__all__ = ["Words"]

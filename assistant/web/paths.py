"""The pages' addresses. A page has one address in each language, and the language is part of it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

PAGES: dict[str, dict[str, str]] = {
    "ask": {"sv": "", "en": "en"},
    "documents": {"sv": "dokument", "en": "documents"},
    "cases": {"sv": "arenden", "en": "cases"},
    "compare": {"sv": "jamfor", "en": "compare"},
    "brief": {"sv": "forbered", "en": "prepare"},
    "about": {"sv": "om", "en": "about"},
}
"""Page → language → path below the root."""
LOGIN = {"sv": "logga-in", "en": "login"}
LOGOUT = "logga-ut"
UPLOAD = "documents/add"
"""Where the page sends papers, one a request."""

BRIEF_UPLOAD = "brief/file"
"""Where the page sends a summons of one's own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page in a language."""

    page: str
    language: str

    @property
    def path(self) -> str:
        """The address below the root, without a slash in front."""
        return PAGES[self.page][self.language]


def place_of(path: str) -> Place | None:
    """The page that a request path means, or None."""
    last = path.strip("/").rpartition("/")[2]
    for page, paths in PAGES.items():
        for language, known in paths.items():
            if known == last:
                return Place(page, language)
    return None


def link(page: str, language: str, anchor: str = "", **query: object) -> str:
    """A link to a page, relative to the root (every page's base address).

    A link to a place on the same page needs the page's path too: with a base address, "#x" alone
    would leave it.
    """
    path = PAGES[page][language] or "./"
    asked = {name: str(value) for name, value in query.items() if value is not None}
    url = f"{path}?{urlencode(asked)}" if asked else path
    return f"{url}#{quote(anchor)}" if anchor else url


def paper(language: str, file: str, start: int | None = None, end: int | None = None) -> str:
    """A link to a paper, at a quote where one is given."""
    anchor = "citat" if start is not None else ""
    return link("documents", language, anchor, file=file, start=start, end=end)

"""A brief for a meeting as HTML: from an indexed paper, pasted text or a file of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from assistant.prepare import meetings
from assistant.prepare.briefs import Brief, brief
from assistant.prepare.labels import facts
from assistant.prepare.lines import Line, Style, Told
from assistant.prepare.meetings import Meeting, NoItems
from assistant.prepare.telling import tell
from assistant.web.desk import Desk
from assistant.web.drafts import Drafts
from assistant.web.failures import trouble
from assistant.web.markup import fill
from assistant.web.paths import link, paper
from assistant.web.registers import Registers
from assistant.web.words import Words
from ingest.errors import BereddError, ReadError
from ingest.formats import FORMATS
from vectorstore.index import Index
from vectorstore.reading import read_apart

_LISTS = (Style.LINE, Style.INNER, Style.ENTRY)


@dataclass(frozen=True, slots=True)
class Briefing:
    """Makes briefs in one language."""

    desk: Desk
    registers: Registers
    drafts: Drafts
    words: Words

    def offered(self) -> list[tuple[str, str]]:
        """The indexed meetings: a line for people and the file."""
        assistant = self.desk.open()
        found = meetings.listed(assistant.index) if assistant else ()
        return [(f"{entry.title} ({entry.file})", entry.file) for entry in found]

    def of_file(self, file: str, query: Mapping[str, str]) -> str:
        """The brief of an indexed meeting."""
        return self._made(lambda index: meetings.in_index(index, file), query)

    def of_text(self, text: str, query: Mapping[str, str]) -> str:
        """The brief of a pasted agenda."""
        name = self.words.of("prepare")("brief.pasted")
        return self._made(lambda _: meetings.of_text(text, name), query)

    def of_bytes(self, data: bytes, name: str) -> str:
        """Makes the brief of a file that a visitor has sent; returns the key to it.

        The file is read in a process of its own, and is gone when it has been read. Its name is
        shown and never a path.

        Raises:
            BereddError: it cannot be read, holds no items, or nothing is indexed.
        """
        suffix = PurePosixPath(name).suffix.lower()
        assistant = self.desk.opened()
        if suffix not in FORMATS:
            raise ReadError(
                f"the format {suffix} is unknown", f"Give {', '.join(sorted(FORMATS))}."
            )
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"summons{suffix}"
            path.write_bytes(data)
            reading = read_apart(path, name)
        meeting = meetings.of_reading(assistant.index, reading)
        made = brief(assistant.index, self.registers.of(assistant.index), meeting)
        return self._kept(made)[0]

    def of_draft(self, key: str, query: Mapping[str, str]) -> str:
        """A brief that has been made already."""
        assistant, kept = self.desk.open(), self.drafts.get(key)
        if assistant is None or kept is None:
            return self.told("unread")
        return self._shown(kept[1], key, assistant.index, query)

    def told(self, why: str) -> str:
        """A line in place of a brief: "empty", "making", "unread" or "no_index"."""
        return fill("brief_none", self.words, p=self.words.of("prepare"), why=why)

    def why(self, error: BereddError) -> str:
        """Why there is no brief, in the page's language."""
        if isinstance(error, NoItems):
            return self.words.of("prepare")("brief.unread")
        return trouble(error, self.words).told

    def _made(self, find: Callable[[Index], Meeting], query: Mapping[str, str]) -> str:
        assistant = self.desk.open()
        if assistant is None:
            return self.told("no_index")
        index = assistant.index
        try:
            made = brief(index, self.registers.of(index), find(index))
        except BereddError as error:
            return fill("said", self.words, told=self.why(error))
        key, told = self._kept(made)
        return self._shown(told, key, index, query)

    def _kept(self, made: Brief) -> tuple[str, Told]:
        """The brief in words, and the key that it is kept under."""
        own = self.words.of("prepare")
        told = tell(made, own)
        name = f"{own('brief.file_name')}-{made.date or own('brief.undated')}"
        return self.drafts.keep(told, name), told

    def _shown(self, told: Told, key: str, index: Index, query: Mapping[str, str]) -> str:
        own = self.words.of("prepare")
        title, *rest = told.lines
        return fill(
            "brief",
            self.words,
            p=own,
            title=title.text,
            groups=_with_contents(_grouped(rest)),
            sources=[self._source(told, at, index) for at in range(len(told.sources))],
            items=sum(line.style is Style.HEADING and line.item is not None for line in told.lines),
            here=link("brief", self.words.language, **query),
            downloads=[(name, f"brief.{name}?draft={key}") for name in ("docx", "pdf")],
        )

    def _source(self, told: Told, at: int, index: Index) -> dict[str, object]:
        source = told.sources[at]
        stored = index.document(source.file)
        there = stored is not None and (
            stored.document.text[source.start : source.end] == source.quote
        )
        language = self.words.language
        return {
            "number": at + 1,
            "title": source.part,
            "kind": self.words.known("kind", source.type),
            "role": source.role.value,
            "role_word": self.words.known("role", source.role.value),
            "facts": facts(source, self.words.of("prepare")),
            "file": source.file,
            "quote": " ".join(source.quote.split()),
            "href": paper(language, source.file, source.start, source.end) if there else "",
        }


def _grouped(lines: list[Line]) -> Iterator[dict[str, object]]:
    """Lines as the template nests them: lists with their items, and what stands between them."""
    items: list[dict[str, object]] = []
    for line in lines:
        if line.style not in _LISTS:
            if items:
                yield {"style": "list", "items": items}
                items = []
            yield {"style": line.style.value, "line": line}
        elif line.style is Style.INNER and items:
            inner = items[-1]["inner"]
            assert isinstance(inner, list)
            inner.append(line)
        else:
            items.append({"line": line, "inner": []})
    if items:
        yield {"style": "list", "items": items}


def _with_contents(groups: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """The groups, the contents being one with its heading: the page puts them at the side."""
    made: list[dict[str, object]] = []
    for group in groups:
        if made and _is_contents(group):
            made.append({**group, "style": "contents", "line": made.pop()["line"]})
        else:
            made.append(group)
    return made


def _is_contents(group: dict[str, object]) -> bool:
    """True for the list that only leads to the items."""
    items = group.get("items")
    return isinstance(items, list) and all(
        item["line"].style is Style.ENTRY and not item["line"].sources for item in items
    )

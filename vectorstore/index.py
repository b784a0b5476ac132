"""An index: the store and the lexical index derived from it, kept in step.

The folder holds `index.json` (what made it), `chroma/` (the truth) and `lexical/` (derived).
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Protocol

from ingest.parts import Part
from ingest.passages import place_of
from vectorstore import manifest
from vectorstore.checksums import damaged_segments
from vectorstore.errors import IndexBusy, IndexMismatch, IndexMissing
from vectorstore.lexical import Lexical, Weights, analyser
from vectorstore.lock import writing
from vectorstore.manifest import Manifest
from vectorstore.store import Store, Vectors
from vectorstore.stored import Entry, Stored

_CACHED_CHARACTERS = 16_000_000
"""Documents are kept in memory up to so much text: opening one takes as long as a search."""
_FEW = 500
"""So many passages are compared one by one rather than looked for in the graph of neighbours."""
_WIDE = 8
"""A filter that lets through more than one in so many lets through many of the nearest, too."""
_TITLED = 300
"""So many passages are looked at for those of the same title."""
_TELLING = 4
"""A title tells one matter from another by so many words, the genre's own apart."""
_SAME = 0.8
"""Titles say the same if the longer one holds this share of the shorter one's words."""
_GENRE = frozenset(
    analyser()
    .terms(
        "motion yrkande tilläggsyrkande svar yttrande angående gällande avseende redovisning "
        "uppdrag remiss interpellation skrivelse förslag ärende beslut kommun stad"
    )
    .stems
)
_FIGURES = re.compile(r"\d+")


class Index:
    """An open index. Safe to read from several threads.

    Args:
        folder: the index folder; it must hold a manifest (see `open_index`, `create_index`).
        server: the URL of a Chroma server that holds the store, or None for Chroma in process.
    """

    def __init__(self, folder: Path, server: str | None = None) -> None:
        self.folder = folder
        self._server = server
        self._guard = threading.RLock()
        self._stamp = manifest.stamp(folder)
        found = manifest.read(folder)
        if found is None:
            raise missing(folder)
        self.manifest = found
        self.store = Store(server or folder / "chroma", collection(folder, server))
        self.lexical = self._derived()
        self.entries: dict[str, Entry] = self.store.entries()
        self._documents: OrderedDict[str, Stored] = OrderedDict()
        self._characters = 0
        self._keep_in_step()

    @property
    def parties(self) -> frozenset[str]:
        """Letters of the parties behind the indexed papers, local ones among them."""
        return frozenset(letters for e in self.entries.values() for letters in e.parties)

    def refresh(self) -> bool:
        """Takes in what other processes have written since; True if anything had changed."""
        stamp = manifest.stamp(self.folder)
        if stamp == self._stamp:
            return False
        with self._guard:
            found = manifest.read(self.folder)
            if found is None:
                raise missing(self.folder)
            self._stamp = stamp
            self._reopen(found)
        return True

    def document(self, file: str) -> Stored | None:
        """A document with its parts and records; the latest are kept in memory.

        None for one that is not there, or that another process has replaced since the last
        `refresh`: what was found in the old one must not be read in the new.
        """
        entry = self.entries.get(file)
        if entry is None:
            return None
        with self._guard:
            cached = self._documents.get(file)
            if cached is not None:
                self._documents.move_to_end(file)
                return cached
        stored = self.store.document(file, entry.digest)
        if stored is not None:
            self._keep(stored)
        return stored

    def _keep(self, stored: Stored) -> None:
        """Keeps a document in memory in the place of those not asked for the longest."""
        with self._guard:
            self._forget(stored.document.file)
            self._documents[stored.document.file] = stored
            self._characters += len(stored.document.text)
            while self._characters > _CACHED_CHARACTERS and len(self._documents) > 1:
                self._forget(next(iter(self._documents)))

    def _forget(self, file: str) -> None:
        if (old := self._documents.pop(file, None)) is not None:
            self._characters -= len(old.document.text)

    def _forget_all(self) -> None:
        self._documents.clear()
        self._characters = 0

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency of stems in the index."""
        return self.lexical.rarity(stems)

    def nearest(
        self,
        vector: Vectors,
        k: int,
        where: Mapping[str, Sequence[str]] | None = None,
        dates: tuple[str, str] | None = None,
    ) -> list[tuple[str, float]]:
        """Ids of the `k` nearest passages and their cosine, best first.

        With `where` or `dates` (as in `Lexical.search`) only passages that fit. Chroma's own filter
        takes time that grows with the index, so the lexical index says which fit: few are compared
        one by one, and of many it is enough to look through the nearest of all.
        """
        if not where and not dates:
            return self.store.nearest(vector, k)
        where = where or {}
        fitting = self.lexical.count_where(where, dates)
        if fitting > self.lexical.count() // _WIDE:
            found = self._among_nearest(vector, k, fitting, where, dates)
            if len(found) >= k // 2:
                return found
        ids = self.lexical.ids_where(where, max(1, fitting), dates)
        if fitting > _FEW:
            return self.store.nearest(vector, k, ids)
        cosines = {i: float(v @ vector) for i, v in self.store.vectors(ids).items()}
        return sorted(cosines.items(), key=lambda found: (-found[1], found[0]))[:k]

    def _among_nearest(
        self,
        vector: Vectors,
        k: int,
        fitting: int,
        where: Mapping[str, Sequence[str]],
        dates: tuple[str, str] | None,
    ) -> list[tuple[str, float]]:
        """Those of the nearest of all that fit, so many of all that there should be `k`."""
        found = self.store.nearest(vector, 2 * k * self.lexical.count() // fitting)
        ids = [i for i, _ in found]
        fit = frozenset(self.lexical.ids_where({**where, "id": ids}, max(1, len(ids)), dates))
        return [(i, cosine) for i, cosine in found if i in fit][:k]

    def case(self, keys: Sequence[str]) -> list[tuple[Stored, Part]]:
        """Every part that carries one of the case numbers (in canonical form), by date."""
        ids = self.lexical.ids_where({"case": keys}) if keys else []
        found: dict[tuple[str, str], tuple[Stored, Part]] = {}
        for file, start in map(place_of, ids):
            stored = self.document(file)
            part = stored.part_at(start) if stored else None
            if stored and part:
                found[file, part.id] = (stored, part)
        return sorted(found.values(), key=lambda pair: (pair[1].date or "9999", pair[1].start))

    def titled(self, title: str) -> list[tuple[Stored, Part]]:
        """Every part whose title says the same as this one ("Svar på motion om X" and "Motion om
        X"), by date; none for a title that is too short to tell one matter from another.

        Papers of one case that carry no case number are found by what they are called.
        """
        wanted = _words(title)
        if len(wanted) < _TELLING:
            return []
        terms = dict.fromkeys(analyser().terms(title).stems, 1.0)
        ids = self.lexical.search(terms, _TITLED, weights=Weights(text=0.0, parts=0.0, exact=0.0))
        found: dict[tuple[str, str], tuple[Stored, Part]] = {}
        for file, start in (place_of(i) for i, _ in ids):
            stored = self.document(file)
            part = stored.part_at(start) if stored else None
            if stored and part and _says_the_same(wanted, _words(part.title)):
                found[file, part.id] = (stored, part)
        return sorted(found.values(), key=lambda pair: (pair[1].date or "9999", pair[1].start))

    def find(self, name: str) -> str:
        """The id of the document that `name` means: an id, or a file name that only one has.

        Raises:
            IndexMissing: no document or several have that name; the message lists them.
        """
        if name in self.entries:
            return name
        alike = [file for file in self.entries if file.endswith(f"/{name}")]
        if len(alike) == 1:
            return alike[0]
        if alike:
            raise IndexMissing(
                f'Several documents are called "{name}": {", ".join(alike[:5])}. '
                "Give the whole path as listed by: beredd documents"
            )
        raise IndexMissing(
            f'No document is called "{name}". List what is indexed with: beredd documents'
        )

    def require_model(self, model: str) -> None:
        """Raises IndexMismatch if the index was made by another embedding model."""
        if self.manifest.model != model:
            raise IndexMismatch(
                f"The index in {self.folder} was made with the model {self.manifest.model}, but "
                f"{model} is set. Set that model again, or build the index anew with: "
                f"beredd ingest --reindex --index {self.folder} DOCUMENTS/"
            )

    def heal(self) -> None:
        """Mends what a killed writer left: stray passages go, and the lexical index is built anew,
        for it cannot know what was stored just before the end. Hold the writer's lock."""
        self.store.sweep(self.entries)
        self.lexical.rebuild(self.advance(), self.store.all_passages())

    def advance(self, *, masked: bool = False) -> int:
        """Notes that the store has changed, for readers to see; returns the new generation.

        `masked`: notes as well that personal numbers are masked from now on.
        """
        with self._guard:
            self.manifest = self.manifest.next(masked=masked or self.manifest.masked)
            manifest.write(self.folder, self.manifest)
            self._stamp = manifest.stamp(self.folder)
            self.entries = self.store.entries()
            self._forget_all()
        return self.manifest.generation

    def _reopen(self, found: Manifest) -> None:
        self.manifest = found
        self.store = self.store.reopened()
        self.lexical = self._derived()
        self.entries = self.store.entries()
        self._forget_all()
        self._keep_in_step()

    def _derived(self) -> Lexical:
        """The lexical index, begun anew if bytes of it have changed: Tantivy trusts what it reads,
        and would find wrong passages or end the process."""
        folder = self.folder / "lexical"
        if damaged_segments(folder):
            with suppress(IndexBusy), writing(self.folder):
                rmtree(folder, ignore_errors=True)
        return Lexical(folder)

    def _keep_in_step(self) -> None:
        """Builds the lexical index again if it is missing, damaged or out of step.

        While another process writes, the index is used as it is: every hit is checked against the
        store anyway, and the writer will bring it up to date.
        """
        if self.lexical.generation() == self.manifest.generation:
            return
        try:
            with writing(self.folder):
                self.lexical.rebuild(self.manifest.generation, self.store.all_passages())
        except IndexBusy:
            return


class Model(Protocol):
    """What an index records of the embedding model."""

    @property
    def name(self) -> str:
        """The model's identity, weights included."""

    @property
    def dimensions(self) -> int:
        """Length of its vectors; may load the model."""


def create_index(folder: Path, model: Model, server: str | None = None) -> Index:
    """Opens the index in `folder`, making an empty one where there is none.

    The model is loaded only for a new index.

    Raises:
        IndexMismatch: an index is there, made by another model.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if manifest.read(folder) is None:
        manifest.write(folder, Manifest(model.name, model.dimensions))
    index = Index(folder, server)
    index.require_model(model.name)
    return index


def open_index(folder: Path, server: str | None = None) -> Index:
    """Opens the index in `folder`. Raises IndexMissing where there is none."""
    return Index(folder, server)


def remove_documents(index: Index, files: Sequence[str], *, wait_s: float = 60.0) -> None:
    """Removes documents from the index; when it returns, no reader will cite them again."""
    with writing(index.folder, wait_s=wait_s):
        for file in files:
            index.store.remove_document(file)
        index.lexical.update(index.advance(), (), files)


def collection(folder: Path, server: str | None) -> str:
    """Collections of an index on a server carry the folder's name."""
    return "beredd" if server is None else f"beredd-{folder.resolve().name.strip('.') or 'index'}"


def missing(folder: Path) -> IndexMissing:
    """The error for a folder without an index."""
    return IndexMissing(
        f"No index at {folder}. Build it with: beredd ingest DOCUMENTS/ --index {folder}"
    )


def _words(title: str) -> frozenset[str]:
    """What a title says beside the genre's words: its stems and its figures."""
    stems = frozenset(analyser().terms(title).stems) - _GENRE
    return stems | frozenset(_FIGURES.findall(title))


def _says_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """True if the longer of two titles holds nearly all that the shorter one says."""
    fewest = min(len(one), len(other))
    return fewest >= _TELLING and len(one & other) >= _SAME * fewest

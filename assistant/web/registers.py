"""What takes a reading of every document to know: the register of cases, and the proposals."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from assistant.prepare.proposals import Candidate, candidates
from assistant.prepare.register import Register, register
from assistant.web.desk import Desk
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an index at a generation of it."""

    generation: int
    register: Register
    candidates: tuple[Candidate, ...]


@dataclass(slots=True)
class Registers:
    """Reads once for each state of the index.

    Safe to use from several threads: the first one reads, the others wait.
    """

    _known: _Known | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def of(self, index: Index | None) -> Register:
        """The register of an index as it is now; an empty one for None."""
        return self._read(index).register if index else Register()

    def candidates(self, index: Index | None) -> tuple[Candidate, ...]:
        """The papers of an index that can be compared; none for None."""
        return self._read(index).candidates if index else ()

    def warm(self, desk: Desk) -> None:
        """Reads in the background, so that the first visitor does not wait."""

        def read() -> None:
            assistant = desk.open()
            self.of(assistant.index if assistant else None)

        threading.Thread(target=read, daemon=True).start()

    def _read(self, index: Index) -> _Known:
        with self._guard:
            generation = index.manifest.generation
            if self._known is None or self._known.generation != generation:
                self._known = _Known(generation, register(index), candidates(index))
            return self._known

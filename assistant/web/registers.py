"""The register of cases, read once for each state of the index."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from assistant.prepare.register import Register, register
from vectorstore.index import Index


@dataclass(slots=True)
class Registers:
    """Safe to use from several threads: the first one reads, the others wait."""

    _known: tuple[int, Register] | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def of(self, index: Index | None) -> Register:
        """The register of an index as it is now; an empty one for None."""
        if index is None:
            return Register()
        with self._guard:
            generation = index.manifest.generation
            if self._known is None or self._known[0] != generation:
                self._known = (generation, register(index))
            return self._known[1]

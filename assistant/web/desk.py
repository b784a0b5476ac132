"""The assistant as the web page holds it: opened when its index is there, kept fresh."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from assistant.assistant import Assistant
from assistant.settings import Settings
from ingest.errors import BereddError
from vectorstore import manifest
from vectorstore.errors import IndexMissing


@dataclass(slots=True)
class Desk:
    """Opens the assistant once, and again when an index appears or is built anew.

    Safe to use from several threads.
    """

    settings: Settings
    _assistant: Assistant | None = None
    _problem: BereddError | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def open(self) -> Assistant | None:
        """The assistant, its index as fresh as the last ingest; None where there is no index.

        Why it could not be opened stands in `problem`.
        """
        with self._guard:
            if manifest.stamp(self.settings.index) is None:
                self._assistant, self._problem = None, None
                return None
            try:
                if self._assistant is None:
                    self._assistant = self._first()
                else:
                    self._assistant.index.refresh()
            except BereddError as error:
                self._assistant, self._problem = None, error
            return self._assistant

    def opened(self) -> Assistant:
        """As `open`. Raises BereddError where there is none."""
        assistant = self.open()
        if assistant is None:
            raise self._problem or IndexMissing("Nothing is indexed yet.")
        return assistant

    @property
    def current(self) -> Assistant | None:
        """The assistant as it was last opened, without looking for news."""
        return self._assistant

    @property
    def problem(self) -> BereddError | None:
        """Why the index that is there cannot be used; None where all is well."""
        return self._problem

    def _first(self) -> Assistant:
        opened = Assistant.open(self.settings)
        self._problem = None
        return opened

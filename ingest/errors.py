"""The errors Beredd raises on purpose. Each says what happened and what to do next."""

from __future__ import annotations


class BereddError(Exception):
    """Base of every error that an entry point prints without a traceback.

    The message is one or two sentences for a person who does not program: what happened, and what
    to do about it.
    """


class ReadError(BereddError):
    """A file could not be read.

    Attributes:
        reason: what is wrong with the file, as a clause ("the PDF is encrypted").
        remedy: what to do ("Remove the password and ingest again.").
    """

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}. {remedy}")
        self.reason = reason
        self.remedy = remedy

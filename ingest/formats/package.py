"""Office files are zip archives of XML: opened here, within bounds.

The bounds stop archives and entities that unfold into more than they are worth.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from ingest.errors import ReadError

MAX_PART = 128 * 1024 * 1024
"""Bytes of one XML part, unpacked."""
MAX_PARTS = 20_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"

Element = Any
"""An lxml element; lxml has no types of its own."""


class Package:
    """An open Office file."""

    def __init__(self, data: bytes, kind: str) -> None:
        """Opens it. `kind`: the format's name, for errors.

        Raises:
            ReadError: it is no zip archive, or one with too many parts.
        """
        self._kind = kind
        if data.startswith(_OLD_OFFICE):
            raise ReadError(
                f"the {kind} file is encrypted, or an old Office file with the wrong suffix",
                "Remove the password, or give it the right suffix.",
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._names = set(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError):
            raise self._damaged() from None
        if len(self._names) > MAX_PARTS:
            raise self._enormous()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """A part's bytes; b"" if there is no such part.

        Raises:
            ReadError: it is damaged, encrypted or unfolds beyond bounds.
        """
        if name not in self._names:
            return b""
        try:
            with self._zip.open(name) as part:
                data = part.read(MAX_PART + 1)
        except RuntimeError:
            raise ReadError(
                f"the {self._kind} file is encrypted", "Remove the password and ingest again."
            ) from None
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
            raise self._damaged() from None
        if len(data) > MAX_PART:
            raise self._enormous()
        return data

    def xml(self, name: str) -> Element | None:
        """A part's root element; None if there is no such part.

        Raises:
            ReadError: as `read`, or it is not well-formed XML.
        """
        data = self.read(name)
        if not data:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise self._damaged() from None
        if root.getroottree().docinfo.doctype:
            # No Office program writes a document type; entities have no business here.
            raise self._damaged()
        return root

    def _damaged(self) -> ReadError:
        return ReadError(f"the {self._kind} file is damaged", "Save it anew from its program.")

    def _enormous(self) -> ReadError:
        return ReadError(
            f"the {self._kind} file is enormous once unpacked", "Split it, or export it as PDF."
        )

"""Formats that only LibreOffice reads (doc, rtf): converted to docx, then read as that."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from threading import Lock

from ingest.document import Document
from ingest.errors import ReadError
from ingest.formats.docx import read_as
from ingest.formats.source import Source

TIME_LIMIT = 120.0
"""Seconds for one file, LibreOffice's start included."""
_lock = Lock()


def read(source: Source) -> Document:
    """Reads a doc or rtf file through LibreOffice.

    Raises:
        ReadError: LibreOffice is missing, fails or takes too long, or the file holds no text.
    """
    kind = source.suffix.lstrip(".") or "doc"
    _check(source, kind)
    data = converted(source.data, source.suffix)
    document = read_as(Source(source.file, data, None, source.depth), kind)
    return Document(
        file=document.file,
        digest=source.digest,
        format=kind,
        title=document.title,
        text=document.text,
        marks=document.marks,
        warnings=document.warnings,
    )


def _check(source: Source, kind: str) -> None:
    """Refuses what LibreOffice would take for something else and show as noise."""
    begins = source.data[:8].lstrip(b"\xef\xbb\xbf \r\n\t")
    known = {"doc": (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04"), "rtf": (b"{\\rtf",)}
    if not begins.startswith(known.get(kind, ())):
        raise ReadError(f"the {kind} file is damaged", "Save it anew from its program.")


def converted(data: bytes, suffix: str) -> bytes:
    """The file as docx.

    Raises:
        ReadError: LibreOffice is missing, fails or takes too long.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise ReadError(
            f"reading {suffix} needs LibreOffice",
            "Install libreoffice-writer, or save it as .docx.",
        )
    with _lock, tempfile.TemporaryDirectory(prefix="beredd-office-") as folder:
        given = Path(folder) / f"document{suffix}"
        given.write_bytes(data)
        _run(
            [
                program, f"-env:UserInstallation={_profile()}", "--headless", "--norestore",
                "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir",
                str(Path(folder) / "out"), str(given),
            ],
            suffix,
        )  # fmt: skip
        made = Path(folder) / "out" / "document.docx"
        if not made.is_file():
            raise ReadError(f"LibreOffice could not read the {suffix} file", "Save it as .docx.")
        return made.read_bytes()


def _run(command: list[str], suffix: str) -> None:
    """Runs LibreOffice in a process group of its own, so that all of it ends in time."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        limit = f"{TIME_LIMIT:.0f} s"
        raise ReadError(
            f"LibreOffice took more than {limit} for the {suffix} file", "Save it as .docx."
        ) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@lru_cache(maxsize=1)
def _folder() -> tempfile.TemporaryDirectory[str]:
    """LibreOffice's own settings for this process, removed at its end."""
    return tempfile.TemporaryDirectory(prefix="beredd-office-profile-")


def _profile() -> str:
    return Path(_folder().name).as_uri()

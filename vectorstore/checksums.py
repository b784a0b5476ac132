"""Whether files on disk are as they were written: Tantivy's segments and Chroma's database."""

from __future__ import annotations

import json
import sqlite3
import struct
import zlib
from contextlib import closing
from pathlib import Path

from vectorstore.errors import IndexBusy

_MAGIC = 1337
"""What the last four bytes of a Tantivy file say."""
_WAIT_S = 5.0


def damaged_segments(folder: Path) -> list[str]:
    """Names of Tantivy's files whose bytes are not those that were written.

    Each ends with a footer: `{"crc": …}` as JSON, its length, a magic number (u32, little-endian).
    Only what has been committed is looked at: those files are whole, and never written again.
    """
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        committed = {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ["meta.json"]
    files = (file for file in sorted(folder.glob("*.*")) if file.name.split(".")[0] in committed)
    return [file.name for file in files if not _is_whole(file)]


def _is_whole(file: Path) -> bool:
    try:
        data = file.read_bytes()
        length, magic = struct.unpack("<II", data[-8:])
        crc = int(json.loads(data[-8 - length : -8])["crc"])
    except FileNotFoundError:  # a writer has merged it into another
        return True
    except (OSError, struct.error, ValueError, KeyError, TypeError):
        return False
    return int(magic) == _MAGIC and zlib.crc32(data[: -8 - length]) == crc


def database_fault(file: Path) -> str | None:
    """What is wrong with an SQLite database, as SQLite tells it; None if nothing is.

    Raises:
        IndexBusy: another program has locked it.
    """
    try:
        uri = f"{file.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=_WAIT_S)) as database:
            found = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise IndexBusy(
                f"Another program has locked {file}. Close it, and run the command again."
            ) from error
        return str(error)
    return None if found == ("ok",) else str(found[0])

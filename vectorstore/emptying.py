"""Emptying an index, to build it anew: what was made of papers goes, what people wrote stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from ingest.errors import BereddError
from vectorstore import manifest
from vectorstore.examination import UNFINISHED
from vectorstore.index import Model, collection
from vectorstore.lock import writing
from vectorstore.manifest import Manifest
from vectorstore.store import Store, let_go


def empty_index(
    folder: Path, model: Model, server: str | None = None, *, wait_s: float = 600.0
) -> None:
    """Empties the index in `folder`, if there is one, for `model` to fill.

    A damaged index, one of another format or of another model is emptied too. Marks of right and
    wrong and the log of questions stay. The generation goes on, so that a chat that runs sees it.
    Killed in the middle, it leaves an index that the next ingest or the next emptying takes up.

    Raises:
        BereddError: another process writes to it for longer than `wait_s` seconds, or the server
            does not answer.
    """
    if not (folder / "index.json").exists():
        return
    with writing(folder, wait_s=wait_s):
        (folder / UNFINISHED).touch()
        if server:
            Store(server, collection(folder, server)).drop()
        else:
            let_go()
        for derived in ("chroma", "lexical"):
            shutil.rmtree(folder / derived, ignore_errors=True)
        made = Manifest(model.name, model.dimensions, _generation(folder) + 1)
        manifest.write(folder, made)


def _generation(folder: Path) -> int:
    """The generation that the manifest names, of whatever format; 0 where it cannot be read."""
    try:
        found = manifest.read(folder)
        return found.generation if found else 0
    except BereddError:
        pass
    try:
        return int(json.loads((folder / "index.json").read_text(encoding="utf-8"))["generation"])
    except (ValueError, KeyError, TypeError):
        return 0

"""Does one thing to an index with the bag-of-words embedder; what the tests of durability start.

`python -m tests.ingest_once INDEX WHAT…`, where WHAT is paths to ingest, `remove:ID`, `reindex`
and paths, or `upload:FOLDER` to read what waits on a shelf, as the page does. BEREDD_CHROMA_URL
names a Chroma server. A failure that Beredd explains is printed and ends with 1.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from assistant.web.shelf import Shelf
from ingest.errors import BereddError
from tests.bag import BagOfWords
from vectorstore import ingestion
from vectorstore.emptying import empty_index
from vectorstore.index import create_index, open_index, remove_documents


def main(folder: Path, what: list[str]) -> None:
    """Does it."""
    server = os.environ.get("BEREDD_CHROMA_URL")
    # many small commits: more moments to be killed at
    ingestion._PASSAGES_A_BATCH = ingestion._FIRST_BATCH = 20
    verb, _, named = what[0].partition(":")
    if verb == "remove":
        remove_documents(open_index(folder, server), [named])
    elif verb == "upload":
        _upload(folder, server, Shelf(Path(named), 10**9))
    else:
        if verb == "reindex":
            empty_index(folder, BagOfWords(), server)
        paths = [Path(path) for path in what if path != "reindex"]
        ingestion.ingest(create_index(folder, BagOfWords(), server), BagOfWords(), paths)


def _upload(folder: Path, server: str | None, shelf: Shelf) -> None:
    shelved = shelf.shelve()
    index = create_index(folder, BagOfWords(), server)
    report = ingestion.ingest(index, BagOfWords(), shelved.files)
    shelf.settle(shelved, [failure.file for failure in report.failed])


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2:])
    except BereddError as error:
        sys.exit(str(error))

"""Runs one ingest with the bag-of-words embedder; what the kill and freshness tests start.

`python -m tests.ingest_once INDEX PATH…`; BEREDD_CHROMA_URL names a Chroma server. A failure that
Beredd explains is printed and ends with 1.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ingest.errors import BereddError
from tests.bag import BagOfWords
from vectorstore import ingestion
from vectorstore.index import create_index, open_index, remove_documents


def main(folder: Path, paths: list[Path]) -> None:
    """Ingests, or removes the document of a path "remove:ID"."""
    server = os.environ.get("BEREDD_CHROMA_URL")
    if paths[0].name.startswith("remove:"):
        remove_documents(open_index(folder, server), [paths[0].name.removeprefix("remove:")])
        return
    # many small commits: more moments to be killed at
    ingestion._PASSAGES_A_BATCH = ingestion._FIRST_BATCH = 20
    ingestion.ingest(create_index(folder, BagOfWords(), server), BagOfWords(), paths)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), [Path(path) for path in sys.argv[2:]])
    except BereddError as error:
        sys.exit(str(error))

"""Runs one ingest with the bag-of-words embedder; what the kill and freshness tests start."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bag import BagOfWords
from vectorstore import ingestion
from vectorstore.index import create_index, open_index, remove_documents

if __name__ == "__main__":
    folder, *paths = map(Path, sys.argv[1:])
    if paths[0].name.startswith("remove:"):
        remove_documents(open_index(folder), [paths[0].name.removeprefix("remove:")])
    else:
        ingestion._PASSAGES_A_BATCH = 20  # many small commits: more moments to be killed at
        ingestion.ingest(create_index(folder, BagOfWords()), BagOfWords(), paths)

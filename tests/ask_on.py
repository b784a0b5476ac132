"""Answers from one index for as long as it is asked; what the tests of several processes start.

`python -m tests.ask_on INDEX`: a question a line on standard input, on standard output the files
found as a JSON list. BEREDD_CHROMA_URL names a Chroma server.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from assistant.question import understand
from assistant.search import search
from tests.bag import BagOfWords
from vectorstore.index import open_index


def main(folder: Path) -> None:
    """Answers until the input ends."""
    index = open_index(folder, os.environ.get("BEREDD_CHROMA_URL"))
    for line in sys.stdin:
        index.refresh()
        hits = search(index, BagOfWords(), understand(line.strip()), 5)
        print(json.dumps([hit.passage.file for hit in hits]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Feeds the readers what Atheris finds its way with: python -m tests.fuzz_guided FORMAT [OPTIONS].

    pip install atheris                       # Linux, for some versions of Python only
    python -m tests.fuzz_guided .txt CORPUS/ -max_total_time=300

FORMAT is a suffix (.txt, .html, .eml, .md …); the rest are libFuzzer's own options. What a reading
makes must be what its spans say, or a failure with its reason; anything else ends the run, and
libFuzzer keeps the file that did it. Libraries in C are not instrumented: what is found are ways
through the code of `ingest`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ingest"]):
    from tests.reading_holds import check
    from vectorstore.reading import read_one


def main() -> None:
    """Fuzzes one format until it is told to stop."""
    suffix = sys.argv.pop(1)
    file = Path(tempfile.mkdtemp()) / f"papper{suffix}"

    def read(data: bytes) -> None:
        file.write_bytes(data)
        check(read_one(file, file.name))

    atheris.Setup(sys.argv, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""`beredd restore`: builds an index from a backup."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from assistant.cli.opening import dump, parser, printable, settings
from vectorstore.backup import restore


def main(argv: list[str]) -> int:
    """Restores; returns 0."""
    made = parser("restore", "Build an index from a backup. An index that is there stays.")
    made.add_argument("source", metavar="FILE", type=Path, help="what beredd backup has written")
    made.add_argument("--force", action="store_true", help="replace the index that is there")
    args = made.parse_args(argv)
    chosen = settings(args)
    kept = restore(args.source, chosen.index, chosen.chroma_url, force=args.force)
    if args.json:
        dump({"index": str(chosen.index), **asdict(kept)})
    else:
        told = f"{kept.documents} documents and {kept.passages} passages"
        print(printable(f"{chosen.index}: {told}. Check it with: beredd doctor"))
    return 0

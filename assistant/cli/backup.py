"""`beredd backup`: writes the index to one file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from assistant.cli.opening import dump, parser, printable, settings
from vectorstore.backup import backup


def main(argv: list[str]) -> int:
    """Writes a backup; returns 0."""
    made = parser("backup", "Write the index to one file. The papers themselves are not in it.")
    made.add_argument("target", metavar="OUT", type=Path, help="a new .tar.gz or .tar.zst")
    made.add_argument(
        "--wait", type=float, default=600.0, metavar="S", help="seconds to wait for an ingest"
    )
    args = made.parse_args(argv)
    chosen = settings(args)
    kept = backup(chosen.index, args.target, chosen.chroma_url, wait_s=args.wait)
    if args.json:
        dump({"file": str(args.target), "bytes": args.target.stat().st_size, **asdict(kept)})
    else:
        size = args.target.stat().st_size / 1e6
        told = f"{kept.documents} documents and {kept.passages} passages"
        print(printable(f"{args.target}: {told}, {size:.1f} MB."))
    return 0

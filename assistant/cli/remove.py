"""`beredd remove`: removes documents from the index."""

from __future__ import annotations

from assistant.cli.opening import dump, index, parser, printable
from vectorstore.index import remove_documents


def main(argv: list[str]) -> int:
    """Removes; returns 0 once no reader will cite the documents again."""
    made = parser("remove", "Remove documents from the index. The files themselves stay.")
    made.add_argument("documents", nargs="+", metavar="DOC", help="path as listed, or name")
    args = made.parse_args(argv)
    opened = index(args)
    files = list(dict.fromkeys(opened.find(name) for name in args.documents))
    remove_documents(opened, files)
    if args.json:
        dump({"removed": files})
    else:
        for file in files:
            print(printable(f"removed {file}"))
    return 0

"""What the commands share: the `--index` option, the index, and JSON on standard output."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from vectorstore.index import Index, open_index


def parser(name: str, description: str) -> argparse.ArgumentParser:
    """A parser for `beredd NAME` with the options that every reading command has."""
    made = argparse.ArgumentParser(prog=f"beredd {name}", description=description)
    made.add_argument("--index", type=Path, help="the index folder (default: .beredd)")
    made.add_argument("--json", action="store_true", help="print data instead of text")
    return made


def settings(args: argparse.Namespace) -> Settings:
    """The settings of the environment, with the command's own on top."""
    found = Settings.from_environ()
    return replace(found, index=args.index) if args.index else found


def index(args: argparse.Namespace) -> Index:
    """The index that the command means. Raises IndexMissing."""
    chosen = settings(args)
    return open_index(chosen.index, chosen.chroma_url)


def dump(data: Any) -> None:
    """Prints data as JSON, Swedish letters as they are."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    print()


def printable(text: str) -> str:
    """The text without control characters: a document's text must not steer the terminal."""
    return "".join(c if c in "\n\t" or c.isprintable() else "\ufffd" for c in text)

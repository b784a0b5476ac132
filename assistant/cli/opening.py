"""What the commands share: the `--index` option, the index, and JSON on standard output."""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from vectorstore.index import Index, open_index

_STEERS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters that JSON leaves as they are, and those that turn the direction of writing."""


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
    print(as_json(data, indent=1))


def as_json(data: Any, *, indent: int | None = None) -> str:
    """Data as JSON; what could steer a terminal is written as escapes, which mean the same."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _STEERS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def printable(text: str) -> str:
    """The text without control characters: a document's text must not steer the terminal."""
    return "".join(c if c in "\n\t" or c.isprintable() else "\ufffd" for c in text)

"""The command line: `beredd COMMAND …`, the same as `python -m assistant COMMAND …`.

A command's module is imported when the command is run, so that each starts as fast as it can.
Commands of packages that the assistant must not import (the evaluation, the web page) register
themselves as entry points in the group `beredd.commands`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points, version

from ingest.errors import BereddError

Command = Callable[[list[str]], int]

_COMMANDS = {
    "ingest": ("assistant.cli.ingest", "read files and folders into the index"),
    "ask": ("assistant.cli.ask", "answer a question, with its sources"),
    "search": ("assistant.cli.search", "find passages, best first"),
    "documents": ("assistant.cli.documents", "list what is in the index"),
    "show": ("assistant.cli.show", "show one document with its parts and records"),
    "remove": ("assistant.cli.remove", "remove a document from the index"),
    "doctor": ("assistant.cli.doctor", "check an index, and mend it"),
    "backup": ("assistant.cli.backup", "write the index to one file"),
    "restore": ("assistant.cli.restore", "build an index from a backup"),
    "bom": ("assistant.cli.bom", "list what Beredd is installed with, and the licences"),
    "audit": ("assistant.cli.audit", "compare what is installed to known weaknesses in a file"),
    "case": ("assistant.cli.case", "show a case over time, or the register of cases"),
    "compare": ("assistant.cli.compare", "set two proposals side by side"),
    "brief": ("assistant.cli.brief", "write a brief for a meeting"),
    "users": ("assistant.cli.users", "say who may log in on the page"),
    "log": ("assistant.cli.log", "erase a person's questions from the log"),
}
_ELSEWHERE = {
    "chat": "open the web page",
    "eval": "score the assistant on a case file",
    "bench": "measure speed and memory on a folder of documents",
}


def main(argv: list[str] | None = None) -> int:
    """Runs one command; returns its exit code.

    0: done. 1: something failed (a file, a case, an index that is not there). 2: wrong usage.
    """
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_help())
        return 0 if arguments else 2
    if arguments[0] in ("-V", "--version"):
        print(f"beredd {version('beredd')}")
        return 0
    command = _find(arguments[0])
    if command is None:
        print(f'beredd: there is no command "{arguments[0]}".\n\n{_help()}', file=sys.stderr)
        return 2
    return _run(command, arguments[1:])


def _run(command: Command, arguments: list[str]) -> int:
    try:
        return command(arguments)
    except BereddError as error:
        print(f"beredd: {_plain(str(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nberedd: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stdout = None
        return 0


def _plain(text: str) -> str:
    """An error's text without control characters: it may name a file, or tell what it says."""
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text)


def _find(name: str) -> Command | None:
    if name in _COMMANDS:
        main_of: Command = import_module(_COMMANDS[name][0]).main
        return main_of
    for point in entry_points(group="beredd.commands", name=name):
        loaded: Command = point.load()
        return loaded
    return None


def _help() -> str:
    known = {name: text for name, (_, text) in _COMMANDS.items()} | _ELSEWHERE
    rows = "\n".join(f"  {name:<10} {text}" for name, text in known.items())
    return f"usage: beredd COMMAND …\n\n{rows}\n\nHelp for one of them: beredd COMMAND --help"


if __name__ == "__main__":
    sys.exit(main())

"""`beredd users`: who may log in on the page, and what they may do there."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import replace
from pathlib import Path

from assistant import users
from assistant.cli.opening import printable
from assistant.settings import Settings
from assistant.users import Access, User
from ingest.errors import BereddError


def main(argv: list[str]) -> int:
    """Runs what is asked for; returns 0."""
    args = _parser().parse_args(argv)
    settings = Settings.from_environ()
    chosen = replace(settings, index=args.index) if args.index else settings
    file = args.file or chosen.users_file
    if args.what == "add":
        _add(file, args.name, Access(args.role), with_password=args.password)
    elif args.what == "remove":
        _remove(file, args.name)
    else:
        for name, user in sorted(users.read(file).items()):
            print(printable(f"{name}\t{user.access.value}"))
    return 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="beredd users", description="Say who may log in.")
    made.add_argument("--index", type=Path, help="the index folder (default: .beredd)")
    made.add_argument("--file", type=Path, help="the users file (default: beside the index)")
    what = made.add_subparsers(dest="what", required=True)
    add = what.add_parser("add", help="add a person, or change password and role")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=[a.value for a in Access], default=Access.READER.value,
                     help="reader asks and reads; editor adds and removes papers too")  # fmt: skip
    add.add_argument("--no-password", dest="password", action="store_false",
                     help="for somebody whom the city's own sign-on names")  # fmt: skip
    remove = what.add_parser("remove", help="remove a person; a login that is open ends at once")
    remove.add_argument("name", metavar="NAME")
    what.add_parser("list", help="list names and roles")
    return made


def _add(file: Path, name: str, access: Access, *, with_password: bool) -> None:
    if not users.key(name) or not name.isprintable() or ":" in name:
        raise BereddError("A name needs letters, and may hold no colon.")
    password = users.hashed(_asked(name)) if with_password else None
    write = dict(users.read(file)) | {users.key(name): User(access, password)}
    users.write(file, write)
    print(f"{users.key(name)}: {access.value}, in {file}")


def _remove(file: Path, name: str) -> None:
    known = users.read(file)
    if users.key(name) not in known:
        raise BereddError(f'Nobody is called "{name}". List the names with: beredd users list')
    users.write(file, {n: user for n, user in known.items() if n != users.key(name)})
    print(f"removed {users.key(name)}")


def _asked(name: str) -> str:
    """The password, typed twice; from a pipe, its first line."""
    if not sys.stdin.isatty():
        return _long_enough(sys.stdin.readline().rstrip("\r\n"))
    first = _long_enough(getpass.getpass(f"Password for {name}: "))
    if getpass.getpass("Once more: ") != first:
        raise BereddError("The two passwords differ. Run the command again.")
    return first


def _long_enough(password: str) -> str:
    if len(password) < users.SHORTEST:
        raise BereddError(f"A password needs at least {users.SHORTEST} characters.")
    return password

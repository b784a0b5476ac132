"""Those who may log in: a file of names, what they may do, and scrypt hashes of their passwords."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from ingest.errors import BereddError

SHORTEST = 10
"""Characters that a password must have."""
_N, _R, _P = 2**15, 8, 1
"""The cost of a hash: 32 MB and about a tenth of a second (RFC 7914)."""


class Access(StrEnum):
    """What a person may do: ask and read, or add, read again and remove papers too."""

    READER = "reader"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class User:
    """One who may log in. `password`: its hash; None for those whom the city's sign-on names."""

    access: Access
    password: str | None = None


Users = Mapping[str, User]
"""By name as `key` makes it."""


def key(name: str) -> str:
    """A name as it is compared: capitals and the way letters are composed make no difference."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def read(file: Path) -> dict[str, User]:
    """The users of a file; none where there is no file. Raises BereddError for a broken one."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return {
            key(name): User(Access(user["access"]), user.get("password"))
            for name, user in data["users"].items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BereddError(
            f"The users in {file} cannot be read ({error}). Mend the file, or move it away and "
            "add the users again with: beredd users add NAME"
        ) from error


def write(file: Path, users: Users) -> None:
    """Writes the file in one step; only its owner may read it."""
    data = {"users": {name: asdict(user) for name, user in sorted(users.items())}}
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w", encoding="utf-8") as out:  # noqa: PTH123  (a handle, not a path)
        json.dump(data, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(file)


def hashed(password: str) -> str:
    """A salted hash: "scrypt$N$r$p$salt$hash", numbers in decimal, the rest in hex."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_N}${_R}${_P}${salt.hex()}${_scrypt(password, salt, _N, _R, _P).hex()}"


def matches(password: str, stored: str | None) -> bool:
    """True if the password is the one that was hashed; as slow for nobody's as for somebody's."""
    try:
        _, n, r, p, salt, wanted = (stored or _NOBODY).split("$")
        found = _scrypt(password, bytes.fromhex(salt), int(n), int(r), int(p))
        return hmac.compare_digest(found, bytes.fromhex(wanted)) and stored is not None
    except ValueError:
        return False


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    plain = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(plain, salt=salt, n=n, r=r, p=p, maxmem=2**27, dklen=32)


_NOBODY = f"scrypt${_N}${_R}${_P}${'00' * 16}${'00' * 32}"

"""Roles around names: "tjänstgörande ersättarna", "Anna Ek (S), ordförande"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

# An office that no list can hold all of: "skolchef", "miljöinspektör"
_OFFICE = (
    r"(?-i:[a-zåäö]{2,25})(?:chef|direktör|sekreterare|strateg|ekonom|jurist|utredare|handläggare"
    r"|ledare|samordnare|arkitekt|ingenjör|inspektör|controller)"
)


@cache
def _pattern() -> str:
    path = Path(__file__).with_name("names.toml")
    roles: list[str] = tomllib.loads(path.read_text(encoding="utf-8"))["roles"]
    longest_first = sorted(roles, key=len, reverse=True)
    return "|".join(re.escape(role).replace(r"\ ", r"\s+") for role in longest_first)


@cache
def _role_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({_pattern()}),?\s+$", re.IGNORECASE)


@cache
def _role_after() -> re.Pattern[str]:
    return re.compile(
        rf"(?:,\s*|[ \t]+|\n(?-i:(?=[a-z\d])))\(?({_pattern()}|{_OFFICE})(?!\w)", re.IGNORECASE
    )


def find_role_before(text: str) -> str | None:
    """The role that ends the text, as written ("tjänstgörande ersättarna"), or None."""
    m = _role_before().search(text)
    if m is None or re.search(r"\),?\s*$", text[: m.start()]):
        return None  # the role of the person before
    return " ".join(m[1].split())


def find_role_after(text: str, at: int) -> str | None:
    """The bare role that follows at `at` ("Anna Ek (S), ordförande"), or None."""
    m = _role_after().match(text, at)
    role = bare_role(m[1]) if m else None
    if m and role == "tjänstgörande ersättare" and re.match(r"[ \t]+[A-ZÅÄÖ]", text[m.end() :]):
        return None  # the role of the person after: "Anna Ek (S), tjg ers Bo Al (M)"
    return role


def bare_role(role: str) -> str:
    """A role as records write it: "Ordföranden" → "ordförande", "ersättarna" → "ersättare"."""
    role = " ".join(role.casefold().split()).rstrip(".")
    for ending, bare in (
        ("tj ers", "tjänstgörande ersättare"), ("tjg ers", "tjänstgörande ersättare"),
        ("tj. ers", "tjänstgörande ersättare"), ("tjg. ers", "tjänstgörande ersättare"),
        ("ordföranden", "ordförande"), ("ordf", "ordförande"), ("ledamöterna", "ledamot"),
        ("ledamöter", "ledamot"), ("ledamoten", "ledamot"), ("ersättarna", "ersättare"),
        ("ersättaren", "ersättare"), ("råden", "råd"), ("rådet", "råd"), ("direktören", "direktör"),
        ("chefen", "chef"), ("sekreteraren", "sekreterare"), ("justeraren", "justerare"),
    ):  # fmt: skip
        if role.endswith(ending):
            return role.removesuffix(ending) + bare
    return role

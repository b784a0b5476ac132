"""Known weaknesses of what is installed, by advisories in a file: nothing is asked of a network.

The file is a zip of advisories in the OSV format (https://ossf.github.io/osv-schema/), such as the
one that osv.dev publishes for PyPI.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from assistant.bill import Component
from ingest.errors import BereddError


@dataclass(frozen=True, slots=True, order=True)
class Weakness:
    """An advisory that an installed version falls under. `fixed`: the versions that mend it."""

    name: str
    version: str
    advisory: str
    summary: str
    fixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advisories:
    """The advisories of a file. `latest`: when the newest of them was changed, ISO time."""

    entries: tuple[Mapping[str, Any], ...]
    latest: str


def read(file: Path) -> Advisories:
    """The advisories of a zip file; withdrawn ones are left out.

    Raises:
        BereddError: it is no zip file, or holds no advisory.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name for name in archive.namelist() if name.endswith(".json")]
            entries = [json.loads(archive.read(name)) for name in names]
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise BereddError(
            f"{file} cannot be read as advisories ({error}). Give the zip file of advisories for "
            "PyPI that osv.dev publishes."
        ) from error
    kept = [one for one in entries if isinstance(one, dict) and not one.get("withdrawn")]
    if not kept:
        raise BereddError(f"{file} holds no advisories. Nothing has been compared.")
    return Advisories(tuple(kept), max(str(one.get("modified", "")) for one in kept))


def weaknesses(bill: Iterable[Component], known: Advisories) -> list[Weakness]:
    """What is known against the components, by name."""
    installed = {canonicalize_name(one.name): one for one in bill}
    found = set()
    for advisory in known.entries:
        for affected in advisory.get("affected", []):
            package = affected.get("package", {})
            one = installed.get(canonicalize_name(str(package.get("name", ""))))
            if one and package.get("ecosystem") == "PyPI" and _falls_under(one.version, affected):
                found.add(
                    Weakness(
                        one.name,
                        one.version,
                        str(advisory.get("id", "")),
                        " ".join(str(advisory.get("summary", "")).split()),
                        tuple(_fixes(affected)),
                    )
                )
    return sorted(found)


def age_days(known: Advisories, now: datetime) -> int | None:
    """Whole days since the newest advisory was changed, or None where the file does not say."""
    try:
        return (now - datetime.fromisoformat(known.latest)).days
    except (ValueError, TypeError):
        return None


def _falls_under(version: str, affected: Mapping[str, Any]) -> bool:
    if version in affected.get("versions", []):
        return True
    return any(
        _inside(version, ends.get("events", []))
        for ends in affected.get("ranges", [])
        if ends.get("type") in ("ECOSYSTEM", "SEMVER")
    )


def _inside(version: str, events: Iterable[Mapping[str, str]]) -> bool:
    """True if a version lies in a range. One that cannot be compared counts as inside."""
    try:
        mine, inside = Version(version), False
        for kind, at in sorted(_points(events), key=lambda point: (point[1], point[0] != "fixed")):
            if mine < at or (kind == "last_affected" and mine == at):
                break
            inside = kind == "introduced"
    except InvalidVersion:
        return True
    return inside


def _points(events: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, Version]]:
    for event in events:
        for kind in ("introduced", "fixed", "last_affected"):
            if kind in event:
                yield kind, Version("0.dev0" if event[kind] == "0" else event[kind])


def _fixes(affected: Mapping[str, Any]) -> Iterator[str]:
    for ends in affected.get("ranges", []):
        if ends.get("type") != "GIT":
            yield from (str(event["fixed"]) for event in ends.get("events", []) if "fixed" in event)

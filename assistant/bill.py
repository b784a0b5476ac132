"""The bill of materials: what Beredd is installed with, and under which licences."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_COPYLEFT = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public", re.IGNORECASE)
_LESSER = re.compile(r"\bLGPL|Lesser|Library General", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Component:
    """An installed distribution. `licence`: as it states it, "unknown" where it states none."""

    name: str
    version: str
    licence: str

    @property
    def strong_copyleft(self) -> bool:
        """True if it states the GPL or the AGPL and nothing else to choose."""
        choices = re.split(r"\bOR\b", self.licence)
        return all(_COPYLEFT.search(c) and not _LESSER.search(c) for c in choices)


def components() -> list[Component]:
    """Everything that Beredd needs, directly or through others, by name; extras left out."""
    found: dict[str, Component] = {}
    waiting = list(_named(_own_requirements()))
    while waiting:
        name = _canonical(waiting.pop())
        if name in found:
            continue
        try:
            one = distribution(name)
        except PackageNotFoundError:
            continue  # for another platform, or not wanted here
        found[name] = component(one)
        waiting += _named(one.requires or [])
    return sorted(found.values())


def component(one: Distribution) -> Component:
    """A distribution's name, version and licence."""
    data = one.metadata
    classified = [
        line.rpartition(" :: ")[2]
        for line in data.get_all("Classifier") or []
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    said = (data["License"] or "").strip().splitlines()
    licence = data["License-Expression"] or ", ".join(classified) or (said[0] if said else "")
    return Component(_canonical(data["Name"]), one.version, " ".join(licence.split()) or "unknown")


def cyclonedx(bill: list[Component]) -> dict[str, object]:
    """The bill in the form of CycloneDX 1.6, which tools for inventories read."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": [
            {
                "type": "library",
                "name": one.name,
                "version": one.version,
                "purl": f"pkg:pypi/{one.name}@{one.version}",
                "licenses": [{"license": {"name": one.licence}}],
            }
            for one in bill
        ],
    }


def _own_requirements() -> Iterable[str]:
    """What Beredd itself requires: as its checkout says, else as it was installed."""
    project = Path(__file__).resolve().parents[1] / "pyproject.toml"
    if not project.exists():
        return distribution("beredd").requires or []
    stated: list[str] = tomllib.loads(project.read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
    return stated


def _named(requirements: Iterable[str]) -> Iterator[str]:
    for line in requirements:
        requirement, _, marker = line.partition(";")
        name = _NAME.match(requirement.strip())
        if name and "extra" not in marker:
            yield name[0]


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

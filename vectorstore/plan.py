"""The plan: what an ingest has to write and delete. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do to make the stored files equal the wanted ones.

    Attributes:
        added, changed, unchanged: ids among the wanted files, in the order wanted.
        removed: stored ids to delete, sorted.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def write(self) -> tuple[str, ...]:
        """Ids of the files to read and write."""
        return self.added + self.changed


def plan(stored: Mapping[str, str], wanted: Mapping[str, str], gone: Iterable[str] = ()) -> Plan:
    """Compares digests by id.

    Args:
        stored: digest of each stored file by id.
        wanted: digest of each file found by id.
        gone: stored ids whose files are gone and are to be pruned.
    """
    return Plan(
        added=tuple(i for i in wanted if i not in stored),
        changed=tuple(i for i, digest in wanted.items() if i in stored and stored[i] != digest),
        unchanged=tuple(i for i, digest in wanted.items() if stored.get(i) == digest),
        removed=tuple(sorted(i for i in set(gone) if i in stored and i not in wanted)),
    )

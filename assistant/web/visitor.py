"""Who asks: the person behind a request, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.users import Access

SCOPE = "beredd.visitor"
"""Where the gate leaves the visitor in the scope of a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """The person behind a request.

    Attributes:
        name: as they logged in; "" where no login is set.
        access: what they may do.
        address: where the request came from.
        by_form: True if they logged in on the page, and can log out there.
    """

    name: str = ""
    access: Access = Access.READER
    address: str = ""
    by_form: bool = False

    @property
    def edits(self) -> bool:
        """True if they may add, read again and remove papers."""
        return self.access is Access.EDITOR

    @property
    def key(self) -> str:
        """What tells people apart when questions are counted."""
        return f"name {self.name}" if self.name else f"address {self.address}"


ANYBODY = Visitor()
"""A reader of whom nothing is known."""


def visitor_of(request: Any) -> Visitor:
    """Whom the gate found behind a request, Gradio's or Starlette's; ANYBODY without a gate."""
    inner = getattr(request, "request", None) or request
    found = getattr(inner, "scope", {}).get(SCOPE)
    return found if isinstance(found, Visitor) else ANYBODY

"""Cases, comparisons and briefs as named endpoints, beside those of `api.py`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import gradio as gr

from assistant.cli import brief as briefing
from assistant.cli import compare as comparing
from assistant.prepare import meetings
from assistant.prepare.briefs import brief
from assistant.prepare.comparing import compare
from assistant.prepare.meetings import Meeting
from assistant.prepare.proposals import pick
from assistant.prepare.sources import Sources
from assistant.prepare.telling import tell
from assistant.web.desk import Desk
from assistant.web.ledger import Ledger
from assistant.web.registers import Registers
from assistant.web.visitor import visitor_of
from assistant.web.words import Words


@dataclass(frozen=True, slots=True)
class PrepareApi:
    """The endpoints over one desk."""

    desk: Desk
    registers: Registers
    ledger: Ledger

    def cases(self, search: str, request: gr.Request) -> list[dict[str, Any]]:
        """Lists the cases (ärenden) of the indexed papers, the latest first.

        Args:
            search: words of a title or a case number; "" for all cases.

        Returns:
            Cases with number, title, papers, first and last day, and where each stands.
        """
        register = self.registers.of(self.desk.opened().index)
        return [asdict(entry) for entry in register.search(search)]

    def proposals(self, request: gr.Request) -> list[dict[str, Any]]:
        """Lists the papers that `compare` can set side by side, the latest first.

        Returns:
            Papers with the name that `compare` takes, title, kind, body, date and case number.
        """
        found = self.registers.candidates(self.desk.opened().index)
        return [asdict(one) for one in found]

    def compare(self, first: str, second: str, request: gr.Request) -> dict[str, Any]:
        """Compares two proposals, demand by demand: same, changed, or only in one of them.

        Args:
            first: a paper by its file ("motion.txt"), or a part of it ("minutes.txt#§ 39").
            second: the other one.

        Returns:
            Both papers, the pairs of demands with the words that differ, and how many of each.
        """
        index, sources = self.desk.opened().index, Sources()
        one, other = (pick(index, name, sources) for name in (first, second))
        return comparing.as_json(one, other, compare(one.points, other.points))

    def brief(self, document: str, language: str, request: gr.Request) -> dict[str, Any]:
        """Prepares a meeting: what there is to know of each item of minutes or a summons.

        Args:
            document: an indexed paper of kind "minutes" or "agenda", by its file.
            language: "sv" or "en", for the words around the quotations.

        Returns:
            The items with proposals, votes, reservations, amounts and what is missing; the brief
            as lines; and its numbered sources with file, offsets and quote.
        """
        self.ledger.admit(visitor_of(request))
        index = self.desk.opened().index
        return self._made(meetings.in_index(index, index.find(document)), language)

    def agenda(self, text: str, language: str, request: gr.Request) -> dict[str, Any]:
        """Prepares a meeting from the text of an agenda, which is not kept.

        Args:
            text: the agenda: an item a line, preferably with its number and case number.
            language: "sv" or "en", for the words around the quotations.

        Returns:
            As `brief`.
        """
        self.ledger.admit(visitor_of(request))
        name = Words(_known(language)).of("prepare")("brief.pasted")
        return self._made(meetings.of_text(text, name), language)

    def _made(self, meeting: Meeting, language: str) -> dict[str, Any]:
        index = self.desk.opened().index
        made = brief(index, self.registers.of(index), meeting)
        return briefing.as_json(made, tell(made, Words(_known(language)).of("prepare")))


def _known(language: str) -> str:
    return "en" if language == "en" else "sv"

"""A tiny invented collection, cases about it, and a subject that answers them; for eval's tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.corpus import Texts, of_documents
from eval.subject import Retrieved
from ingest.document import Document, Page

MINUTES = """Ekmarka kommun
Kommunfullmäktige

§ 11 Motion om cykelgarage
Beslut
Motionen avslås.
Omröstningen utfaller med 21 Ja mot 18 Nej.

§ 12 Motion om sommarbad
Beslut
Kommunfullmäktige beslutar att badet inte ska stängas och att avgiften är 40 kronor.
Omröstningen utfaller med 25 Ja mot 14 Nej.
Karin Alm (V) och Nils Berg (S) reserverar sig mot beslutet till förmån för eget yrkande.
"""
PAGE_ONE = "Granskning av lönesystem\r\nRevisorerna bedömer att kon\x02trollen är bristfällig."
PAGE_TWO = "Kostnaden uppgick till 1 250 tkr under året."
MOTION = "Motion om sommarbad\n\natt avgiften sänks till 20 kronor\n\nFör Vänsterpartiet\nKarin Alm"


def texts() -> Texts:
    """Three documents: minutes, a motion, and an audit report of two pages."""
    report = f"{PAGE_ONE}\n{PAGE_TWO}"
    pages = (Page(1, 0, len(PAGE_ONE) + 1), Page(2, len(PAGE_ONE) + 1, len(report)))
    return of_documents(
        [
            Document("ekmarka/protokoll.txt", "d1", "txt", "Protokoll", MINUTES),
            Document("ekmarka/motion.txt", "d2", "txt", "Motion", MOTION),
            Document("ekmarka/revision.pdf", "d3", "pdf", "Revision", report, pages),
        ]
    )


def line(**fields: Any) -> str:
    """A single case as a line of a case file, whole but for what is given."""
    base: dict[str, Any] = {
        "id": "e1",
        "lang": "sv",
        "city": "ekmarka",
        "category": "vote",
        "question": "Hur föll omröstningen om badet ut?",
        "answerable": True,
        "gold_any": [[gold("Omröstningen utfaller med 25 Ja mot 14 Nej.", section="§ 12")]],
        "facts": [["25"], ["14"]],
        "forbidden": ["21"],
        "note": "",
    }
    return json.dumps(base | fields, ensure_ascii=False)


def gold(quote: str, file: str = "protokoll.txt", page: int | None = None, **more: Any) -> Any:
    """One gold passage."""
    return {"file": file, "quote": quote, "page": page, **more}


def unanswerable(name: str = "e2") -> str:
    """A case that the collection does not answer."""
    return line(id=name, category="unanswerable", question="Vad kostar ett busskort?",
                answerable=False, gold_any=[], facts=[], forbidden=[])  # fmt: skip


def citation(quote: str, file: str = "ekmarka/protokoll.txt", **more: Any) -> dict[str, Any]:
    """A true citation of a quote, page included."""
    document = texts().document(file)
    assert document is not None
    start = document.text.index(quote)
    return {"id": "S1", "file": file, "quote": quote, "start": start, "end": start + len(quote),
            "page": document.page_at(start), **more}  # fmt: skip


def answer(text: str, *citations: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An answer of one sentence that cites everything it is given."""
    tokens = "".join(f" [{c['id']}]" for c in citations)
    sentence = {"text": text + tokens, "citations": [c["id"] for c in citations]}
    return {"outcome": "answered", "answer": text + tokens, "sentences": [sentence],
            "citations": list(citations), "language": "sv", "timings_ms": {"total": 12.0},
            **more}  # fmt: skip


def vote_answer() -> dict[str, Any]:
    """A right answer to `line()`, with its source."""
    quote = "Omröstningen utfaller med 25 Ja mot 14 Nej."
    return answer(f"”{quote}”", citation(quote))


def hit(quote: str, file: str = "ekmarka/protokoll.txt", score: float = 1.0) -> Retrieved:
    """A passage that holds exactly the quote."""
    found = citation(quote, file)
    return Retrieved(file=file, start=found["start"], end=found["end"], text=quote, score=score)


def write(folder: Path, name: str, *lines: str) -> Path:
    """A file of these lines."""
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file

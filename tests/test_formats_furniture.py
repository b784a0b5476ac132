"""Page furniture is found by how it recurs; headings and case numbers never are furniture."""

from __future__ import annotations

import pytest

from ingest.clean import clean
from ingest.document import Document, MarkKind
from ingest.formats import read_source
from ingest.formats.source import Source


def read(text: str, name: str = "a.txt") -> Document:
    return read_source(Source(file=name, data=text.encode()))


def body(number: int) -> str:
    words = ("ansökan", "lokalen", "skolan", "vägen", "bidraget", "planen", "taxan", "avtalet")
    word = words[number % len(words)]
    return (
        f"§ {number}\nÄrende om {word}\nBeslut\n\nNämnden godkänner {word} enligt förslaget.\n"
        f"Handläggaren redogör för {word} och svarar på frågor om {word}s"
    )


def minutes(pages: int, head: str, foot: str = "") -> str:
    """Minutes whose pages break inside a sentence."""
    page = [
        f"{head.format(n=n)}\nkostnader och tidplan.\n\n{body(n)}\n{foot.format(n=n)}"
        for n in range(1, pages + 1)
    ]
    return "\n".join(page)


def furniture(doc: Document) -> str:
    return "\n".join(doc.text[mark.start : mark.end] for mark in doc.marked(MarkKind.FURNITURE))


def test_heads_around_page_counts_are_found_in_text_without_page_marks() -> None:
    head = "\n{n} (9)\n\nKommunfullmäktige\n\nProtokoll nr 4\nSammanträdesdatum: 2025-02-03\n"
    doc = read(minutes(9, head, "Ekmarka kommun, protokoll"))
    text = clean(doc).text
    for line in ("(9)", "Protokoll nr 4", "Sammanträdesdatum", "Ekmarka kommun, protokoll"):
        assert line not in text
    assert text.count("§ ") == 9
    assert text.count("Beslut\n") == 9
    assert doc.pages == ()


def test_a_sentence_reads_on_across_the_page_break() -> None:
    head = "\n{n} (9)\n\nKommunfullmäktige\n\nProtokoll nr 4\n"
    text = clean(read(minutes(9, head))).text
    assert "frågor om lokalens\nkostnader och tidplan." in text


def test_a_count_and_a_name_on_one_line_are_found() -> None:
    text = clean(read(minutes(6, "Ekmarka kommun, Socialnämnden, protokoll · {n} (6)"))).text
    assert "protokoll ·" not in text


@pytest.mark.parametrize("break_", ["<!-- sida {n} -->\n\n", "\f"])
def test_heads_and_feet_of_marked_pages_are_found(break_: str) -> None:
    head = break_ + "EKMARKA KOMMUN     PROTOKOLL    {n} (7)\nKommunstyrelsen\nDatum\n2025-03-04\n"
    doc = read(minutes(7, head, "\nJusterandes sign: ____   Utdragsbestyrkande: ____"))
    text = clean(doc).text
    assert "PROTOKOLL" not in text
    assert "Justerandes" not in text
    assert text.count("Datum") == text.count("2025-03-04") == 1  # the first page's letterhead
    assert text.count("§ ") == 7
    assert len(doc.pages) == 7


def test_a_heading_that_opens_every_page_is_not_furniture() -> None:
    pages = [f"<!-- sida {n} -->\n§ {n}\nDnr KS 2025/{n}\nBeslut\nText {n}.\n" for n in range(1, 9)]
    text = clean(read("\n".join(pages), "a.md")).text
    assert text.count("§ ") == text.count("Dnr KS 2025/") == text.count("Beslut") == 8


def test_a_heading_that_opens_two_pages_at_the_same_line_stays_on_each() -> None:
    pages = [
        f"Sida {n}\nMiljönämnden\n\n§ {n} Ärende {n}\n\nMiljönämndens beslut\nLov {n} lämnas inte."
        for n in range(1, 5)
    ]
    text = clean(read("\f".join(pages))).text
    assert text.count("Miljönämndens beslut") == 4


def test_a_repeated_head_with_a_case_number_is_kept_once() -> None:
    pages = [f"Ekmarka kommun\tSida {n} av 4\nDnr KS 2025/12\n{body(n)}\n" for n in range(1, 5)]
    text = clean(read("\f".join(pages))).text
    assert text.count("Dnr KS 2025/12") == 1
    assert "Ekmarka kommun" not in text
    assert "Sida" not in text


def test_signature_strips_are_found_wherever_they_stand() -> None:
    strip = "Detta dokument är digitalt signerat\nTransaktionsid: 0922AB55CD77EF99001\n"
    doc = read(f"Beslut\n\nNämnden bifaller.\n\n{strip}\nEfteråt signerar ordföranden avtalet.\n")
    assert furniture(doc) == strip.strip()


def test_a_running_title_between_paragraphs_is_found_by_the_sentences_it_cuts() -> None:
    cut = "Utredningen visar att kostnaden för driften av anläggningen\n\n{title}\n\n"
    title = "Utredning om badhus Ekmarka kommun 2024-05-06"
    pages = [cut.format(title=title) + f"ökar under år {n}.\n\n{body(n)}.\n\n" for n in range(6)]
    text = clean(read("".join(pages))).text
    assert title not in text
    assert "anläggningen\nökar" in text


def test_recurring_headings_between_paragraphs_stay() -> None:
    text = "\n\n".join(f"Bedömning\n\nDet är bra, anser nämnd {n}." for n in range(30))
    assert furniture(read(text)) == ""


def test_vote_tables_stay() -> None:
    rows = "\n".join(f"Ledamot {n}\nS\nJa\n" for n in range(40))
    assert furniture(read(f"Omröstning\n\n{rows}\n3 (40)\n")) in ("", "3 (40)")

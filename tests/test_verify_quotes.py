"""Rules for quotations: the right words at the right place on the right page."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verify import Fault, check_quote, find_quote, furniture_of, means_something
from ingest.document import Document, Mark, MarkKind, Page, Span

FIRST = "Nämnden avslår förslaget om fler bänkar."
TEXT = f"{FIRST}\nKostnaden är 1,5 miljoner kronor.\n\f7 (31)\n{FIRST}\nSlut."
BREAK = TEXT.index("\f")
PAPER = Document(
    file="ekmarka.pdf",
    digest="0",
    format="pdf",
    title="Protokoll",
    text=TEXT,
    pages=(Page(1, 0, BREAK), Page(2, BREAK, len(TEXT))),
    marks=(Mark(MarkKind.FURNITURE, BREAK, BREAK + 8),),
)
AGAIN = TEXT.rindex(FIRST)


def test_a_quotation_at_its_place_and_page_stands() -> None:
    assert check_quote(FIRST, PAPER, 0, len(FIRST), 1) is None
    assert check_quote(FIRST, PAPER, AGAIN, AGAIN + len(FIRST), 2) is None


@pytest.mark.parametrize(
    ("quote", "start", "end", "page", "fault"),
    [
        (FIRST, AGAIN, AGAIN + len(FIRST), 1, Fault.PAGE),
        (FIRST, 0, len(FIRST), 2, Fault.PAGE),
        (FIRST, 0, len(FIRST), None, Fault.PAGE),
        (FIRST, 1, len(FIRST) + 1, 1, Fault.QUOTE),
        (FIRST.replace("fler", "färre"), 0, len(FIRST) + 1, 1, Fault.QUOTE),
        (FIRST, -1, len(FIRST), 1, Fault.OFFSETS),
        (FIRST, 0, 10_000, 1, Fault.OFFSETS),
        ("", 0, 0, 1, Fault.EMPTY),
        ("Nämnden", 0, 7, 1, Fault.TOO_SHORT),
    ],
)
def test_a_quotation_that_is_off_does_not(
    quote: str, start: int, end: int, page: int | None, fault: Fault
) -> None:
    assert check_quote(quote, PAPER, start, end, page) is fault


def test_a_repeated_phrase_is_bound_to_the_right_occurrence() -> None:
    assert find_quote(FIRST, TEXT, near=0) == Span(0, len(FIRST))
    assert find_quote(FIRST, TEXT, near=AGAIN) == Span(AGAIN, AGAIN + len(FIRST))
    assert find_quote(FIRST, TEXT, near=Span(BREAK, len(TEXT))) == Span(AGAIN, AGAIN + len(FIRST))


def test_a_repeated_phrase_with_nothing_to_tell_which_is_bound_to_none() -> None:
    assert find_quote(FIRST, TEXT) is None
    assert find_quote("Kostnaden är 1,5 miljoner kronor.", TEXT) is not None


@pytest.mark.parametrize("short", ["och", "avslås", "§ 3", "Nämnden", "i en av", "12 34 56 78", ""])
def test_a_quotation_too_short_to_mean_anything_is_none(short: str) -> None:
    assert not means_something(short)
    assert find_quote(short, TEXT + short, near=0) is None


@pytest.mark.parametrize(
    "other",
    [
        "Kostnaden är 15 miljoner kronor.",
        "Kostnaden är 1.5 miljoner kronor.",
        "kostnaden är 1,5 miljoner kronor.",
        "Kostnaden är 1,5 miljoner kronor!",
        "Kostnaden var 1,5 miljoner kronor.",
        "ostnaden är 1,5 miljoner kronor.",
        "Kostnaden är 1,5 miljoner kron",
    ],
)
def test_not_a_letter_or_a_digit_may_differ(other: str) -> None:
    assert find_quote(other, TEXT, near=0) is None


@pytest.mark.parametrize(
    "damaged",
    [
        unicodedata.normalize("NFD", TEXT),
        TEXT.replace("förslaget", "förs-\nlaget"),
        TEXT.replace("förslaget", "förs\u00adlaget"),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace(" om ", "\r\n om\u2009 "),
        TEXT.replace("bänkar", "b\u200bänkar"),
    ],
)
def test_damage_from_extraction_hides_no_quotation(damaged: str) -> None:
    span = find_quote(FIRST, damaged, near=0)
    assert span is not None
    assert span.start == 0
    assert damaged[span.start : span.end].endswith(".")
    assert find_quote(unicodedata.normalize("NFD", FIRST), TEXT, near=0) is not None


def test_a_ligature_is_its_letters() -> None:
    text = "Nämnden be\ufb01nner sig i ett annat läge."
    span = find_quote("Nämnden befinner sig i ett annat läge.", text)
    assert span == Span(0, len(text))


def test_a_quotation_may_run_across_a_page_and_its_running_head() -> None:
    head = "\n\nEkmarka kommun, protokoll\n7 (31)\n\n"
    text = f"Planen ska gälla{head}för alla barn i kommunen."
    at = text.index(head)
    paper = Document(
        file="p.txt",
        digest="0",
        format="txt",
        title="P",
        text=text,
        marks=(Mark(MarkKind.FURNITURE, at, at + len(head)),),
    )
    quote = "Planen ska gälla för alla barn i kommunen."
    assert find_quote(quote, text) is None
    assert find_quote(quote, text, furniture=furniture_of(paper)) == Span(0, len(text))


def test_a_hyphen_that_a_line_end_may_have_made_is_no_difference() -> None:
    assert find_quote("Ett nytt e-förslag om bänkar", "Ett nytt e-\nförslag om bänkar") is not None


@given(st.text(max_size=80), st.text(max_size=200))
def test_what_is_found_lies_inside_the_text(quote: str, text: str) -> None:
    span = find_quote(quote, text, near=0)
    assert span is None or 0 <= span.start < span.end <= len(text)

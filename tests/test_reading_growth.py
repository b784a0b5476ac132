"""Awkward texts: every span holds, and four times the text takes about four times as long."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Document
from ingest.errors import ReadError
from ingest.formats import read_source
from ingest.formats.source import Source
from ingest.headings import headings
from ingest.passages import MAX_TOKENS, passages
from ingest.sentences import sentences
from ingest.structure import analyse
from ingest.tokens import count
from tests.reading_holds import check
from vectorstore.lexical import analyser
from vectorstore.reading import Reading

MINUTES = (
    "Kommunfullmäktige\nProtokoll\nSammanträdesdatum 2024-01-01\n\n§ 1 Dnr KS 2024/1\n\n"
    "Motion om en bro\nBeslut\n\nKommunfullmäktige beslutar: "
)
REPORT = "Tjänsteutlåtande\nUtfärdat 2024-01-01\nDiarienummer 1/24\n\nFörslag till beslut\n"
BEGINNINGS = ("", MINUTES, REPORT)
PIECES = st.sampled_from(
    ["\r\n", "\f", "\u2028", "\x85", "\u00ad", "\u0301", "\ufb01", "\x00", "\ufffd", "  ", "\t",
     "<!-- sida 2 -->", "**fet**", "| a | b |\n", "1. punkt\n", "- punkt\n", "§ 2 Taxa\n",
     "Beslut\n", "Nämnden beslutar att bygga en bro. ", "Karin Ek (V) yrkar avslag.\n", "\n\n",
     "Reservation\n", "21 Ja mot 14 Nej. ", "ord-\n", "Sida 1 av 9\n", "1 (9)\n", "“citat” ",
     "100 100 ", "\n" * 40]
)  # fmt: skip


def read(text: str, suffix: str = ".md") -> Reading:
    """The whole reading of a text that is in memory."""
    source = Source(file=f"x{suffix}", data=text.encode("utf-8", "surrogatepass"))
    try:
        document = read_source(source)
    except ReadError as error:
        from ingest.formats import Failure

        return Reading("x", failure=Failure("x", error.reason, error.remedy))
    return analysed(document)


def analysed(document: Document) -> Reading:
    parts = analyse(document)
    return Reading("x", document, parts, tuple(passages(document, parts, headings)))


@given(
    beginning=st.sampled_from(BEGINNINGS),
    pieces=st.lists(PIECES | st.text(max_size=12), max_size=60),
    suffix=st.sampled_from((".txt", ".md")),
)
@settings(max_examples=200, deadline=None)
def test_whatever_a_text_holds_its_spans_hold(
    beginning: str, pieces: list[str], suffix: str
) -> None:
    check(read(beginning + "".join(pieces), suffix))


def test_lone_surrogates_become_damage_and_not_a_crash() -> None:
    check(read("Nämnden beslutar \ud800 att bygga \udfff en bro. " * 3))


@pytest.mark.parametrize("unit", ["a", "ord ", "Nämnden beslutar att bygga en bro. ", "å1", "”("])
def test_one_line_of_half_a_million_letters_is_cut_into_passages_that_fit(unit: str) -> None:
    reading = read(unit * (500_000 // len(unit)))
    check(reading)
    assert all(count(row.text) <= MAX_TOKENS for row in reading.passages)


@pytest.mark.slow
def test_a_line_of_five_megabytes_is_read() -> None:
    reading = read("Nämnden beslutar att bygga en bro vid torget " * 111_000)
    check(reading)
    assert sum(len(row.text) for row in reading.passages) > 4_900_000


def test_a_decision_of_a_line_separator_alone_is_none() -> None:
    check(read(f"{BEGINNINGS[1]}\u2028"))


def test_a_text_of_deep_lists_and_quotations_is_read() -> None:
    check(read("\n".join(" " * n + "- punkt" for n in range(500))))
    check(read("> " * 20_000 + "ord " + "(" * 20_000 + "ord" + ")" * 20_000))


UNITS = [
    "\f", "Sida ett\f", "\n", " ", "\t", "\u00a0", "\r", "a", "A", "Ab ", "1", "1 ", "100 ", "(",
    "§ 1\n", "§ 1 Taxa\nBeslut\nNämnden beslutar att bygga.\n", "att ", "- punkt\n", "1. punkt\n",
    "**", "**a ", "__a", "|", "| a | b |\n", "<!--", "<!-- sida 1 -->\n", "# Rubrik\n", "Beslut\n",
    "Beslut\n\nNämnden beslutar att bygga en bro.\n\n", "a-\n", "\u0301", "\ufb01", "¹ not\n",
    "Karin Ek (V), ", "Karin Ek (V) yrkar bifall. ", "Reservation\nKarin Ek (V) reserverar sig.\n",
    "Kommunstyrelsen\nYrkande\nFörslag till beslut\n", "den 3 maj 2024 ", "KS 2024/12 ", ".", ". ",
    "Sida 1 av 9\n", "1 (9)\n", "[bookmark:", "• ", "”", "www.a.se/", "och ", "a/", "\u2028",
]  # fmt: skip
SMALL, TIMES = 3000, 4


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("beginning", BEGINNINGS, ids=["plain", "minutes", "report"])
def test_the_time_that_reading_takes_grows_as_the_text_does(beginning: str, unit: str) -> None:
    spent = [_spent(beginning, unit, SMALL * n) for n in (1, TIMES, TIMES * TIMES)]
    # Quadratic reading takes 16 times as long for 4 times the text, linear reading 4 times.
    assert spent[2] < 2.2 * TIMES * max(spent[1], 0.05), spent


def _spent(beginning: str, unit: str, length: int) -> float:
    """Processor time in seconds for reading, and for making index terms of the passages.

    Of this thread alone, and without the collector: what other tests have left in the process
    would be counted with it.
    """
    text = f"{beginning}Ord {unit * (length // len(unit))} slut"
    gc.disable()
    try:
        began = time.thread_time()
        for row in read(text).passages:
            analyser().terms(row.clean)
        return time.thread_time() - began
    finally:
        gc.enable()


@pytest.mark.parametrize("unit", ["\t", " ", "\n", ". ", "a- ", "1. ", "(”", "A. B. "])
def test_the_time_that_sentences_take_grows_as_the_text_does(unit: str) -> None:
    spent = []
    for length in (50_000, 200_000):
        began = time.thread_time()
        sentences("Ord " + unit * (length // len(unit)) + " slut")
        spent.append(time.thread_time() - began)
    assert spent[1] < 9 * max(spent[0], 0.02), spent

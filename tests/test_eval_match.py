"""Matching: when a citation covers a gold passage, and when it does not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.cases import Gold
from eval.match import MAX_CITATION, covers, holds_all, occurrences, places, same_file, squeeze
from ingest.document import Document, Span
from tests.eval_examples import MINUTES, texts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("boras/a.txt", "a.txt", True),
        ("a.txt", "/data/boras/a.txt", True),
        ("boras\\a.txt", "corpus/boras/a.txt", True),
        ("ba.txt", "a.txt", False),
        ("boras/a.txt", "malmo/a.txt", False),
        ("", "a.txt", False),
    ],
)
def test_a_file_is_the_same_when_one_path_is_a_suffix(one: str, other: str, same: bool) -> None:
    assert same_file(one, other) is same
    assert same_file(other, one) is same


def test_white_space_line_hyphens_and_unicode_form_do_not_hide_a_quote() -> None:
    page = "att kon\x02trollen\r\när bristfällig"
    assert occurrences("kontrollen är bristfällig", page) == (Span(4, len(page)),)
    assert occurrences("kon- trollen är", page)
    assert occurrences("kontrollen är", unicodedata.normalize("NFD", page))
    assert not occurrences("kontrollen ar", page)


@given(st.text(max_size=60))
def test_squeezed_letters_know_their_place(text: str) -> None:
    found = squeeze(text)
    assert len(found.text) == len(found.starts) == len(found.ends)
    for letter, start, end in zip(found.text, found.starts, found.ends, strict=True):
        assert letter in unicodedata.normalize("NFC", text[start:end])


def test_a_repeated_quote_is_bound_to_its_paragraph() -> None:
    document = Document("p.txt", "", "txt", "p", "§ 1 A\nBifall till förslaget.\n§ 2 B\n"
                        "Bifall till förslaget.\n")  # fmt: skip
    (place,) = places(Gold(file="p.txt", quote="Bifall till förslaget.", section="§ 2"), document)
    assert place.start == document.text.rindex("Bifall")
    assert len(places(Gold(file="p.txt", quote="Bifall till förslaget."), document)) == 2


@pytest.mark.parametrize("head", ["§ {}", "Ks § {}", "KSN 2024-00123 § {}", "### § {}"])
def test_every_form_of_a_paragraphs_heading_tells_where_a_quote_stands(head: str) -> None:
    text = "\n".join(f"{head.format(n)}\nEnligt 3 kap. § 9\nBifall till förslaget." for n in (1, 2))
    document = Document(file="p.txt", digest="", format="txt", title="", text=text)
    (place,) = places(Gold(file="p.txt", quote="Bifall till förslaget.", section="§ 2"), document)
    assert place.start > text.index(head.format(2))


def test_a_quote_counts_only_on_its_page() -> None:
    document = texts().document("revision.pdf")
    assert document is not None
    assert places(Gold(file="r", quote="Kostnaden uppgick", page=2), document)
    assert not places(Gold(file="r", quote="Kostnaden uppgick", page=1), document)


def _span(quote: str) -> Span:
    start = MINUTES.index(quote)
    return Span(start, start + len(quote))


def test_half_of_the_words_cover_a_gold_passage_and_fewer_do_not() -> None:
    place = _span("badet inte ska stängas och att avgiften är 40 kronor")
    assert covers([_span("badet inte ska stängas och")], place, MINUTES)
    assert not covers([_span("att badet inte ska")], place, MINUTES)


def test_several_citations_cover_a_passage_together() -> None:
    place = _span("badet inte ska stängas och att avgiften är 40 kronor")
    assert covers([_span("att badet inte ska"), _span("är 40 kronor.")], place, MINUTES)


def test_a_sentence_of_four_words_inside_a_long_passage_covers_it_and_one_word_does_not() -> None:
    place = Span(_span("Kommunfullmäktige beslutar").start, _span("eget yrkande.").end)
    assert covers([_span("avgiften är 40 kronor")], place, MINUTES)
    assert not covers([_span("kronor")], place, MINUTES)


def test_a_citation_of_a_whole_paper_covers_nothing() -> None:
    text = "ord " * MAX_CITATION
    assert not covers([Span(0, len(text))], Span(0, 40), text)


def test_a_passage_is_found_only_when_every_letter_is_inside() -> None:
    place = _span("Omröstningen utfaller med 25 Ja mot 14 Nej.")
    middle = (place.start + place.end) // 2
    assert holds_all([Span(place.start, middle), Span(middle, place.end)], place, MINUTES)
    assert not holds_all([Span(place.start, place.end - 1)], place, MINUTES)
    assert not holds_all([], place, MINUTES)

"""Rules for where Swedish sentences end."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Nämnden hörde bl.a. Boverket och t.ex. Anna Berg i ärendet.",
        "Mötet öppnas kl. 14.00 i Ekmarka stadshus.",
        "Taxan höjs fr.o.m. 1 januari 2025 enl. 4 kap. 3 § kommunallagen.",
        "A. Andersson och B-O. Ek justerar protokollet.",
        "Kostnaden är ca. 15 milj. kronor, dvs. mer än förra året.",
        "Protokollet justeras m.h.t. jäv av dr. Ek.",
        "Nämnden beslutar enligt prop. 2023/24:12 och dnr. KS 2024-00012.",
        "Bidraget är 1.500 kronor per m.m. dylikt.",
        "”Är det sant?” frågade Anna Berg (S).",
        "Se www.ekmarka.se eller skriv till namnd@ekmarka.se för mer.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Yrkandet kom från Karin Holm (V).", "Nämnden avslog det."),
        ("Beslutet står i § 112.", "Ordföranden reserverade sig."),
        ("Planen antogs 2024.", "Den gäller i fyra år."),
        ("Ärendet har nr 5.", "Det gäller torget."),
        ("Mötet slutade kl. 14.00.", "Nästa möte är i maj."),
        ("Förslaget kom från Anna Berg m.fl.", "Det avslogs."),
        ("Planen ska ”gälla alla barn.”", "Därefter följs den upp."),
        ("Det kostar 15 tkr.", "Nämnden betalar."),
        ("Synen har förändrats.²", "Regeringen tillsatte en utredning."),
        ("Detta framgår av bilaga A.", "Bilagan är lång."),
        ("Avtalet sades upp.", "12 ledamöter röstade ja."),
        ("Hur blev det så?", "Ingen vet."),
        ("Motionen avslås.", "§ 12 utgår."),
    ],
)
def test_a_stop_at_the_end_of_a_sentence_ends_it(first: str, second: str) -> None:
    assert split(f"{first} {second}") == [first, second]
    assert split(f"{first}\n\n{second}") == [first, second]


def test_an_item_of_a_list_is_a_sentence_of_its_own() -> None:
    text = "Nämnden beslutar:\n1. Planen antas.\nb. Arbetet följs upp\n- av nämnden,\n• av rådet."
    assert split(text) == [
        "Nämnden beslutar:",
        "1. Planen antas.",
        "b. Arbetet följs upp",
        "- av nämnden,",
        "• av rådet.",
    ]


def test_items_in_running_text_are_split() -> None:
    text = "Förslag till beslut: 1. Planen antas. 2. Arbetet följs upp."
    assert split(text) == ["Förslag till beslut:", "1. Planen antas.", "2. Arbetet följs upp."]


def test_a_heading_is_a_sentence_of_its_own() -> None:
    assert split("Bakgrund\n\nNämnden gav ett uppdrag.") == ["Bakgrund", "Nämnden gav ett uppdrag."]


def test_wrapped_lines_are_one_sentence() -> None:
    text = (
        "Kommunstyrelsen har den 3 maj beslutat att torget ska få nya bänkar och\n"
        "att arbetet ska börja före sommaren tillsammans med de boende i Ekmarka\n"
        "Södra. Kostnaden ryms i budgeten för året och ska redovisas av nämnden i\n"
        "december.\nAnna Berg"
    )
    assert [piece.split()[0] for piece in split(text)] == ["Kommunstyrelsen", "Kostnaden", "Anna"]


def test_a_sentence_runs_on_across_the_end_of_a_page() -> None:
    text = (
        "Nämnden ansvarar för att skapa goda förutsättningar för invånarnas\n\n"
        "delaktighet i kommunen."
    )
    assert split(text) == [text]


@given(st.text(alphabet="aB. ?!:\n\t12-•”(V)§\u00b2", max_size=120))
def test_no_character_is_lost_or_told_twice(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(split(text)).split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert all(piece == piece.strip() for piece in split(text))


@pytest.mark.parametrize(
    "unit", [".", " ", "\n", ". ", "a.", "1. ", "(", "”", "A. ", "- ", ".”", "\t"]
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    begun = time.perf_counter()
    sentences("Ord " + unit * 200_000 + " slut")
    assert time.perf_counter() - begun < 5


@pytest.mark.corpus
def test_real_papers_are_split_without_loss_at_a_megabyte_a_second(shared: Path) -> None:
    texts = [p.read_text("utf-8") for p in sorted(shared.glob("corpus/*/*/*.txt"))[::12]]
    begun = time.perf_counter()
    split_texts = [split(text) for text in texts]
    spent = time.perf_counter() - begun
    for text, pieces in zip(texts, split_texts, strict=True):
        assert "".join("".join(pieces).split()) == "".join(text.split())
    assert sum(map(len, texts)) / spent > 1_000_000


def test_bullets_on_one_line_are_sentences_of_their_own() -> None:
    text = "Kontakten ska:\n\n•    nås dygnet runt •    ta emot larm •    öva varje år."

    assert split(text) == [
        "Kontakten ska:",
        "•    nås dygnet runt",
        "•    ta emot larm",
        "•    öva varje år.",
    ]


def test_a_name_alone_on_the_next_line_ends_the_sentence_above() -> None:
    text = "Till ledamot i rådet utses för tiden till och med 2034\nSiri Lund."

    assert split(text) == [text]


def test_of_two_long_lines_the_second_goes_on_with_the_first() -> None:
    text = (
        "* Vice ordförande Ola Berg ersatte ordförande Per Ek vid mötet. Eva Malm ersatte sedan\n"
        "Siri Lund under beslutspunkten, på grund av att hon var jävig i ärendet."
    )

    assert split(text)[1].startswith("Eva Malm ersatte sedan\nSiri Lund under")

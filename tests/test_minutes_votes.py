"""Votes: counts, meanings, names, tables, several in one §."""

from __future__ import annotations

from typing import Any

import pytest

from tests.minutes_text import HEAD, parts, records


def _votes(body: str) -> list[Any]:
    return list(records("Beslut\nMotionen avslås.\n\nOmröstning\n" + body + "\n", "vote"))


@pytest.mark.parametrize(
    ("told", "numbers"),
    [
        ("Omröstningen utfaller med 40 Ja mot 38 Nej. 3 ledamöter avstår från att "
         "rösta.", (40, 38, 3, None)),
        ("Omröstningen utfaller med 48 Ja mot 32 Nej. 1 ledamot är "
         "frånvarande.", (48, 32, None, 1)),
        ("Med 11 ja-röster mot 4 nej-röster beslutar nämnden att avslå "
         "motionen.", (11, 4, None, None)),
        ("24 ja-röster, 15 nej-röster, 8 avstår och 2 frånvarande.", (24, 15, 8, 2)),
        ("Omröstningen utfaller med 6 ja och 5 nej.", (6, 5, None, None)),
        ("Ja: 31 Nej: 12", (31, 12, None, None)),
        ("Nämnden avslår motionen med åtta röster för avslag och fem röster för "
         "bifall.", (8, 5, None, None)),
        ("Omröstningen utfaller så att 22 ledamöter röstar Ja och 26 röstar Nej. En ledamot "
         "avstår.", (22, 26, 1, None)),
        ("Omröstningen ger sju ja-röster och fyra nej-röster. En ledamot avstår.", (7, 4, 1, None)),
    ],
)  # fmt: skip
def test_every_number_of_a_vote_is_read(told: str, numbers: tuple[int | None, ...]) -> None:
    (vote,) = _votes(told)
    assert (vote.yes, vote.no, vote.abstain, vote.absent) == numbers


@pytest.mark.parametrize(
    "proposition",
    [
        "Godkänd voteringsproposition: ”Ja för avslag på motionen och Nej för bifall till "
        "motionen.”",
        "Ja-röst innebär avslag på motionen.\nNej-röst innebär bifall till motionen.",
        "Den som vill avslag på motionen röstar ja.\nDen som vill bifall till motionen röstar nej.",
        "JA-röst för avslag på motionen. NEJ-röst för bifall till motionen.",
        "−  Ja-röst innebär att avslag på motionen\n\n−  Nej-röst innebär att bifall till motionen",
    ],
)
def test_what_yes_and_no_meant_is_kept(proposition: str) -> None:
    (vote,) = _votes(proposition + "\n\nOmröstningen utfaller med 6 Ja mot 5 Nej.")
    assert (vote.yes_means, vote.no_means) == ("avslag på motionen", "bifall till motionen")
    assert vote.evidence


def test_voters_named_in_a_sentence_are_counted() -> None:
    (vote,) = _votes(
        "Anna Ek (S), tjänstgörande ersättaren Bo Alm (V) och ordföranden\nLisa Ask (S) röstar "
        "Ja (3).\n"
        "Karl Ståhl (SD) röstar Nej (1).\nEva Lind (M) avstår från att rösta (1)."
    )
    assert (vote.yes, vote.no, vote.abstain) == (3, 1, 1)
    assert [p.name for p in vote.yes_voters] == ["Anna Ek", "Bo Alm", "Lisa Ask"]
    assert [p.party for p in vote.no_voters] == ["SD"]


def test_voters_in_a_list_below_the_counts_belong_to_them() -> None:
    (vote,) = _votes(
        "Omröstningen utfaller med 2 ja-röster och 1 nej-röst.\nJa-röster: Anna Ek (S), Bo Alm "
        "(V)\n"
        "Nej-röster: Karl Ståhl (SD)\n\nReservation\nKarl Ståhl (SD) reserverar sig mot beslutet."
    )
    assert [p.name for p in vote.yes_voters] == ["Anna Ek", "Bo Alm"]
    assert [p.name for p in vote.no_voters] == ["Karl Ståhl"]


@pytest.mark.parametrize(
    "table",
    [
        "| Ledamot | Ja | Nej | Avstår |\n| --- | --- | --- | --- |\n| Anna Ek (S) | X |  |  |\n"
        "| Karl Ståhl (SD) |  | X |  |\n| Ida Sten (C) |  |  | X |",
        "Ledamot\tJa\tNej\tAvstår\nAnna Ek (S)\tX\t\t\nKarl Ståhl (SD)\t\tX\t\nIda Sten "
        "(C)\t\t\tX\nSumma\t1\t1\t1",
        "Ledamöter            Ja    Nej    Avstår\nAnna Ek (S)          X\nKarl Ståhl (SD)      "
        "      X\n"
        "Ida Sten (C)                      X",
        "Namn\tParti\tJa\tNej\tAvstår\nAnna Ek\tS\tX\t\t\nKarl Ståhl\tSD\t\tX\t\nIda "
        "Sten\tC\t\t\tX",
    ],
)
def test_a_table_with_marks_is_a_vote(table: str) -> None:
    (vote,) = _votes(table)
    assert (vote.yes, vote.no, vote.abstain) == (1, 1, 1)
    assert [(p.name, p.party) for p in vote.no_voters] == [("Karl Ståhl", "SD")]


def test_several_votes_in_one_paragraph_keep_their_own_meaning() -> None:
    first, second = _votes(
        "Godkänd voteringsproposition: ”Ja för avgörande idag och Nej för återremiss.”\n"
        "Omröstningen utfaller med 6 Ja mot 5 Nej.\n\nOmröstning\n"
        "Godkänd voteringsproposition: ”Ja för avslag och Nej för bifall.”\n"
        "Omröstningen utfaller med 7 Ja mot 4 Nej."
    )
    assert (first.no_means, second.no_means) == ("återremiss", "bifall")


def test_the_chairs_casting_vote_is_noted() -> None:
    (vote,) = _votes("Omröstningen utfaller med 5 Ja mot 5 Nej. Ordföranden har utslagsröst.")
    assert vote.casting_vote


def test_a_vote_told_in_a_statement_is_none() -> None:
    body = (
        "Beslut\nAntecknas.\n\nProtokollsanteckning\nAnna Ek (S) lämnar en "
        "protokollsanteckning: Vi röstade ja.\n"
    )
    assert records(body, "vote") == []


def test_an_appendix_names_the_voters_of_its_paragraph() -> None:
    text = HEAD + (
        "§ 6\nCykelbana\n\nBeslut\nAntecknas.\n\nOmröstning\nOmröstningen utfaller med 1 Ja mot "
        "1 Nej."
        " Hur var och en\nröstar framgår av bilaga 2.\n\nBilaga 2\n\nÄrende: 6\nAntal Ja: 1\n\n"
        "Antal Nej: 1\n\n"
        "Namn\n\nParti\n\nAnna Ek\n\nS\n\n4 Ledamot\n\nJa\n\nKarl Ståhl\n\nSD\n\n5 Ersättare\n\n"
        "Nej\n"
    )
    votes: list[Any] = [r for p in parts(text) for r in p.records if r.kind == "vote"]
    assert [[p.name for p in v.no_voters] for v in votes] == [["Karl Ståhl"]]

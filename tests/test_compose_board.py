"""A board whose minutes vote by table, move at the meeting and list their papers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, Outcome
from assistant.assistant import Assistant
from assistant.compose.by_demand import _supported
from assistant.compose.by_voters import told_by_name
from assistant.compose.scene import Place
from ingest.records import Person, Vote, Yrkande
from tests.bag import BagOfWords
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

_MINUTES = """<!-- sida 1 -->

TALLMO KOMMUN                  SAMMANTRÄDESPROTOKOLL
Kommunstyrelsen
Datum
2031-04-22

§ 61                      Dnr KS-2031-00014
Information från arbetsutskottet

Beslut
Kommunstyrelsen noterar informationen till protokollet.

Sammanfattning av ärendet

Ordförande Maja Sund (M) informerar om arbetsutskottets möte med sina kollegor i
Norrhult. Vid mötet diskuterades bland annat färjeläget och en gemensam brandstation.

§ 62                      Dnr KS-2031-00071
Antagande av riktlinjer för skolbesök av politiker

Beslut – Förslag till kommunfullmäktige
Kommunfullmäktige antar riktlinjer för skolbesök, daterade 2031-04-08.

Sammanfattning av ärendet
Kommunfullmäktige gav den 12 november 2030 kommunstyrelsen i uppdrag att ta fram riktlinjer för
skolbesök av politiker. Uppdraget kom av en motion som kommunfullmäktige biföll.

Beslutsunderlag

Kommunstyrelsens förvaltnings tjänsteskrivelse om riktlinjer för skolbesök, 2031-04-09
Riktlinjer för skolbesök av politiker, 2031-04-08

Förslag till beslut på sammanträdet
Siri Lund (S) yrkar att ärendet om skolbesök ska bordläggas till nästa sammanträde.

Ola Berg (V) yrkar bifall till Siri Lunds (S) yrkande.

Eva Malm (C) yrkar att varje skola ska få säga nej till skolbesök av politiker.

Beslutsgång

Ordföranden prövar först Siri Lunds (S) yrkande om bordläggning mot att ärendet ska avgöras i dag,
och finner att kommunstyrelsen beslutar att ärendet ska avgöras i dag.

Omröstning begärs och verkställs.

Ordföranden redovisar följande propositionsordning som kommunstyrelsen godkänner:
−  Ja-röst innebär att bifalla förvaltningens förslag
−  Nej-röst innebär att bifalla Eva Malms (C) yrkande.

Omröstningsresultat

Ordföranden finner att kommunstyrelsen, med 3 ja-röster mot 2 nej-röster, beslutar
enligt förvaltningens förslag.

| Ledamot/tjänstgörande ersättare | Ja-röst | Nej-röst | Avstår från att rösta |
| --- | --- | --- | --- |
| Per Ek (M) | X |  |  |
| Nils Ahl (KD) | X |  |  |
| Siri Lund (S) |  |  | X |
| Eva Malm (C) |  | X |  |
| Ola Berg (V) |  | X |  |
| Maja Sund (M) | X |  |  |
"""
_SUMMONS = """<!-- sida 1 -->

KALLELSE/UNDERRÄTTELSE

Kommunstyrelsen

Sammanträde tisdagen den 22 april 2031 kl. 13.00
Tallmorummet, Storgatan 3

|  | Ärende | Beteckning | Förslag |
| --- | --- | --- | --- |
| 1. | Information från arbetsutskottet | 2031-00014 |  |
| 2. | Antagande av riktlinjer för<br>skolbesök av politiker | 2031-00071 | Förslag till beslut i kommunfullmäktige<br>Kommunfullmäktige antar riktlinjer för skolbesök,<br>daterade 2031-04-08. |
"""  # noqa: E501


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("board")
    papers = folder / "papers"
    papers.mkdir()
    (papers / "ks-2031-04-22-protokoll.md").write_text(_MINUTES, encoding="utf-8")
    (papers / "ks-2031-04-22-kallelse.md").write_text(_SUMMONS, encoding="utf-8")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [papers])
    return Assistant(index, BagOfWords())


def _quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def test_who_voted_no_is_told_under_the_head_of_the_column_that_their_crosses_stand_in(
    assistant: Assistant,
) -> None:
    told = _quotes(assistant.answer("Vilka röstade nej om riktlinjerna för skolbesök?"))
    at = told.index("Nej-röst")
    assert told[at + 1 :] == ["Eva Malm (C)", "Ola Berg (V)"]
    assert "Per Ek (M)" not in told


def test_how_a_party_voted_is_told_by_the_votes_of_its_own(assistant: Assistant) -> None:
    told = _quotes(assistant.answer("Hur röstade Kristdemokraterna om riktlinjerna för skolbesök?"))
    assert told[told.index("Ja-röst") + 1 :] == ["Nils Ahl (KD)"]


def test_how_a_vote_on_a_partys_addition_ended_asks_for_no_names(assistant: Assistant) -> None:
    asked = "Vad blev siffrorna när styrelsen röstade om KD:s tillägg i riktlinjerna för skolbesök?"
    assert "Nils Ahl (KD)" not in _quotes(assistant.answer(asked))


def test_a_row_that_says_another_vote_than_was_read_is_not_quoted(assistant: Assistant) -> None:
    [file] = [file for file in assistant.index.entries if file.endswith("protokoll.md")]
    stored = assistant.index.document(file)
    assert stored is not None
    part = next(part for part in stored.parts if part.paragraph == "62")
    place = Place(stored, part, 1.0, ())
    [vote] = [record for record in part.records if isinstance(record, Vote)]
    swapped = replace(vote, yes_voters=vote.no_voters, no_voters=vote.yes_voters)
    assert [*told_by_name(place, vote, vote.yes_voters)]
    assert not [*told_by_name(place, swapped, swapped.yes_voters)]


def test_how_many_votes_there_were_asks_for_no_names(assistant: Assistant) -> None:
    told = _quotes(assistant.answer("Hur många ja-röster fick riktlinjerna för skolbesök?"))
    assert any("3 ja-röster mot 2" in quote for quote in told)
    assert "Per Ek (M)" not in told


def test_that_somebody_who_voted_abstained_is_a_false_premise(assistant: Assistant) -> None:
    asked = "Varför lade Ola Berg ner sin röst om riktlinjerna för skolbesök?"
    answer = assistant.answer(asked)
    assert answer.outcome is Outcome.FALSE_PREMISE
    assert _quotes(answer)[-2:] == ["Nej-röst", "Ola Berg (V)"]


def test_that_somebody_who_abstained_did_is_none(assistant: Assistant) -> None:
    asked = "Varför lade Siri Lund ner sin röst om riktlinjerna för skolbesök?"
    assert assistant.answer(asked).outcome is not Outcome.FALSE_PREMISE


def test_what_a_party_wanted_is_what_it_moved_and_not_what_the_agenda_proposed(
    assistant: Assistant,
) -> None:
    told = _quotes(assistant.answer("Vad ville Centerpartiet om skolbesök av politiker?"))
    assert any("säga nej till skolbesök" in quote for quote in told)
    assert not any("Kommunfullmäktige antar" in quote for quote in told)


def test_whoever_supports_a_yrkande_is_told_with_it(assistant: Assistant) -> None:
    told = _quotes(assistant.answer("Vad ville Vänsterpartiet om skolbesök av politiker?"))
    assert any("Ola Berg (V) yrkar bifall till Siri Lunds" in quote for quote in told)
    assert any("ska bordläggas till nästa sammanträde" in quote for quote in told)


def test_that_a_matter_was_not_put_off_is_told_by_the_sentence_that_says_so(
    assistant: Assistant,
) -> None:
    asked = "Socialdemokraterna ville vänta med riktlinjerna för skolbesök. Sköts ärendet upp?"
    told = _quotes(assistant.answer(asked))
    assert any("beslutar att ärendet ska avgöras i dag" in " ".join(q.split()) for q in told)


def test_what_a_meeting_took_note_of_is_asked_for_and_not_that_it_did(assistant: Assistant) -> None:
    asked = "Vad pratade kommunstyrelsens arbetsutskott om med kollegorna i Norrhult?"
    told = _quotes(assistant.answer(asked))
    assert any("gemensam brandstation" in quote for quote in told)


def test_what_a_board_only_proposes_stands_under_its_line_in_a_course_of_events(
    assistant: Assistant,
) -> None:
    asked = "Vilken väg tog riktlinjerna för skolbesök, steg för steg?"
    told = [" ".join(quote.split()) for quote in _quotes(assistant.answer(asked))]
    assert any(quote.startswith("Beslut – Förslag till kommunfullmäktige") for quote in told)
    assert any("gav den 12 november 2030" in quote for quote in told)


def test_who_wrote_a_motion_that_no_paper_names_is_not_told(assistant: Assistant) -> None:
    answer = assistant.answer("Vem skrev motionen som ledde till riktlinjerna för skolbesök?")
    assert answer.outcome is Outcome.NOT_IN_DOCUMENTS
    assert "vem som har skrivit" in answer.answer


def test_a_list_of_papers_answers_nothing_but_what_papers_there_were(assistant: Assistant) -> None:
    told = _quotes(assistant.answer("Vad ska riktlinjerna för skolbesök av politiker handla om?"))
    assert not any("tjänsteskrivelse" in quote for quote in told)
    told = _quotes(assistant.answer("Vilken tjänsteskrivelse om skolbesök låg till underlag?"))
    assert any("tjänsteskrivelse" in quote for quote in told)


def test_the_minutes_stand_before_the_summons_unless_that_is_asked_for(
    assistant: Assistant,
) -> None:
    hits = assistant.search("antagande av riktlinjer för skolbesök av politiker")
    assert "protokoll" in hits[0].passage.file
    hits = assistant.search("Vad stod i kallelsen om riktlinjer för skolbesök av politiker?")
    assert "kallelse" in hits[0].passage.file


def test_a_yrkande_is_found_by_a_name_that_takes_no_further_s() -> None:
    def moved(name: str, target: str, start: int) -> Yrkande:
        person = Person(name=name, party="C", start=start, end=start + len(name))
        return Yrkande(
            start=start, end=start + 50, text=target, people=(person,), stance="bifall",
            target=target,
        )  # fmt: skip

    own = moved("Ola Berg", "Karin Wallis yrkande", 0)
    others = [moved("Karin Wallis", "att skolan bevaras", 100), moved("Per Ek", "avslag", 200)]
    assert [*_supported(own, [own, *others])] == [others[0]]

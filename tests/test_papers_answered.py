"""A paper and its answer in one file, and heads that other municipalities print otherwise."""

from __future__ import annotations

from ingest.document import Document
from ingest.parts import Part, PartKind
from ingest.structure import analyse

_LETTER = """Från: e-tjänst Medborgarförslag
Ämne: Nytt medborgarförslag

Ärendets rubrik: Bygg en bastu vid Tallmobadet!

Förslagsställare: Ingmar Tulpan

Beskrivning:
Jag föreslår att kommunen bygger en bastu för tolv personer på udden. Avgiften kunde vara 40 kr.

EKMARKA KOMMUN                         TJÄNSTESKRIVELSE
Fritidsförvaltningen                   2031-01-30
Lotta Berg                             Dnr FN 2030/88
fritidsutvecklare

Svar på medborgarförslag om en bastu vid Tallmobadet

Förvaltningens förslag till beslut
Fritidsnämnden avslår medborgarförslaget.

Ärendet
Förslagsställaren vill att kommunen bygger en bastu.
"""
_QUESTION = """Kristdemokraterna Ekmarka

Interpellation till socialnämndens ordförande Per Ek (S)

Hur länge ska de äldre behöva vänta?

Den som har fått beslut om boende har rätt att få det i rimlig tid. I praktiken väntar många i tre
månader eller mer, och det har de gjort i två år nu, utan att någon har sagt varför det är så. Det
är inte rimligt, varken för dem som väntar eller för deras anhöriga, som får ta hand om det som
kommunen har lovat att göra. Jag undrar därför hur nämnden ser på saken och vill veta detta:

1. Hur många väntar i dag?

Ekmarka den 14 april 2031

Elsa Nord (KD)

- - - - - - - - - - - - - - - - - - - - - - - -

EKMARKA KOMMUN                                   2031-06-09
Socialnämndens ordförande                        Dnr KS 2031/121

Svar på interpellation om väntetider till boende

I mars väntade 23 personer. Det är för många.

Per Ek (S)
"""
_MOTION = """Till Ekmarka kommunfullmäktige

MOTION OM ATT LÅTA LINDARNA STÅ

Den som kommer med tåget möts av en dubbel rad lindar. Vi föreslår

1. att lindarna får stå.

Ekmarka 2031-12-09

Tove Kall                               Agnes Löv
Vänsterpartiet                          Miljöpartiet de Gröna


                    Namnlista med 862 underskrifter
                    överlämnades samma dag.
"""
_COVER = """                         EKMARKA KOMMUN

                         Vattenstrategi för Ekmarka kommun
                         2031–2038

Dokumenttyp: Strategi
Beslutad av: Kommunfullmäktige 2031-04-28 § 33

Innehåll

1 Bakgrund
2 Begrepp
3 Mål

1 Bakgrund

Ekmarka har alltid levt av vatten: kvarnarna, hammaren och bleket, och nu av turisterna som badar.

2 Begrepp

Med råvatten avses vatten som ännu inte har renats, med dagvatten regn och smält snö på gator.

3 Mål

Utläckaget ska vara högst 15 procent, och hushållens förbrukning högst 125 liter per person.
"""
_MORE = " ".join(["Vattnet ska räcka till alla, i dag och i morgon."] * 30)
_STACK = """Göta stad Fastighetsnämnden, protokollsutdrag 2 (2)
Utdrag ur protokoll
Sammanträdesdatum: 2031-04-08

§ 45 Yttrande över anmärkning

Beslut
Fastighetsnämnden översänder yrkandet från M och L som sitt yttrande.

Fastighetsnämnden

Yrkande ärende 5   M, L
2031-04-08

Yttrande över anmärkning från revisorerna

Förslag till beslut
Fastighetsnämnden skickar följande svar till revisorerna: Nämnden instämmer i anmärkningen.
"""


def _parts(text: str) -> tuple[Part, ...]:
    return analyse(Document(file="p.txt", digest="0", format="txt", title="", text=text))


def test_a_form_that_was_filled_in_and_what_it_was_answered_are_two_papers() -> None:
    (letter, report) = _parts(_LETTER)
    assert (letter.kind, letter.title) == (
        PartKind.INITIATIVE,
        "Bygg en bastu vid Tallmobadet!",
    )
    assert [author.name for author in letter.authors] == ["Ingmar Tulpan"]
    assert report.kind is PartKind.OFFICIAL_REPORT
    assert report.title == "Svar på medborgarförslag om en bastu vid Tallmobadet"


def test_an_interpellation_and_its_answer_are_two_papers() -> None:
    (question, reply) = _parts(_QUESTION)
    assert (question.kind, question.start) == (PartKind.INTERPELLATION, 0)
    assert [(author.name, author.party) for author in question.authors] == [("Elsa Nord", "KD")]
    assert _QUESTION[reply.start :].startswith("EKMARKA KOMMUN")
    assert (reply.kind, reply.title) == (
        PartKind.REPLY,
        "Svar på interpellation om väntetider till boende",
    )


def test_names_stand_above_their_parties_also_where_a_note_follows() -> None:
    (motion,) = _parts(_MOTION)
    assert [(a.name, a.party) for a in motion.authors] == [("Tove Kall", "V"), ("Agnes Löv", "MP")]


def test_a_strategy_is_called_what_its_cover_says() -> None:
    parts = _parts(_COVER.replace("badar.", f"badar. {_MORE}").replace("gator.", f"gator. {_MORE}"))
    assert {part.title.partition(":")[0] for part in parts} == {
        "Vattenstrategi för Ekmarka kommun 2031–2038"
    }
    assert sum("2 Begrepp" in part.title for part in parts) == 1


def test_a_yrkande_is_one_though_its_head_names_the_item() -> None:
    moved = [part for part in _parts(_STACK) if part.kind is PartKind.YRKANDE]
    assert [part.parties for part in moved] == [("M", "L")]

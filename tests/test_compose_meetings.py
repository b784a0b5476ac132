"""What a meeting's paper tells of several matters: each question gets what is its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.bag import BagOfWords
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

_MINUTES = """Ekmarka kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2031-03-10

§ 21 Dnr KS 2031/11

Frågestund

Siri Lund (V) ställer följande fråga:

När får badet i Norrhult ett nytt tak?

Kommunalrådet Per Ek (M) besvarar frågan.

Ola Berg (S) ställer följande fråga:

Varför har biblioteket i Tallmo stängt på lördagar?

Kommunalrådet Eva Malm (C) besvarar frågan.

§ 22 Dnr KS 2031/12

Motion av Siri Lund (V) om att byta ut skulpturen "Vakande örn" vid badet
Beslut

Kommunfullmäktige beslutar att avslå motionen.

Omröstning

Godkänd voteringsproposition: "Ja för avslag och Nej för bifall till motionen."
Omröstningen utfaller med 21 Ja mot 14 Nej.
"""
_FEES = """
§ 23 Dnr KS 2031/13

Taxa för båtplatser
Beslut

Kommunfullmäktige fastställer taxan till 900 kronor.

Propositionsordning

Tjänstgörande ordföranden Maja Sund (V) ställer propositioner på yrkandena och
finner att kommunstyrelsens förslag har bifallits.

Reservation

Ledamöterna från M reserverar sig mot beslutet.
"""
_BOARD = """Ekmarka kommun
Kommunstyrelsen
Protokoll, sammanträdesdatum 2031-02-20

§ 8 Dnr KS 2031/12

Motion av Siri Lund (V) om att byta ut skulpturen "Vakande örn" vid badet
Beslut

Kommunstyrelsen föreslår kommunfullmäktige att avslå motionen.

Omröstning

Godkänd voteringsproposition: "Ja för avslag och Nej för bifall till motionen."
Omröstningen utfaller med 7 Ja mot 4 Nej.

§ 9 Dnr KS 2031/14

Riktlinje för flaggning på allmän plats
Beslut

Kommunstyrelsen tillstyrker kansliets förslag och föreslår att kommunfullmäktige beslutar:
1. Riktlinjen för flaggning antas.
2. Kostnaden för flaggningen tas ur kommunstyrelsens anslag.

§ 10 Dnr KS 2031/15

Belysning vid båthamnen
Beslut

Kommunstyrelsen föreslår att kommunfullmäktige beslutar:
1. Tekniska nämnden får i uppdrag att föreslå ny belysning vid båthamnen.
2. Uppdraget om båthamnens belysning redovisas i maj.
"""
_MOTION = """Motion av Siri Lund (V) om att byta ut skulpturen "Vakande örn" vid badet

Förebilden är parken i Ällebäck, som fick ett vattenspel i stället för sin staty.

Med hänvisning till ovanstående yrkar jag

att skulpturen vid badet byts ut mot ett vattenspel.

Ekmarka den 3 februari 2031

Siri Lund (V)
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("meetings")
    (folder / "papers").mkdir()
    for name, text in (("kf", _MINUTES + _FEES), ("ks", _BOARD), ("motion", _MOTION)):
        (folder / "papers" / f"{name}.txt").write_text(text, encoding="utf-8")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [folder / "papers"])
    return Assistant(index, BagOfWords())


def test_at_a_question_time_each_question_has_its_own_answer(assistant: Assistant) -> None:
    answer = assistant.answer("Vem svarade på frågan om biblioteket i Tallmo på lördagar?")
    assert "Eva Malm" in answer.answer
    assert "Per Ek" not in answer.answer


def test_who_asked_and_who_answered_are_told_together(assistant: Assistant) -> None:
    answer = assistant.answer(
        "Vem svarade på frågan om badets tak i Norrhult, och vem ställde den?"
    )
    assert "Siri Lund (V) ställer" in answer.answer
    assert "Per Ek (M) besvarar" in answer.answer


@pytest.mark.parametrize(
    ("body", "figures"), [("kommunstyrelsen", "7 Ja mot 4"), ("fullmäktige", "21 Ja mot 14")]
)
def test_the_vote_told_is_that_of_the_body_asked_for(
    assistant: Assistant, body: str, figures: str
) -> None:
    answer = assistant.answer(f"Hur föll rösterna i {body} om skulpturen vid badet?")
    assert figures in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Vad beslutade kommunstyrelsen om riktlinjen för flaggning?",
        "Hur gick det i kommunstyrelsen med riktlinjen för flaggning?",
        "What did the executive board decide about flaggning på allmän plats?",
    ],
)
def test_what_a_board_only_proposes_is_never_told_as_decided(
    assistant: Assistant, question: str
) -> None:
    told = assistant.answer(question)
    assert "föreslår att kommunfullmäktige beslutar" in told.answer
    assert "Riktlinjen för flaggning antas" in told.answer
    assert "beslutade den" not in told.answer
    assert "decided on" not in told.answer
    assert {s.role for s in told.sentences} <= {"fact", "proposal"}


def test_a_proposed_point_that_asks_for_proposals_is_one_itself(assistant: Assistant) -> None:
    told = assistant.answer("Vad beslutade kommunstyrelsen om belysning vid båthamnen?")
    assert "föreslår att kommunfullmäktige beslutar" in told.answer
    points = [s for s in told.sentences if "båthamnen" in s.text and s.text.startswith("”")]
    assert len(points) == 2
    assert {s.role for s in points} == {"proposal"}


def test_who_led_a_meeting_its_paragraph_tells_in_passing(assistant: Assistant) -> None:
    asked = "Vem satt som ordförande när fullmäktige bestämde taxan för båtplatser?"
    told = assistant.answer(asked).answer
    assert "Maja Sund (V) ställer propositioner" in told
    assert "förslag har bifallits" in told


def test_who_holds_an_office_is_told_with_it_or_not_at_all(tmp_path: Path) -> None:
    listed = (
        "Båtbolagets hamn\n\nSekreterare Båtbolaget AB: Nils Gran\n\nBåtbolaget sköter hamnen.\n"
    )
    (tmp_path / "bolag.txt").write_text(listed, encoding="utf-8")
    (tmp_path / "kf.txt").write_text(_MINUTES + _FEES, encoding="utf-8")
    index = create_index(tmp_path / "index", BagOfWords())
    ingest(index, BagOfWords(), [tmp_path / "bolag.txt", tmp_path / "kf.txt"])
    assistant = Assistant(index, BagOfWords())
    missing = assistant.answer("Vem är ordförande i Båtbolaget AB?")
    assert missing.outcome is Outcome.NOT_IN_DOCUMENTS
    (tmp_path / "bolag.txt").write_text(
        listed + "\nOrdförande Båtbolaget AB: Olle Bro\n", encoding="utf-8"
    )
    ingest(index, BagOfWords(), [tmp_path / "bolag.txt"])
    assert "Olle Bro" in Assistant(index, BagOfWords()).answer(missing.question).answer


def test_a_title_with_a_quotation_frames_an_answer(assistant: Assistant) -> None:
    answer = assistant.answer("Vad krävde Siri Lund i motionen om skulpturen vid badet?")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.answer.startswith("Motion av Siri Lund (V) om att byta ut skulpturen Vakande örn")


def test_the_further_part_of_a_question_is_answered_too(assistant: Assistant) -> None:
    answer = assistant.answer(
        "Vad krävde Siri Lund i motionen om skulpturen vid badet, och vilken park var förebilden?"
    )
    assert "byts ut mot ett vattenspel" in answer.answer
    assert "parken i Ällebäck" in answer.answer


def test_a_follow_up_is_looked_for_inside_the_paper_it_is_about(assistant: Assistant) -> None:
    first = assistant.answer("Vad krävde Siri Lund i motionen om skulpturen vid badet?")
    asked = "Och vilken park nämns som förebild i den?"
    second = assistant.answer(asked, (first,))
    assert "Ällebäck" in second.answer
    assert {citation.file for citation in second.citations} == {"motion.txt"}


def test_who_wanted_something_is_told_by_the_title_that_names_them(assistant: Assistant) -> None:
    answer = assistant.answer("Vem i fullmäktige ville byta ut skulpturen vid badet?")
    assert "Motion av Siri Lund (V)" in answer.answer


def test_a_reservation_in_another_matter_is_no_answer(assistant: Assistant) -> None:
    told = assistant.answer("Vilka reserverade sig mot beslutet om taxan för båtplatser?")
    assert "Ledamöterna från M reserverar sig" in told.answer
    other = assistant.answer("Vilka reserverade sig mot beslutet om skulpturen vid badet?")
    assert "Ledamöterna från M reserverar sig" not in other.answer


def test_a_board_that_did_not_get_its_way_is_told_by_the_vote(tmp_path: Path) -> None:
    text = _COUNCIL.format(
        day="2031-03-10", decision="Kommunstyrelsens förslag avslås.",
        further='Godkänd voteringsproposition: "Ja för bifall och Nej för avslag på '
        'kommunstyrelsens förslag."\nOmröstningen utfaller med 12 Ja mot 19 Nej.',
    )  # fmt: skip
    answer = _over(tmp_path, text).answer("Fick kommunstyrelsen fullmäktige med sig om torgboden?")
    assert "förslag avslås" in answer.answer
    assert "12 Ja mot 19 Nej" in answer.answer


def test_how_a_matter_went_is_told_with_the_vote_that_ended_it(tmp_path: Path) -> None:
    vote = (
        'Godkänd voteringsproposition: "Ja för bifall och Nej för avslag."\n'
        "Omröstningen utfaller med 12 Ja mot 19 Nej."
    )
    text = _COUNCIL.format(day="2031-03-10", decision="Motionen avslås.", further=vote)
    assistant = _over(tmp_path, text)
    assert "12 Ja mot 19 Nej" in assistant.answer("Hur gick det för motionen om torgboden?").answer
    told = assistant.answer("Vad beslutade fullmäktige om torgboden?").answer
    assert "avslås" in told
    assert "12 Ja" not in told


def test_of_a_long_decision_the_sentences_asked_about_are_told(tmp_path: Path) -> None:
    points = " ".join(f"Avgift {n} för torgboden fastställs till {n} kronor." for n in range(60))
    decision = f"Budgeten för torgboden antas. {points} Internräntan fastställs till 2,25 procent."
    text = _COUNCIL.format(day="2031-03-10", decision=decision, further="")
    answer = _over(tmp_path, text).answer(
        "Vilken internränta beslutade fullmäktige om för torgboden?"
    )
    assert "2,25 procent" in answer.answer
    assert len(answer.answer) < 1000


def test_of_a_matter_put_off_twice_the_last_time_is_told(tmp_path: Path) -> None:
    off = "Ärendet bordläggs till sammanträdet den {}."
    first = _COUNCIL.format(day="2031-03-10", decision=off.format("7 april 2031"), further="")
    second = _COUNCIL.format(day="2031-04-07", decision=off.format("5 maj 2031"), further="")
    answer = _over(tmp_path, first, second).answer("Har fullmäktige avgjort frågan om torgboden?")
    assert "5 maj 2031" in answer.answer


def test_what_settles_a_matter_is_told_before_what_it_asks_for(tmp_path: Path) -> None:
    points = [f"{n}. Parknämnden får i uppdrag att {'pröva torgboden igen, ' * 12}" for n in (1, 2)]
    decision = "\n".join((points[0], "3. Ärendet återremitteras.", points[1], points[0]))
    text = _COUNCIL.format(day="2031-03-10", decision=decision, further="")
    answer = _over(tmp_path, text).answer("Vad beslutade fullmäktige om torgboden?")
    assert "återremitteras" in answer.answer
    assert len(answer.answer) < 1000


def test_the_addressee_of_a_question_is_named_by_its_paper(tmp_path: Path) -> None:
    text = (
        "Interpellation av Siri Lund (V) till parknämndens ordförande om torgboden\n\n"
        "Torgboden i Tallmo har stått tom sedan i höstas.\n\n"
        "Jag vill därför ställa följande frågor till parknämndens ordförande Per Ek (M):\n\n"
        "1. När öppnar torgboden?\n\nSiri Lund (V)\n"
    )
    answer = _over(tmp_path, text).answer(
        "Vem riktade Siri Lund sin interpellation om torgboden till?"
    )
    assert "Per Ek" in answer.answer


def test_the_sentence_after_is_quoted_where_there_is_room(tmp_path: Path) -> None:
    text = (
        "Rapport om torgboden\n\nTorgboden i Tallmo besöktes av 120 personer om dagen. "
        "Så många besökte torgboden för att vädret var varmt. Parken har nya bänkar.\n"
    )
    answer = _over(tmp_path, text).answer("Hur många besökte torgboden i Tallmo?")
    assert "vädret var varmt" in answer.answer
    assert "bänkar" not in answer.answer


def test_who_wrote_a_motion_is_not_who_wrote_the_answer_to_it(tmp_path: Path) -> None:
    samples = Path(__file__).parents[1] / "samples"
    index = create_index(tmp_path / "index", BagOfWords())
    names = ("motion-sommarsimkort.txt", "tjansteskrivelse-sommarsimkort.docx")
    ingest(index, BagOfWords(), [samples / name for name in names])
    answer = Assistant(index, BagOfWords()).answer("Vem skrev motionen om simkort för barn?")
    assert "Tomas Rask" in answer.answer
    assert "Malin Zetterlund" not in answer.answer


def test_an_amount_is_told_by_the_sentence_that_sums_up(tmp_path: Path) -> None:
    why = "och därmed till nytta för alla som bor i kommunen eller kommer dit på besök, " * 6
    text = (
        "Svar om torgboden\n\nNämnden fördelade medlen ur reserven till torgboden i Tallmo, "
        f"{why}hela året. Medlen var avsatta för oväntade händelser. "
        "Totalt rör det sig om 6 miljoner kronor.\n\n"
        "Parken får 2 miljoner kronor till bänkar.\n"
    )
    answer = _over(tmp_path, text).answer(
        "Hur mycket pengar ur reserven fördelade nämnden till torgboden i Tallmo?"
    )
    assert "6 miljoner kronor" in answer.answer
    assert "bänkar" not in answer.answer


def test_a_lead_in_is_told_without_its_long_quotation(tmp_path: Path) -> None:
    long = "torgboden ska vara öppen, ljus och till nytta för alla som bor i kommunen, " * 7
    text = (
        "Rapport om torgboden\n\nUtredningen om torgboden kom i juni 2030 med orden: "
        f"”Med torgbod menas att {long}varje dag.”\n"
    )
    answer = _over(tmp_path, text).answer("När kom utredningen om torgboden?")
    assert "juni 2030" in answer.answer
    assert "Med torgbod menas" not in answer.answer


_COUNCIL = """Ekmarka kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum {day}

§ 40 Dnr KS 2031/44

Torgboden i Tallmo
Beslut

{decision}

Omröstning

{further}
"""


def _over(folder: Path, *texts: str) -> Assistant:
    papers = folder / "papers"
    papers.mkdir()
    for number, text in enumerate(texts):
        (papers / f"{number}.txt").write_text(text, encoding="utf-8")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [papers])
    return Assistant(index, BagOfWords())


def test_a_course_of_events_tells_the_beginning_of_a_long_decision(tmp_path: Path) -> None:
    points = "\n".join(f"Mål {n}: Ansvarig nämnd för mål {n} är nämnd {n}." for n in range(1, 60))
    minutes = f"""Ekmarka kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2031-03-10

§ 21 Dnr KS 2031/11

Ansvar för budgetens mål
Beslut

Kommunfullmäktige beslutar att ansvaret fördelas så här.
{points}
"""
    (tmp_path / "kf.txt").write_text(minutes, encoding="utf-8")
    index = create_index(tmp_path / "index", BagOfWords())
    ingest(index, BagOfWords(), [tmp_path / "kf.txt"])
    told = Assistant(index, BagOfWords()).answer("Vad har hänt med ansvaret för budgetens mål?")
    assert told.outcome is Outcome.ANSWERED
    assert "Mål 1: Ansvarig" in told.answer
    assert len(told.answer) < 1000

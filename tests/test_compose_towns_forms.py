"""Answers from the forms of smaller towns: lists of votes, questions put, columns of signatures."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.asked_of import assistant_over, quotes

_ROLL = "\n".join(
    f"{name:<31}{party:<10}{'X' if vote == 'ja' else ' ':<7}{'X' if vote == 'nej' else ' ':<7}"
    f"{'X' if vote == 'avstår' else ''}".rstrip()
    for name, party, vote in (
        ("Siri Lund", "V", "nej"),
        ("Per Ek", "M", "ja"),
        ("Eva Malm", "C", "avstår"),
        ("Ola Berg", "S", "ja"),
    )
)
_YES = ", ".join(
    f"{name} Ekdahl (M)" for name in ("Jakob", "Jan", "Janne", "Jasmin", "Janik", "Jana", "Janos")
)
_NO = ", ".join(
    f"{name} Berglund (S)" for name in ("Nelly", "Neo", "Nerina", "Nesta", "Nea", "Ned")
)
_MINUTES = f"""Ekmarka kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2031-05-12

§ 41 Dnr KS 2031/11

Svar på interpellation om personalen i hemtjänsten

Ärendebeskrivning

Siri Lund (V) har ställt en interpellation till socialnämndens ordförande Per Ek (M).
Hon frågar:

1. Hur har sjukfrånvaron i hemtjänsten utvecklats?
2. Hur många tjänster är vakanta?
3. Vad tänker ordföranden göra?

Per Ek (M) lämnar ett svar. Den 1 maj var sju tjänster vakanta.

Kommunfullmäktige beslutar

att anse interpellationen besvarad.

§ 42 Dnr KS 2031/12

Nedläggning av skolan i Norrhult

Omröstning

Med 2 ja-röster mot 1 nej-röst, och med 1 ledamot som avstår, avgörs ärendet i dag.

Omröstningslista § 42

Namn                           Parti     Ja     Nej    Avstår
{_ROLL}

Kommunfullmäktige beslutar

att skolan i Norrhult läggs ned den 30 juni 2032.

§ 43 Dnr KS 2031/13

Ordningsvakter på torget

Propositionsordning

Votering begärs. Den som vill bifalla förslaget om ordningsvakter på torget röstar ja. Den som
vill avslå det röstar nej.

Omröstning

Med 7 ja-röster mot 6 nej-röster bifaller kommunfullmäktige förslaget om ordningsvakter på
torget. En ledamot är frånvarande.

Ja röstar:
{_YES}.

Nej röstar:
{_NO}.

Kommunfullmäktige beslutar

att ordningsvakter anställs på torget.

§ 44 Dnr KS 2031/14

Vindkraftverk på Högberget

Kommunfullmäktige beslutar

att bordlägga ärendet till sammanträdet den 16 juni 2031.
"""
_BOARD = """Ekmarka kommun
Kommunstyrelsen
Protokoll, sammanträdesdatum 2031-04-08

§ 58 Dnr KS 2031/22

Yttrande till regionen om kvällsturen på linje 47

Regionen planerar att dra in kvällsturen på linje 47.

Kommunstyrelsen beslutar

att avstyrka att kvällsturen på linje 47 dras in, samt
att föreslå att turen i stället körs som anropsstyrd trafik.
"""
_INITIATIVE = """INITIATIVÄRENDE

Kommunstyrelsens sammanträde 2031-06-10
Dnr KS 2031/33

Vänsterpartiet och Bygdelistan

Följ upp bussarna till Norrhult

Bussarna har gått tomma i ett år.

Vi föreslår att kommunstyrelsen beslutar

att ge förvaltningen i uppdrag att räkna resenärerna på bussarna till Norrhult.

Ekmarka den 2 juni 2031

För Vänsterpartiet                   För Bygdelistan
Siri Lund                            Håkan Tjäder
"""
_MOTION = """Motion: En isbana på torget

Torget står tomt om vintern.

Vi yrkar därför att kommunfullmäktige beslutar

att en isbana spolas på torget varje vinter.

Ekmarka den 3 februari 2031

Siri Lund                            Nils Asp
Vänsterpartiet                       Vänsterpartiet
"""
_ANSWER = """EKMARKA KOMMUN                                      TJÄNSTESKRIVELSE
Fritidsförvaltningen                                Datum 2031-04-01
Handläggare: Malin Sjö                              Dnr KS 2031/77

Svar på motion om en isbana på torget

Förslag till beslut

Kommunstyrelsen föreslår kommunfullmäktige att avslå motionen om en isbana på torget.

Sammanfattning

En isbana på torget vore dyr. Motionen om en isbana bör avslås.

Malin Sjö
fritidschef
"""
_INTERPELLATION = """Interpellation till miljönämndens ordförande

Hur mycket vatten rinner bort i marken?

Ledningsnätet är gammalt och läcker.

Med anledning av detta vill jag fråga:

1. Hur stor andel av vattnet går förlorad i läckor?
2. Hur stor del av ledningsnätet förnyas varje år?

Ekmarka den 4 mars 2031

Ola Berg (S)
"""
_AUDIT = """Revisionsrapport

Granskning av vinterväghållningen

Ekmarka kommun

3. Rekommendationer

Vi rekommenderar samhällsbyggnadsnämnden att

R1. säkerställa att vinterväghållningens avtal har viten, samt
R2. införa kvalitetskontroller av vinterväghållningen.

Vi rekommenderar kommunstyrelsen att

R3. stärka uppsikten över vinterväghållningen.

Ekmarka den 17 februari 2031
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    texts = {
        "kf.txt": _MINUTES,
        "ks.txt": _BOARD,
        "initiativ.txt": _INITIATIVE,
        "motion.txt": _MOTION,
        "revision.txt": _AUDIT,
        "svar.txt": _ANSWER,
        "interpellation.txt": _INTERPELLATION,
    }
    folder: Path = tmp_path_factory.mktemp("towns")
    return assistant_over(folder, texts)


def test_all_that_was_asked_in_an_interpellation_is_told(assistant: Assistant) -> None:
    answer = assistant.answer("Vad frågade Siri Lund om personalen i hemtjänsten?")
    told = quotes(answer)
    assert "sjukfrånvaron" in told
    assert "vakanta?" in told
    assert "ordföranden göra?" in told


def test_an_abstainer_is_told_under_the_head_of_a_column_that_spaces_keep(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("Vem avstod i omröstningen om skolan i Norrhult?")
    assert "”Avstår”" in answer.answer
    assert "Eva Malm" in answer.answer
    assert "Siri Lund" not in answer.answer


def test_the_numbers_of_a_vote_are_told_without_all_its_names(assistant: Assistant) -> None:
    answer = assistant.answer("Hur många röstade för ordningsvakter på torget?")
    assert "7 ja-röster mot 6 nej-röster" in answer.answer
    assert "Jakob Ekdahl" not in answer.answer


def test_a_partys_votes_are_told_under_what_stands_before_their_names(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("Hur röstade Moderaterna om ordningsvakter på torget?")
    assert "Ja röstar:" in answer.answer
    assert "Jakob Ekdahl (M)" in answer.answer
    assert "Nelly Berglund" not in answer.answer


def test_putting_off_answers_whether_it_was_yes_or_no(assistant: Assistant) -> None:
    answer = assistant.answer("Blev det ja eller nej till vindkraftverken på Högberget?")
    assert "bordlägga" in answer.answer


def test_vacant_posts_are_told_of_those_that_nobody_has(assistant: Assistant) -> None:
    answer = assistant.answer("Hur många tjänster var obesatta i hemtjänsten?")
    assert "sju tjänster vakanta" in answer.answer


def test_every_att_sats_of_an_answer_to_somebody_else_stands(assistant: Assistant) -> None:
    answer = assistant.answer("Vad svarade kommunstyrelsen regionen om kvällsturen på linje 47?")
    assert "avstyrka" in answer.answer
    assert "anropsstyrd" in answer.answer


def test_whoever_signed_a_motion_handed_it_in(assistant: Assistant) -> None:
    for question in ("Vem lämnade in motionen om en isbana?", "Vem gav in motionen om en isbana?"):
        answer = assistant.answer(question)
        assert answer.outcome is Outcome.ANSWERED
        assert "Siri Lund" in answer.answer


def test_parties_below_the_names_are_quoted_with_them(assistant: Assistant) -> None:
    answer = assistant.answer("Vilket parti lämnade in motionen om en isbana?")
    assert "Vänsterpartiet" in answer.answer


def test_those_for_whom_an_initiative_is_signed_are_quoted_above_the_names(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("Vilka skickade in initiativet om att följa upp bussarna?")
    assert "För Bygdelistan" in answer.answer


def test_what_is_recommended_to_one_body_is_told_alone(assistant: Assistant) -> None:
    answer = assistant.answer(
        "Vilka rekommendationer gav revisorerna till kommunstyrelsen om vinterväghållningen?"
    )
    assert "stärka uppsikten" in answer.answer
    assert "viten" not in answer.answer


def test_what_auditors_said_is_told_by_their_report(assistant: Assistant) -> None:
    answer = assistant.answer("Vad sa revisorerna om vinterväghållningen?")
    assert answer.outcome is not Outcome.NOT_IN_DOCUMENTS


def test_the_hands_of_an_answer_are_not_those_of_the_motion(assistant: Assistant) -> None:
    answer = assistant.answer("Vem lämnade in motionen om en isbana på torget?")
    assert "Siri Lund" in answer.answer
    assert "Malin Sjö" not in answer.answer


def test_what_the_movers_want_is_not_what_the_officials_propose(assistant: Assistant) -> None:
    answer = assistant.answer("Vad vill motionärerna om isbanan på torget?")
    assert "spolas på torget varje vinter" in answer.answer
    assert "avslå" not in answer.answer


def test_the_points_of_an_interpellation_are_what_was_asked(assistant: Assistant) -> None:
    answer = assistant.answer("Vad frågade Ola Berg om vattnet i marken?")
    assert "går förlorad i läckor" in answer.answer
    assert "förnyas varje år" in answer.answer

"""The pages of cases, comparisons and briefs over a real small index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.prepare.cases import Paper
from assistant.prepare.lines import Line, Style, Told
from assistant.web.briefing import Briefing
from assistant.web.cases import listed, shown
from assistant.web.compare import offered, side_by_side
from assistant.web.compare import shown as compared
from assistant.web.desk import Desk
from assistant.web.drafts import Drafts
from assistant.web.registers import Registers
from assistant.web.words import Words
from ingest.parts import PartKind, Role
from tests.prepare_fixtures import demand

pytest_plugins = ["tests.web_fixtures"]
SV, EN = Words("sv"), Words("en")
BOARD = "protokoll-ks-2025-04-07.docx"
HOSTILE = (
    "Kallelse\n1. Val <script>alert(1)</script>\n"
    "2. Ärende ${alert(2)} {{x}} <b>y</b> <img src=x> KS 2025/99\n"
)


@pytest.fixture(scope="module")
def briefing(desk: Desk) -> Briefing:
    return Briefing(desk, Registers(), Drafts(), SV)


def _choice(desk: Desk, word: str) -> str:
    return next(name for line, name in offered(desk, Registers(), SV) if word in line)


def test_the_register_lists_and_finds_cases(desk: Desk) -> None:
    whole = listed(desk, Registers(), SV)
    assert "KS 2025/31" in whole
    assert "KS 2025/12" in whole
    found = listed(desk, Registers(), SV, "hamnängen")
    assert "KS 2025/12" in found
    assert "KS 2025/31" not in found
    assert "Inget ärende passar" in listed(desk, Registers(), SV, "rymdfärd")


@pytest.mark.parametrize("words", [SV, EN], ids=["sv", "en"])
def test_each_point_of_a_case_links_to_the_paper_at_its_words(desk: Desk, words: Words) -> None:
    html = shown(desk, Registers(), words, "KS/2025/12")
    path = "dokument" if words.language == "sv" else "documents"
    links = re.findall(rf'href="{path}\?file=[^"]+&amp;start=\d+&amp;end=\d+#citat"', html)
    assert len(links) >= 8
    assert "reservation-hamnangen.txt" in html


def test_a_decision_is_offered_only_where_an_address_names_it(desk: Desk) -> None:
    assistant = desk.open()
    assert assistant is not None
    registers = Registers()
    (name, *_) = [one.name for one in registers.candidates(assistant.index) if not one.proposes]
    assert name not in [known for _, known in offered(desk, registers, SV)]
    assert name in [known for _, known in offered(desk, registers, SV, [name])]


def test_a_case_that_is_not_indexed_is_said_to_be_missing(desk: Desk) -> None:
    assert "finns inte bland" in shown(desk, Registers(), SV, "<b>/2025/1")


def test_a_comparison_marks_words_by_element_and_in_words(desk: Desk) -> None:
    motion, reservation = _choice(desk, "sommarsimkort (Protokoll"), _choice(desk, "(Reservation")
    html = compared(desk, SV, motion, reservation)
    assert "Bara i A" in html
    assert "Bara i B" in html
    assert "Jämförelsen är klar" in html
    assert "<del>" in html


def test_a_comparison_that_cannot_be_made_says_what_to_do(desk: Desk) -> None:
    one = _choice(desk, "(Reservation")
    assert "Välj två förslag" in compared(desk, SV, "", "")
    assert "samma förslag två gånger" in compared(desk, SV, one, one)
    assert "finns inte längre" in compared(desk, SV, one, "<script>#1")


def test_without_an_index_the_pages_say_so(tmp_path: Path) -> None:
    from assistant.settings import Settings

    desk = Desk(Settings(index=tmp_path / "none"))
    assert "Inga ärenden" in listed(desk, Registers(), SV)
    assert "Inga handlingar" in compared(desk, SV, "", "")
    made = Briefing(desk, Registers(), Drafts(), SV)
    assert "Inga handlingar" in made.of_text(HOSTILE, {})


def test_a_brief_links_its_sources_and_the_marks_lead_to_them(briefing: Briefing) -> None:
    html = briefing.of_file(BOARD, {"file": BOARD})
    wanted = set(re.findall(r'href="forbered\?file=[^"#]+#(k-\d+)"', html))
    assert wanted
    assert wanted <= set(re.findall(r'id="(k-\d+)"', html))
    assert f"dokument?file={BOARD}&amp;start=" in html
    items = set(re.findall(r'#(arende-\d+)"', html))
    assert items <= set(re.findall(r'id="(arende-\d+)"', html))


def test_a_brief_of_what_holds_no_items_says_what_to_give(briefing: Briefing) -> None:
    assert "Några ärenden kunde inte läsas ut" in briefing.of_text("Hej!", {})
    assert "Några ärenden kunde inte läsas ut" in briefing.of_file("../../etc/passwd", {})


def test_hostile_text_stays_text_in_cases_comparisons_and_briefs(
    desk: Desk, briefing: Briefing
) -> None:
    first, second = (_paper(f"att <b>{n}</b> bänkar ställs ut {HOSTILE}") for n in (2, 3))
    pages = (
        listed(desk, Registers(), SV),
        shown(desk, Registers(), SV, "KS/2025/99"),
        side_by_side(first, second, SV),
        briefing.of_text(HOSTILE, {"file": '"><script>'}),
    )
    for html in pages:
        assert "<script" not in html
        assert "<img" not in html
        assert 'href="javascript' not in html
        assert "<b>" not in html
    assert "&lt;script&gt;" in pages[2]
    assert "&lt;script&gt;" in pages[3]


def _paper(text: str) -> Paper:
    """A motion with one demand."""
    point = demand(text)
    return Paper(
        file='"><script>.txt',
        part_id="motion-1",
        title="<img src=x>",
        kind=PartKind.MOTION,
        role=Role.PROPOSAL,
        date=None,
        body="<b>",
        paragraph=None,
        by=("<script>",),
        numbers=(),
        points=(point,),
        copy=False,
        source=point.source,
    )


def test_a_brief_is_downloaded_by_a_key_that_nobody_can_guess(desk: Desk) -> None:
    from fastapi import FastAPI

    from assistant.web.drafts import download

    drafts = Drafts()
    told = Told("sv", (Line(style=Style.TITLE, text="Underlag <b> å"),), ())
    key = drafts.keep(told, "underlag-2025-05-05")
    app = FastAPI()
    app.add_api_route("/brief.{suffix}", lambda suffix, draft: download(drafts, suffix, draft))
    client = TestClient(app)
    for suffix, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(f"/brief.{suffix}?draft={key}")
        assert answer.content.startswith(begins)
        assert f'"underlag-2025-05-05.{suffix}"' in answer.headers["content-disposition"]
        assert client.get(f"/brief.{suffix}?draft=1").status_code == 404
    assert client.get(f"/brief.exe?draft={key}").status_code == 404
    assert len(key) >= 20


def test_old_briefs_make_room_for_new_ones() -> None:
    drafts, told = Drafts(), Told("sv", (), ())
    first = drafts.keep(told, "a")
    last = [drafts.keep(told, "b") for _ in range(50)][-1]
    assert drafts.get(first) is None
    assert drafts.get(last) is not None


def test_a_file_of_ones_own_is_briefed_under_its_name_and_not_kept(briefing: Briefing) -> None:
    text = "Kallelse\n1. Val av justerare\n2. Hamnängen, KS 2025/12\n"
    key = briefing.of_bytes(text.encode(), "../../<b>kallelse.txt")
    html = briefing.of_draft(key, {})
    assert "2. Hamnängen" in html
    assert "8 400 000" in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.exe", b"x", "Filformatet kan inte läsas"),
        ("a", b"x", "Filformatet kan inte läsas"),
        ("a.pdf", b"none", "Filen är skadad"),
        ("a.txt", b"Hej!", "Några ärenden kunde inte läsas ut"),
    ],
)
def test_a_file_that_cannot_be_briefed_is_refused_with_what_is_wrong(
    desk: Desk, briefing: Briefing, name: str, data: bytes, told: str
) -> None:
    from fastapi import FastAPI

    from assistant.web.brief_upload import brief_upload_route

    app = FastAPI()
    brief_upload_route(app, {"sv": briefing})
    answer = TestClient(app).post(f"/brief/file?name={name}", content=data)
    assert answer.status_code == 422
    assert told in answer.json()["error"]
    assert "Några ärenden" in briefing.of_draft("unknown", {})


def test_both_languages_have_the_same_words() -> None:
    from assistant.wording import _texts

    for family in ("prepare", "web"):
        sv, en = (_texts(f"{family}.{language}") for language in ("sv", "en"))
        assert {(s, k) for s in sv for k in sv[s]} == {(s, k) for s in en for k in en[s]}

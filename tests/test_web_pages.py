"""The page over a real small index: asking, papers, the frame and what is served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.web.about_page import about
from assistant.web.asking import Asking, Screen
from assistant.web.cards import unwrapped
from assistant.web.choices import choices, chosen
from assistant.web.conversation import from_plain
from assistant.web.desk import Desk
from assistant.web.frame import framed
from assistant.web.marks import NAME
from assistant.web.paper import page_png, pictures, sections
from assistant.web.papers import listed, shown
from assistant.web.paths import PAGES, Place, link, paper, place_of
from assistant.web.suggestions import Tried, first_questions
from assistant.web.words import Words
from ingest.document import Span

pytest_plugins = ["tests.web_fixtures"]
SV, EN = Words("sv"), Words("en")
QUESTION = "Vem reserverade sig mot beslutet om Hamnängen?"


def _last(screens: Iterator[Screen]) -> Screen:
    *_, last = screens
    return last


def test_a_question_grows_into_an_answer_that_is_kept(desk: Desk) -> None:
    screens = list(Asking(desk, SV).ask(QUESTION, None))
    assert screens[0].busy
    assert "Söker i handlingarna" in screens[0].thread
    kept = [screen.kept for screen in screens if screen.kept][-1]
    turn = from_plain(kept).current.turns[0]
    assert turn.answer.outcome.answers
    assert "reserver" in screens[-1].thread
    assert "Svaret är klart" in screens[-1].status
    assert not screens[-1].busy


def test_an_empty_question_gets_a_calm_sentence_and_no_turn(desk: Desk) -> None:
    screen = _last(Asking(desk, SV).ask("  \n", None))
    assert "Skriv en fråga" in screen.status
    assert screen.kept is None


def test_without_an_index_the_page_says_how_to_build_one_and_picks_it_up(
    tmp_path: Path, small_index: Path
) -> None:
    desk = Desk(Settings(index=tmp_path / "none"))
    asking = Asking(desk, SV)
    assert f"beredd ingest DOKUMENT/ --index {tmp_path / 'none'}" in asking.opened(None).thread
    assert from_plain(_last(asking.ask(QUESTION, None)).kept).current.turns
    (tmp_path / "none").symlink_to(small_index)
    assert "5 handlingar är inlästa" in asking.opened(None).thread


def test_retry_edit_new_and_forget_do_what_they_say(desk: Desk) -> None:
    asking = Asking(desk, SV)
    plain = [s.kept for s in asking.ask(QUESTION, None) if s.kept][-1]
    turn = from_plain(plain).current.turns[0]
    edited = _last(asking.act({"do": "edit", "turn": turn.id}, plain))
    assert edited.box == QUESTION
    assert not from_plain(edited.kept).current.turns
    again = [s.kept for s in asking.act({"do": "retry", "turn": turn.id}, plain) if s.kept][-1]
    assert len(from_plain(again).current.turns) == 1
    new = _last(asking.act({"do": "new"}, plain))
    assert new.fresh
    assert len(from_plain(new.kept).earlier) == 1
    forgotten = _last(asking.act({"do": "forget"}, new.kept))
    assert not from_plain(forgotten.kept).earlier


def test_a_mark_on_an_answer_is_kept_beside_the_index(desk: Desk, small_index: Path) -> None:
    asking = Asking(desk, SV)
    plain = [s.kept for s in asking.ask(QUESTION, None) if s.kept][-1]
    turn = from_plain(plain).current.turns[0]
    event = {"do": "wrong_source", "turn": turn.id, "source": "S1"}
    marked = _last(asking.act(event, plain))
    assert from_plain(marked.kept).current.turns[0].wrong_sources == ("S1",)
    line = json.loads((small_index / NAME).read_text(encoding="utf-8").splitlines()[-1])
    assert (line["verdict"], line["citation"], line["question"]) == ("wrong_source", "S1", QUESTION)


@pytest.mark.parametrize(
    "event",
    [{}, {"do": "drop"}, {"do": "right", "turn": "none"}, {"do": "open", "conversation": "x"},
     {"do": "wrong_source", "turn": 3, "source": []}],
)  # fmt: skip
def test_an_unknown_event_changes_nothing(desk: Desk, event: dict[str, object]) -> None:
    screen = _last(Asking(desk, SV).act(event, None))
    assert screen.fresh


def test_a_hostile_paper_stays_text_in_answers_and_in_the_paper(desk: Desk) -> None:
    asked = _last(Asking(desk, SV).ask("Vad yrkar motionen om lekplatsen vid Björkvallen?", None))
    whole = shown(desk, SV, {"file": "motion-lekplats.txt"})
    for html in (asked.thread, whole):
        assert "<script" not in html
        assert "<img" not in html
        assert 'href="javascript' not in html
    assert "&lt;script&gt;" in whole


def test_the_suggested_questions_are_answered(assistant: Assistant) -> None:
    questions = first_questions(Tried(assistant), SV)
    assert questions
    assert all(assistant.answer(question).outcome.answers for question in questions)


def test_a_paper_shows_all_its_text_with_the_quote_marked_once(assistant: Assistant) -> None:
    for file in assistant.index.entries:
        stored = assistant.index.document(file)
        assert stored is not None
        quote = Span(40, 90)
        runs = [run for section in sections(stored, quote, SV) for run in section.runs]
        assert sum(run.first for run in runs) == 1
        marked = "".join(run.text for run in runs if run.look == "quote")
        assert _letters(marked) == _letters(stored.document.text[40:90])


def _letters(text: str) -> str:
    return "".join(text.split())


def test_a_pdf_quote_has_its_boxes_on_the_page_and_the_page_its_picture(
    assistant: Assistant,
) -> None:
    file = "revisionsrapport-hemtjanstavgifter.pdf"
    stored = assistant.index.document(file)
    assert stored is not None
    at = stored.document.text.index("hemtjänst")
    found = pictures(assistant.index.entries[file], stored.document, Span(at, at + 9))
    assert found
    assert found[0].page == stored.document.page_at(at)
    left, top, width, height = found[0].boxes[0]
    assert 0 <= left < left + width <= 100
    assert 0 <= top < top + height <= 100
    png = page_png(assistant.index, file, found[0].page)
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert page_png(assistant.index, file, 99) is None
    assert page_png(assistant.index, "../../etc/passwd", 1) is None


def test_a_masked_paper_is_shown_as_text_alone(assistant: Assistant) -> None:
    file, entry = next((f, e) for f, e in assistant.index.entries.items() if e.format == "pdf")
    stored = assistant.index.document(file)
    assert stored is not None
    masked = replace(entry, masked=True)
    assert pictures(entry, stored.document, Span(0, 9))
    assert not pictures(masked, stored.document, Span(0, 9))


def test_the_list_of_papers_finds_by_title_kind_and_file(desk: Desk) -> None:
    assert "motion-sommarsimkort.txt" in listed(desk, SV)
    found = listed(desk, SV, "sommarsim")
    assert "motion-sommarsimkort.txt" in found
    assert "revisionsrapport" not in found
    assert "Inga" not in found


def test_a_paper_that_is_not_indexed_is_said_to_be_gone(desk: Desk) -> None:
    assert "finns inte längre" in shown(desk, SV, {"file": "<b>.txt", "start": "1", "end": "x"})


def test_about_says_that_nothing_leaves_the_machine_unless_a_model_is_set(desk: Desk) -> None:
    assert "Ingenting." in about(desk, SV)
    with_model = Desk(Settings(index=desk.settings.index, model="ollama:llama3"))
    assert "ollama:llama3" in about(with_model, SV)
    assert "Ingenting." not in about(with_model, SV)


def test_filters_offer_what_is_indexed_and_leave_out_what_is_no_date(assistant: Assistant) -> None:
    found = choices(assistant.index)
    assert "motion" in found.kinds
    assert "V" in found.parties
    limited = chosen(None, ["motion"], [], None, "2025-13", " 2025-04-28 ")
    assert (limited.kinds, limited.first, limited.last) == (("motion",), None, "2025-04-28")


def test_lines_broken_for_want_of_room_are_joined_and_others_are_not() -> None:
    assert unwrapped("Kommunen ska\nrusta upp parken.\nBeslut\n1. Bifall") == (
        "Kommunen ska rusta upp parken.\nBeslut\n1. Bifall"
    )


def test_pages_have_an_address_in_each_language() -> None:
    for page, paths in PAGES.items():
        for language, path in paths.items():
            assert place_of(f"/{path}") == Place(page, language)
    assert place_of("/gradio_api/info") is None
    assert link("ask", "sv", "k-1") == "./#k-1"
    assert paper("sv", "å b&c.txt", 3, 9) == "dokument?file=%C3%A5+b%26c.txt&start=3&end=9#citat"


def test_the_frame_sets_language_and_landmarks_and_names_no_other_host() -> None:
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8" /><meta property="og:image" '
        'content="https://elsewhere.example/x.jpg" /><script>1</script></head><body style="">'
        "<gradio-app></gradio-app></body></html>"
    )
    page = framed(html, Place("documents", "sv"), {"file": '"><script>'})
    assert '<html lang="sv"' in page
    assert "https://" not in page
    assert "<header" in page
    assert "<footer" in page
    assert "<title>Handlingar – Beredd</title>" in page
    assert 'aria-current="page"' in page
    assert 'file="><script>' not in page
    assert "file=%22%3E%3Cscript%3E" in page


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_served_names_no_other_host(desk: Desk, page: str, language: str) -> None:
    from assistant.web.server import serve

    client = TestClient(serve(desk), base_url="http://testserver")
    answer = client.get(f"/{PAGES[page][language]}")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    named = answer.text.replace("http://testserver", "")
    assert "http://" not in named.replace("http://www.w3.org", "")
    assert "https://" not in named


def test_the_style_sheet_fetches_nothing(desk: Desk) -> None:
    from assistant.web.assets import head, style

    assert "url(" not in style()
    assert "@import" not in style()
    assert "//" not in head(SV).replace("// ", "")

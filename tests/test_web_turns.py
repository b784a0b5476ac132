"""How answers become HTML: nothing of a document is markup, and every mark leads to its card."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from assistant.answer import Answer, Citation, Outcome, Sentence
from assistant.filters import Filters
from assistant.web import marks
from assistant.web.conversation import (
    Conversation,
    Kept,
    Turn,
    begin,
    from_plain,
    new_id,
    to_plain,
)
from assistant.web.narrowed import from_query
from assistant.web.turns import footnoted, lines, render
from assistant.web.words import Words
from eval import feedback
from ingest.parts import Role

EVIL = '<script>x=1</script><img src=x onerror="x=2">[a](javascript:x)${x}{{x}}`'
SV, EN = Words("sv"), Words("en")


class Seen(HTMLParser):
    """The elements, ids, links and text of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.copied: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            if name == "data-copylink":
                self.copied.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)

    def handle_data(self, data: str) -> None:
        self.text += data


def _citation(number: int = 1, **changes: object) -> Citation:
    base = Citation(
        id=f"S{number}",
        file="ks.txt",
        document="Protokoll",
        part="Markanvisning",
        type="paragraph",
        role=Role.DECISION,
        date="2025-04-07",
        body="Kommunstyrelsen",
        case_number="KS 2025/12",
        paragraph="49",
        page=3,
        start=10,
        end=40,
        quote="Kommunstyrelsen beslutar att bifalla.",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def _answer(**changes: object) -> Answer:
    base = Answer(
        question="Vad beslutades?",
        standalone_question="Vad beslutades?",
        language="sv",
        outcome=Outcome.ANSWERED,
        answer="Beslutet: ”bifalla” [S1]\n- Förslaget: ”avslå” [S2]",
        sentences=(
            Sentence(text="Beslutet: ”bifalla” [S1]", citations=("S1",), role="decision"),
            Sentence(text="Förslaget: ”avslå” [S2]", citations=("S2",), role="proposal"),
        ),
        citations=(_citation(1), _citation(2, role=Role.PROPOSAL)),
        searched={"documents": 3, "unreadable_pages": 1},
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def _turn(**changes: object) -> Turn:
    return Turn(id="ab12", answer=_answer(**changes))


def test_every_mark_leads_to_its_card_and_every_card_back_to_its_mark() -> None:
    for words in (SV, EN):
        seen = Seen(render([_turn()], None, words))
        anchors = [link.partition("#")[2] for link in seen.links if "#" in link]
        assert {"k-ab12-S1", "k-ab12-S2", "m-ab12-1-S1", "m-ab12-2-S2"} <= set(anchors)
        assert set(anchors) <= set(seen.ids)


def test_ids_are_unique_over_a_whole_conversation() -> None:
    turns = [Turn(id=new_id(), answer=_answer()) for _ in range(3)]
    ids = Seen(render(turns, None, SV)).ids
    assert len(ids) == len(set(ids))


def test_nothing_of_a_document_or_a_question_becomes_markup() -> None:
    evil = _citation(quote=EVIL, part=EVIL, document=EVIL + "2", body=EVIL, case_number=EVIL)
    turn = _turn(
        question=EVIL,
        standalone_question=EVIL + "?",
        answer=f"”{EVIL}” [S1]",
        sentences=(Sentence(text=f"”{EVIL}” [S1]", citations=("S1",), role="fact"),),
        citations=(evil,),
    )
    seen = Seen(render([turn], None, SV))
    assert not {"script", "img", "iframe", "object"} & set(seen.tags)
    assert not seen.handlers
    assert not [link for link in seen.links if "javascript" in link.partition("?")[0]]
    assert seen.text.count(EVIL) >= 5


def test_a_proposal_is_told_as_one_in_words_and_shape() -> None:
    html = render([_turn()], None, SV)
    assert 'class="told role-proposal"' in html
    assert "Förslag" in Seen(html).text
    assert html.count("<svg") >= 4


def test_lines_know_their_sources_and_which_are_items() -> None:
    first, second = lines(_answer())
    assert (first.sources, first.item, first.role) == (("S1",), False, "decision")
    assert (second.sources, second.item, second.role) == (("S2",), True, "proposal")
    assert [piece.quoted for piece in first.pieces] == [False, True]


def test_a_declined_question_says_what_was_searched_and_what_comes_nearest() -> None:
    text = "Jag hittar inget svar."
    turn = _turn(
        outcome=Outcome.NOT_IN_DOCUMENTS,
        answer=text,
        sentences=(Sentence(text=text, role="frame"),),
        citations=(),
        nearest=(_citation(id="N1"),),
    )
    seen = Seen(render([turn], None, SV)).text
    for said in (text, "3 handlingar", "En sida kunde inte läsas", "Närmast kommer"):
        assert said in seen


def test_a_paper_that_has_left_the_index_is_no_longer_linked() -> None:
    seen = Seen(render([_turn()], None, SV))
    assert "har tagits bort eller ändrats" in seen.text
    assert not [link for link in seen.links if link.startswith("dokument")]


def test_an_english_page_has_no_swedish_words_of_its_own() -> None:
    text = Seen(render([_turn()], None, EN)).text
    for swedish in ("Källa", "Svar", "Beslut ", "Förslag ", "Kopiera", "sida", "handlingar"):
        assert swedish not in text


def test_both_languages_have_the_same_texts() -> None:
    import tomllib

    folder = Path(__file__).resolve().parents[1] / "assistant" / "wording"
    swedish, english = (
        tomllib.loads((folder / f"web.{language}.toml").read_text(encoding="utf-8"))
        for language in ("sv", "en")
    )
    assert {s: set(texts) for s, texts in swedish.items()} == {
        s: set(texts) for s, texts in english.items()
    }


def test_a_copied_answer_carries_its_sources_as_footnotes() -> None:
    copied = footnoted(_answer(), SV)
    assert "”bifalla” [1]" in copied
    assert (
        "[1] Markanvisning, Kommunstyrelsen, 2025-04-07, § 49, KS 2025/12, s. 3 (Beslut)." in copied
    )
    assert "[S" not in copied


LIMITS = Filters(bodies=("Kommunstyrelsen",), parties=("V", "MP"), first="2025-01-01")


@pytest.mark.parametrize("words", [SV, EN], ids=["sv", "en"])
def test_a_copied_link_asks_the_whole_question_limited_as_it_was(words: Words) -> None:
    turn = replace(_turn(question="Och varför?", standalone_question="Varför?"), limits=LIMITS)
    [link] = [found for found in Seen(render([turn], None, words)).copied if "q=" in found]
    asked = dict(parse_qsl(link.partition("?")[2]))
    assert asked["q"] == "Varför?"
    assert from_query(asked) == LIMITS
    assert from_query(dict(parse_qsl("q=Varför?"))) == Filters()


def test_what_a_search_was_limited_to_is_told_and_kept() -> None:
    turn = replace(_turn(), limits=LIMITS)
    assert "Kommunstyrelsen, V, MP, från 1 januari 2025." in Seen(render([turn], None, SV)).text
    kept = Kept((Conversation(id="ab", began="2025-01-01", turns=(turn,)),))
    assert from_plain(json.loads(json.dumps(to_plain(kept)))) == kept


@pytest.mark.parametrize(
    "asked", [{"from": "i går"}, {"body": "|"}, {"kind": ""}, {"to": "x" * 99}]
)
def test_limits_in_an_address_that_make_no_sense_are_left_out(asked: dict[str, str]) -> None:
    assert from_query(asked) == Filters()


def test_conversations_survive_the_browser() -> None:
    turn = replace(_turn(), verdict="right", wrong_sources=("S2",))
    kept = Kept().put(begin().put(turn))
    assert from_plain(json.loads(json.dumps(to_plain(kept)))) == kept


@pytest.mark.parametrize(
    "broken",
    [None, 7, "x", [], {"conversations": 3}, {"conversations": [None, {"id": 1}]},
     {"conversations": [{"id": "<b>", "began": "", "turns": []}]},
     {"conversations": [{"id": "a", "began": "", "turns": [{"id": "b", "answer": {}}]}]}],
)  # fmt: skip
def test_what_a_browser_sends_back_broken_is_dropped(broken: object) -> None:
    assert from_plain(broken) == Kept()


def test_a_browser_keeps_a_bounded_number_of_conversations() -> None:
    kept = Kept()
    for _ in range(50):
        kept = kept.put(begin().put(_turn()))
    assert len(kept.conversations) == 20


def test_an_earlier_conversation_can_be_taken_up_again() -> None:
    first, second = begin().put(_turn()), begin().put(_turn())
    kept = Kept().put(first).put(second).chosen(first.id)
    assert kept.current == first
    assert kept.earlier == (second,)
    assert Conversation(id="a", began="").title == ""


def test_feedback_is_kept_in_the_form_that_the_evaluation_reads(tmp_path: Path) -> None:
    marks.keep(tmp_path, "wrong_source", _answer(), "S2")
    marks.keep(tmp_path, "right", _answer())
    read = feedback.read(tmp_path / marks.NAME)
    assert [line["verdict"] for line in read] == ["wrong_source", "right"]
    assert feedback.drafts(read)[0]["question"] == "Vad beslutades?"


def test_what_contradicts_a_false_premise_has_its_marks_and_cards() -> None:
    answer = _answer(outcome=Outcome.FALSE_PREMISE, nearest=(_citation(9, id="N1"),))
    seen = Seen(render([Turn(id="abc", answer=answer)], None, SV))
    targets = {link.rpartition("#")[2] for link in seen.links if "#k-" in link}
    assert targets == {"k-abc-S1", "k-abc-S2"}
    assert targets <= set(seen.ids)
    assert "k-abc-N1" not in seen.ids

"""Briefs for meetings: what is told of an item, in what order, and what each line rests on."""

from __future__ import annotations

import ctypes
import io
import json
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pypdfium2.raw as raw
import pytest

from assistant.cli import brief as command
from assistant.prepare.attention import Gap, Reason, contested
from assistant.prepare.briefs import Brief, Item, brief
from assistant.prepare.docx import as_docx
from assistant.prepare.lines import Style, Told
from assistant.prepare.meetings import in_index, listed, meant, of_text
from assistant.prepare.pdf import as_pdf
from assistant.prepare.points import PointKind, of
from assistant.prepare.register import Register
from assistant.prepare.telling import tell
from assistant.wording.words import Words
from ingest.errors import BereddError
from ingest.parts import PartKind
from tests.prepare_fixtures import SAMPLES
from vectorstore.index import Index

pytest_plugins = ["tests.prepare_fixtures"]

SUMMONS = "kallelse-ks-2025-05-05.odt"
BOARD, COUNCIL = "protokoll-ks-2025-04-07.docx", "protokoll-kf-2025-04-28.txt"
SV, EN = Words("sv", "prepare"), Words("en", "prepare")
PASTED = """1. Fastställande av dagordning
2. Ny riktlinje för medborgardialog, KS 2025/77
3. Markanvisning inom Hamnängen, Dnr KS 2025/12
"""


@pytest.fixture(scope="module")
def summons(papers: Index, known: Register) -> Brief:
    return brief(papers, known, in_index(papers, SUMMONS))


@pytest.fixture(scope="module")
def council(papers: Index, known: Register) -> Brief:
    return brief(papers, known, in_index(papers, COUNCIL))


def _item(made: Brief, word: str) -> Item:
    (found,) = [item for item in made.items if word in item.paper.title]
    return found


def _gaps(item: Item) -> set[Gap]:
    return {found.gap for found in item.missing}


def _reasons(item: Item) -> set[Reason]:
    return {alarm.reason for alarm in item.alarms}


def test_every_item_of_the_meeting_is_in_its_brief(papers: Index, summons: Brief) -> None:
    stored = papers.document(SUMMONS)
    assert stored is not None
    titles = [p.title for p in stored.parts if p.kind is PartKind.AGENDA_ITEM]
    assert [item.paper.title for item in summons.items] == titles


def test_what_a_brief_quotes_stands_at_its_source(papers: Index, council: Brief) -> None:
    told = tell(council, SV)
    assert told.lines
    for source in told.sources:
        stored = papers.document(source.file)
        assert stored is not None
        assert stored.document.text[source.start : source.end] == source.quote
    for line in told.lines:
        assert not line.quote or line.sources
        assert all(1 <= number <= len(told.sources) for number in line.sources)


def test_a_line_with_a_role_quotes_its_only_source(summons: Brief, council: Brief) -> None:
    for made in (summons, council):
        told = tell(made, SV)
        for line in told.lines:
            if line.role is None or line.role.value == "information":
                continue
            (number,) = line.sources
            assert told.sources[number - 1].role is line.role
            assert _letters(line.quote) == _letters(told.sources[number - 1].quote)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def test_sources_are_numbered_in_the_order_of_their_use(council: Brief) -> None:
    used = [number for line in tell(council, SV).lines for number in line.sources]
    assert list(dict.fromkeys(used)) == list(range(1, len(set(used)) + 1))


def test_a_proposal_laid_beside_the_one_on_the_table_is_compared_with_it(summons: Brief) -> None:
    item = _item(summons, "medborgardialog")
    (difference,) = item.differences
    assert difference.first.kind is PartKind.OFFICIAL_REPORT
    assert difference.second.kind is PartKind.ALTERNATIVE_PROPOSAL
    assert Reason.ALTERNATIVE in _reasons(item)


def test_what_happened_before_is_told_and_what_came_later_apart(
    papers: Index, known: Register
) -> None:
    made = brief(papers, known, in_index(papers, BOARD))
    item = _item(made, "sommarsimkort")
    assert {p.body for p in item.history} >= {"Barn- och utbildningsnämnden"}
    assert [p.body for p in item.after] == ["Kommunfullmäktige"]
    assert all((p.date or "") <= "2025-04-07" for p in item.history)


def test_a_missing_report_and_a_missing_case_are_told(summons: Brief) -> None:
    assert _gaps(_item(summons, "växeltelefoni")) == {Gap.NO_OTHER_PAPERS}
    assert _gaps(_item(summons, "Byadialogen")) == {Gap.NO_REPORT}
    assert not _item(summons, "medborgardialog").missing
    assert not _item(summons, "Fastställande av dagordning").missing


def test_a_motion_that_is_not_indexed_is_told_as_missing(papers: Index, known: Register) -> None:
    text = "Kallelse\n1. Val av justerare\n2. Svar på motion om Hamnängen, KS 2025/12\n"
    made = brief(papers, known, of_text(text, "kallelse.txt"))
    assert Gap.NO_ORIGIN in _gaps(made.items[1])


def test_items_that_divided_the_meeting_come_first(council: Brief) -> None:
    first = [item.paper.title for item in council.first]
    assert first[0] == "Markanvisning inom Hamnängen"
    assert "Fastställande av dagordning" not in first
    land = _item(council, "Hamnängen")
    assert {Reason.VOTE, Reason.RESERVATION, Reason.CONTESTED, Reason.RETURNED} <= _reasons(land)


def test_yrkanden_that_want_one_thing_are_not_contested(papers: Index, council: Brief) -> None:
    audit = _item(council, "hemtjänstens avgifter")
    assert of(audit.points, PointKind.YRKANDE)
    assert not contested(audit.points)


def test_a_pasted_agenda_without_a_heading_finds_the_same_case(
    papers: Index, known: Register, summons: Brief
) -> None:
    made = brief(papers, known, of_text(PASTED, "Inklistrad text"))
    assert len(made.items) == 3
    assert not made.indexed
    pasted, indexed = _item(made, "medborgardialog"), _item(summons, "medborgardialog")
    assert {p.file for p in pasted.history} | {SUMMONS} == {p.file for p in indexed.history} | {
        SUMMONS
    }


def test_a_file_that_is_indexed_counts_as_the_indexed_document(papers: Index) -> None:
    assert meant(papers, str(SAMPLES / SUMMONS)).indexed
    assert meant(papers, SUMMONS).indexed


@pytest.mark.parametrize("text", ["", "  \n", "Hej! Jag vill veta vad som händer."])
def test_text_without_items_is_refused_with_what_to_give(text: str) -> None:
    with pytest.raises(BereddError, match="summons"):
        of_text(text, "text")


def test_only_papers_of_meetings_are_offered(papers: Index) -> None:
    assert {entry.kind for entry in listed(papers)} == {"minutes", "agenda"}


@pytest.mark.parametrize("words", [SV, EN], ids=["sv", "en"])
def test_the_word_file_holds_every_line_with_headings_and_links_that_lead_somewhere(
    summons: Brief, words: Words
) -> None:
    told = tell(summons, words)
    file = docx.Document(io.BytesIO(as_docx(told)))
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    for line in told.lines:
        assert line.text.removesuffix(".") in text
        assert line.quote in text
    headings = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert len(headings) == len(summons.items) + 3
    xml = file.element.xml
    anchors = set(_between(xml, 'w:anchor="', '"'))
    assert anchors
    assert anchors <= set(_between(xml, 'w:name="', '"'))


def _between(text: str, before: str, after: str) -> list[str]:
    return [piece.split(after, 1)[0] for piece in text.split(before)[1:]]


def test_the_pdf_holds_every_line_and_an_outline(summons: Brief) -> None:
    told = tell(summons, SV)
    text, outline = _pdf(told)
    for line in told.lines:
        assert _letters(line.text) in text
        assert _letters(line.quote) in text
    assert len(outline) == len(summons.items) + 3


def _pdf(told: Told) -> tuple[str, list[str]]:
    file = pypdfium2.PdfDocument(as_pdf(told))
    pages = [page.get_textpage().get_text_bounded() for page in file]
    # A page's number is drawn last, and would stand between a line's two halves.
    text = "".join("".join(page.strip().splitlines()[:-1]) for page in pages)
    return _letters(text), [entry.get_title() for entry in file.get_toc()]


def _tags(file: pypdfium2.PdfDocument) -> list[str]:
    """The kinds of the elements of a PDF's structure, page by page."""
    found: list[str] = []

    def walk(element: Any) -> None:
        size = raw.FPDF_StructElement_GetType(element, None, 0)
        kind = ctypes.create_string_buffer(size)
        raw.FPDF_StructElement_GetType(element, kind, size)
        found.append(kind.raw.decode("utf-16-le").rstrip("\0"))
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, at):
                walk(child)

    for page in file:
        tree = raw.FPDF_StructTree_GetForPage(page)
        for at in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, at))
        raw.FPDF_StructTree_Close(tree)
    return found


@pytest.mark.parametrize("words", [SV, EN], ids=["sv", "en"])
def test_the_pdf_is_tagged_for_those_who_have_it_read_aloud(summons: Brief, words: Words) -> None:
    told = tell(summons, words)
    written = as_pdf(told)
    file = pypdfium2.PdfDocument(written)
    assert file.get_metadata_value("Title") == told.lines[0].text
    assert {"H1", "H2", "L", "LI", "P", "Link"} <= set(_tags(file))
    assert _tags(file).count("H1") >= len(summons.items) + 3
    assert f"/Lang({words.language}".encode() in written.replace(b"/Lang (", b"/Lang(")
    assert b"/Marked true" in written
    assert b"<pdfuaid:part>1</pdfuaid:part>" in written


HOSTILE = (
    'Kallelse\n1. Val <b>av</b> & "justerare" <script>alert(1)</script>\n'
    "2. Ärende <para><a href='javascript:1'>länk</a> \x0b\x00\ufffe 🏛 {{x}} KS 2025/77\n"
)


def test_markup_and_odd_characters_in_a_summons_stay_text(papers: Index, known: Register) -> None:
    told = tell(brief(papers, known, of_text(HOSTILE, "<i>.txt")), SV)
    file = docx.Document(io.BytesIO(as_docx(told)))
    assert "<b>av</b>" in "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert _letters("<script>alert(1)</script>") in _pdf(told)[0]


def test_the_command_writes_what_it_is_asked_for(
    papers: Index, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--index", str(papers.folder)]
    word, pdf = tmp_path / "b.docx", tmp_path / "b.pdf"
    assert command.main([SUMMONS, "--docx", str(word), "--pdf", str(pdf), *index]) == 0
    assert word.read_bytes().startswith(b"PK")
    assert pdf.read_bytes().startswith(b"%PDF")
    capsys.readouterr()
    assert command.main([SUMMONS, "--json", *index]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["first"]
    assert {line["style"] for line in printed["lines"]} <= {style.value for style in Style}
    assert command.main([SUMMONS, *index]) == 0
    assert "## Källor" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_or_found_is_explained(papers: Index, tmp_path: Path) -> None:
    index = ["--index", str(papers.folder)]
    with pytest.raises(BereddError, match="cannot be written"):
        command.main([SUMMONS, "--pdf", str(tmp_path / "no" / "b.pdf"), *index])
    with pytest.raises(BereddError, match="neither a file nor an indexed document"):
        command.main(["rymden.docx", *index])


@pytest.mark.corpus
def test_a_real_summons_and_its_minutes_meet_in_a_brief(shared: Path, tmp_path: Path) -> None:
    from assistant.prepare.register import register
    from tests.bag import BagOfWords
    from vectorstore import ingestion
    from vectorstore.index import create_index

    index = create_index(tmp_path / "index", BagOfWords())
    ingestion.ingest(index, BagOfWords(), [shared / "corpus" / "kungsbacka"])
    (name,) = [entry.file for entry in index.entries.values() if entry.kind == "agenda"]
    made = brief(index, register(index), in_index(index, name))
    assert len(made.items) >= 15
    decided = [item for item in made.items if of_decisions(item)]
    assert len(decided) >= len(made.items) * 0.8


def of_decisions(item: Item) -> bool:
    """True if the minutes of the meeting say what became of the item."""
    return any(of(paper.points, PointKind.DECISION, PointKind.PROPOSED) for paper in item.after)

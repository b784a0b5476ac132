"""PDFs: reading order, page furniture, labels, boxes, and errors by name."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from ingest.clean import clean
from ingest.document import Document, MarkKind
from ingest.errors import ReadError
from ingest.formats import ocr, read, read_source
from ingest.formats.pdf import boxes, render
from ingest.formats.source import Source

Line = tuple[float, float, float, str]
"""x, y, size, text; "*" before the text sets it in bold, a size below 0 turns it on its side."""


def stream(lines: Sequence[Line]) -> str:
    drawn = []
    for x, y, size, text in lines:
        font = "F2" if text.startswith("*") else "F1"
        words = text.lstrip("*").replace("(", r"\(").replace(")", r"\)")
        matrix = f"0 1 -1 0 {x} {y}" if size < 0 else f"1 0 0 1 {x} {y}"
        drawn.append(f"BT /{font} {abs(size)} Tf {matrix} Tm ({words}) Tj ET")
    return "\n".join(drawn)


def made(pages: Sequence[Sequence[Line]], page: str = "", catalog: str = "") -> bytes:
    """A PDF with the lines on its pages; `page`, `catalog`: further entries of those objects."""
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for i, lines in enumerate(pages):
        content = stream(lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * i} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> {page} >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _file(objects)


def _file(objects: Sequence[str]) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    data += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
        f"startxref\n{len(data)}\n%%EOF"
    ).encode()
    return bytes(data)


def document(*pages: Sequence[Line], **entries: str) -> Document:
    return read_source(Source(file="a.pdf", data=made(pages, **entries)))


def marked(doc: Document, kind: MarkKind) -> list[str]:
    return [doc.text[mark.start : mark.end] for mark in doc.marked(kind)]


LEFT = ["Kommunen har under året prövat en ny", "modell för dialog med byarna och deras",
        "lag, och modellen har fått ett gott be-", "mötande av dem som har deltagit i den",
        "första omgången under våren och hösten."]  # fmt: skip
RIGHT = ["Nämnden föreslår därför att modellen", "får fortsätta i två år och att den sedan",
         "följs upp av revisorerna, som lämnar en", "rapport till fullmäktige senast i juni",
         "det år då försöket har avslutats helt."]  # fmt: skip


def column(x: float, lines: Sequence[str]) -> list[Line]:
    return [(x, 700 - 14 * i, 10, text) for i, text in enumerate(lines)]


def test_a_page_becomes_lines_and_paragraphs() -> None:
    doc = document([(72, 760, 11, "Första raden"), (72, 746, 11, "andra raden"),
                    (72, 732, 11, "tredje raden"), (72, 690, 11, "Nytt stycke")])  # fmt: skip
    assert doc.text.rstrip() == "Första raden\nandra raden\ntredje raden\n\nNytt stycke"


def test_columns_drawn_line_by_line_are_read_column_by_column() -> None:
    pairs = zip(column(60, LEFT), column(320, RIGHT), strict=True)
    doc = document([line for pair in pairs for line in pair])
    assert " ".join(doc.text.split()) == " ".join(LEFT + RIGHT)
    assert "ett gott bemötande av dem" in clean(doc).text.replace("\n", " ")


def test_lines_drawn_in_disorder_are_read_from_top_to_bottom() -> None:
    lines: list[Line] = [(72, 760 - 14 * i, 11, f"Rad nummer {i} av texten") for i in range(8)]
    doc = document([lines[i] for i in (5, 2, 7, 0, 3, 6, 1, 4)])
    assert [line[3] for line in lines] == doc.text.split("\n")[:8]


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Post", "Kronor"), ("Bro", "15 000"), ("Väg", "7 500"), ("Summa", "22 500")]
    lines = [(x, 700 - 16 * i, 10, row[k])
             for i, row in enumerate(rows) for k, x in enumerate((72, 300))]  # fmt: skip
    doc = document([(float(x), float(y), float(size), text) for x, y, size, text in lines])
    assert marked(doc, MarkKind.TABLE) == ["\n".join("\t".join(row) for row in rows)]


def test_heads_and_feet_drawn_out_of_order_are_set_apart() -> None:
    pages = [
        [
            (72.0, 30.0, 9.0, f"Sida {n} av 4"),
            (72.0, 700.0, 11.0, f"Text nummer {n} om {word}."),
            (72.0, 800.0, 9.0, "Ekmarka kommun, revisionsrapport"),
        ]
        for n, word in enumerate(("skola", "vägar", "bad", "buss"), 1)
    ]
    doc = document(*pages)
    text = clean(doc).text
    assert text.count("Ekmarka kommun") == 1  # the first page's letterhead
    assert text.count("Text nummer") == 4
    assert "Sida" not in text
    assert [page.number for page in doc.pages] == [1, 2, 3, 4]
    assert doc.page_at(doc.text.index("nummer 3")) == 3


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_rotated_page_is_read_and_its_boxes_follow(turn: int, tmp_path: Path) -> None:
    lines: list[Line] = [(72, 760, 11, "Överst står detta"), (72, 700, 11, "Sedan detta")]
    path = tmp_path / "a.pdf"
    path.write_bytes(made([lines], page=f"/Rotate {turn}"))
    doc = read(path, "a.pdf")
    assert doc.text.split() == ["Överst", "står", "detta", "Sedan", "detta"]
    [box] = boxes(path, 1, 0, 6, doc)
    assert all(0 <= side <= 1 for side in box)
    assert ink(render(path, 1, 600), box) > 0.03


def ink(png: bytes, box: tuple[float, float, float, float]) -> float:
    """The share of dark pixels inside a box."""
    image = Image.open(io.BytesIO(png)).convert("L")
    w, h = image.size
    inside = image.crop(
        (int(box[0] * w), int(box[1] * h), int(box[2] * w) + 1, int(box[3] * h) + 1)
    )
    values = list(inside.tobytes())
    return sum(value < 128 for value in values) / len(values)


def test_text_drawn_sideways_on_an_upright_page_does_not_mix_with_it() -> None:
    doc = document([(72, 760, 11, "Vanlig rad ett"), (560, 740, -8, "Foto: Bo Ek"),
                    (72, 746, 11, "vanlig rad två")])  # fmt: skip
    assert "Vanlig rad ett\nvanlig rad två" in doc.text
    assert doc.text.rstrip().endswith("Foto: Bo Ek")


def test_bold_is_emphasis_and_large_lines_are_headings() -> None:
    doc = document([(72, 780, 18, "*Revisionsrapport"), (72, 740, 11, "Nämnden beslutar att"),
                    (72, 726, 11, "*avslå motionen"), (150, 726, 11, " helt och hållet nu."),
                    (72, 712, 11, "Texten fortsätter här.")])  # fmt: skip
    headings = [(m.level, doc.text[m.start : m.end]) for m in doc.marked(MarkKind.HEADING)]
    assert headings == [(1, "Revisionsrapport")]
    assert marked(doc, MarkKind.EMPHASIS) == ["avslå motionen"]


def test_a_raised_number_is_a_footnote_number() -> None:
    doc = document([(72, 700, 11, "Antaget år 2010"), (150.5, 704, 6, "1"),
                    (72, 100, 6, "1"), (76, 96, 9, "Ändrat år 2014")])  # fmt: skip
    assert "2010¹" in doc.text.replace(" ", "")
    assert marked(doc, MarkKind.FOOTNOTE) == ["¹Ändrat år 2014"]


def test_boxes_of_a_passage_lie_on_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made([[(72, 700, 12, "Ett ord och två"), (72, 680, 12, "rader till")]]))
    doc = read(path, "a.pdf")
    start = doc.text.index("två")
    found = boxes(path, 1, start, doc.text.index("till"), doc)
    assert len(found) == 2
    assert found[0][1] < found[1][1]
    left, top, right, bottom = found[0]
    assert 72 / 595 < left < right < 0.35
    assert 1 - 712 / 842 < top < bottom < 1 - 696 / 842
    assert boxes(path, 1, len(doc.text), len(doc.text) + 5, doc) == []


def test_a_page_is_rendered_as_wide_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made([[(72, 700, 12, "Text")]]))
    assert abs(Image.open(io.BytesIO(render(path, 1, 400))).width - 400) <= 1
    with pytest.raises(ReadError, match="no page 2"):
        render(path, 2, 400)


def test_page_labels_are_kept() -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>"
    doc = document(*([(72.0, 700.0, 11.0, f"Sidan {n}")] for n in range(4)), catalog=labels)
    assert [page.label for page in doc.pages] == ["i", "ii", "1", "2"]


def test_a_page_without_text_or_picture_is_readable_and_empty() -> None:
    doc = document([(72, 700, 11, "Text på sidan ett")], [])
    assert [page.readable for page in doc.pages] == [True, True]
    assert doc.unreadable_pages == ()


def encrypted() -> bytes:
    objects = made([[(72, 700, 11, "x")]]).decode("cp1252")
    key = "<" + "00" * 32 + ">"
    entry = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [<00> <00>] "
    return objects.replace("trailer << ", f"trailer << {entry}").encode("cp1252")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 sedan ingenting", "damaged"),
        (b"inte ens en PDF", "damaged"),
        (encrypted(), "encrypted"),
        (made([]), "no pages"),
    ],
    ids=["cut", "no pdf", "encrypted", "no pages"],
)
def test_bad_files_are_refused_by_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_source(Source(file="a.pdf", data=data))


def scanned(text: str) -> bytes:
    """A PDF of one page that is a picture of the text."""
    picture = pdfium.PdfDocument(made([[(72, 700, 16, line) for line in [text]]]))[0]
    image = picture.render(scale=3).to_pil().convert("RGB")
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=90)
    pdf = pdfium.PdfDocument.new()
    thing = pdfium.PdfImage.new(pdf)
    thing.load_jpeg(io.BytesIO(jpeg.getvalue()), inline=True)
    thing.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    page = pdf.new_page(595, 842)
    page.insert_obj(thing)
    page.gen_content()
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


@pytest.mark.skipif(not ocr.is_installed(), reason="Tesseract with Swedish is not installed")
def test_a_scanned_page_is_read_with_its_confidence_and_boxes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(scanned("Kommunstyrelsen beslutar att bygga en bro"))
    doc = read(path, "a.pdf")
    assert "beslutar att bygga" in doc.text
    assert (doc.pages[0].confidence or 0) > 70
    start = doc.text.index("bygga")
    [box] = boxes(path, 1, start, start + 5, doc)
    assert ink(render(path, 1, 800), box) > 0.05


def test_without_tesseract_a_scanned_page_is_named_and_the_rest_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.language.cache_clear()
    try:
        doc = read_source(Source(file="a.pdf", data=scanned("Beslut")))
        with pytest.raises(ReadError, match="needs Tesseract"):
            read_source(Source(file="a.png", data=b"\x89PNG"))
    finally:
        monkeypatch.undo()
        ocr.language.cache_clear()
    assert doc.unreadable_pages == (1,)
    assert "tesseract-ocr-swe" in doc.warnings[0]


def test_pdfium_has_no_error_left_behind() -> None:
    """Reading damaged files must not poison the next one."""
    for cut in range(10, 400, 40):
        with pytest.raises(ReadError):
            read_source(Source(file="a.pdf", data=b"%PDF-1.7\n" + bytes(cut)))
    assert document([(72, 700, 11, "Text som går att läsa")]).text.startswith("Text")

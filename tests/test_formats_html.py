"""Web pages: the main content, no menus."""

from __future__ import annotations

import pytest

from ingest.document import Document, MarkKind
from ingest.errors import ReadError
from ingest.formats import read_source
from ingest.formats.source import Source

PAGE = """<!DOCTYPE html><html><head><title>Ekmarka kommun</title><style>p {{}}</style></head><body>
<header><a href="/">Start</a></header><nav><ul><li>Meny</li></ul></nav>
<div class="cookie-banner">Vi använder kakor</div>
{main}
<aside>Läs också</aside><footer>Kontakt</footer><script>var x = "kod";</script></body></html>"""


def read(html: str, encoding: str = "utf-8") -> Document:
    return read_source(Source(file="a.html", data=html.encode(encoding)))


def marked(doc: Document, kind: MarkKind) -> list[str]:
    return [doc.text[mark.start : mark.end] for mark in doc.marked(kind)]


@pytest.mark.parametrize("tag", ["main", "article", "div"])
def test_menus_banners_and_scripts_are_left_out(tag: str) -> None:
    main = f"<{tag}><h1>Policy</h1><p>Policyn gäller\n alla <b>anställda</b>.</p></{tag}>"
    doc = read(PAGE.format(main=main))
    assert doc.text == "Policy\n\nPolicyn gäller alla anställda.\n"
    assert doc.title == "Policy"
    assert marked(doc, MarkKind.EMPHASIS) == ["anställda"]


def test_lists_keep_their_numbers_and_bullets() -> None:
    doc = read('<ol start="3"><li>ett</li><li>två<ul><li>inre</li></ul></li></ol><ul><li>tre</ul>')
    assert [line for line in doc.text.splitlines() if line] == [
        "3. ett", "4. två", "- inre", "- tre",
    ]  # fmt: skip


def test_tables_are_rows_of_tabs() -> None:
    doc = read("<table><tr><th>Post</th><th>Kr</th></tr><tr><td>Bro</td><td>7</td></tr></table>")
    assert doc.text == "Post\tKr\nBro\t7\n"
    assert marked(doc, MarkKind.TABLE) == ["Post\tKr\nBro\t7"]


def test_raised_digits_are_kept_raised() -> None:
    assert read("<p>Antaget 2010<sup>1</sup>.</p>").text == "Antaget 2010¹.\n"


def test_preformatted_text_keeps_its_lines() -> None:
    assert read("<pre>Ett\n\n- två  tre</pre>").text == "Ett\n\n- två  tre\n"


def test_the_declared_encoding_is_used() -> None:
    html = '<html><head><meta charset="iso-8859-1"></head><body><p>Åtgärd – på ön</p></body></html>'
    assert read(html, "cp1252").text == "Åtgärd – på ön\n"


@pytest.mark.parametrize("html", ["<!-- -->", " ", "<html></html>", "<script>x</script>"])
def test_a_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(ReadError):
        read(html)


def test_deep_nesting_does_no_harm() -> None:
    assert "djupt" in read("<div>" * 150 + "djupt" + "</div>" * 150).text
    with pytest.raises(ReadError):
        read("<div>" * 50_000 + "djupt" + "</div>" * 50_000)

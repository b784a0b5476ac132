"""E-mails are read with their attachments."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from ingest.document import MarkKind
from ingest.errors import ReadError
from ingest.formats import read_source
from ingest.formats.source import Source


def message(text: str = "Hej!\n") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Åsa Ek <asa@ekmarka.example>", "kansliet@ekmarka.example"
    mail["Subject"] = "Yrkande till § 12"
    mail.set_content(text)
    return mail


def read(mail: EmailMessage) -> tuple[str, list[str], tuple[str, ...]]:
    doc = read_source(Source(file="a.eml", data=mail.as_bytes()))
    headings = [doc.text[m.start : m.end] for m in doc.marked(MarkKind.HEADING)]
    return doc.text, headings, doc.warnings


def test_the_message_and_its_attachments_follow_each_other() -> None:
    mail = message()
    mail.add_attachment(
        "# Yrkande\n\n**Avslag** på allt.\n".encode(),
        maintype="text", subtype="markdown", filename="yrkande på ön.md",
    )  # fmt: skip
    doc = read_source(Source(file="a.eml", data=mail.as_bytes()))
    assert doc.title == "Yrkande till § 12"
    assert doc.text.startswith("Från: Åsa Ek <asa@ekmarka.example>\n")
    assert "Hej!\n\nBilaga: yrkande på ön.md\n\n# Yrkande" in doc.text
    assert [doc.text[m.start : m.end] for m in doc.marked(MarkKind.EMPHASIS)] == ["Avslag"]


def test_an_attachment_that_cannot_be_read_becomes_a_warning() -> None:
    mail = message()
    mail.add_attachment(b"\0\1\2", maintype="application", subtype="x", filename="data.bin")
    text, _, warnings = read(mail)
    assert "Hej!" in text
    assert warnings == ('The attachment data.bin was not read: the format ".bin" is unknown.',)


def test_mails_inside_mails_are_read_to_a_bounded_depth() -> None:
    mail = message("innerst\n")
    for level in range(8):
        outer = message(f"nivå {level}\n")
        outer.add_attachment(mail)
        mail = outer
    text, _, warnings = read(mail)
    assert "nivå 7" in text
    assert "innerst" not in text
    assert any("too deep" in warning for warning in warnings)


def test_a_message_in_html_is_read_as_text() -> None:
    mail = message()
    mail.set_content("<p>Hej <b>du</b></p>", subtype="html")
    assert "Hej du" in read(mail)[0]


def test_what_is_no_mail_is_refused() -> None:
    with pytest.raises(ReadError, match="not an e-mail"):
        read_source(Source(file="a.eml", data=b"bara text utan huvud"))

"""E-mails (eml) with their attachments, each read by its own reader and appended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import PurePosixPath

from ingest.document import Document, Mark, MarkKind
from ingest.errors import ReadError
from ingest.formats.draft import Draft
from ingest.formats.source import Source

_DEEPEST = 3
"""How many e-mails may lie inside each other."""
_MOST_ATTACHMENTS = 200
_HEADERS = (("Från", "from"), ("Till", "to"), ("Kopia", "cc"), ("Datum", "date"),
            ("Ämne", "subject"))  # fmt: skip


def read(source: Source) -> Document:
    """Reads an e-mail. An attachment that cannot be read becomes a warning.

    Raises:
        ReadError: it is no e-mail, or lies too deep inside others.
    """
    if source.depth > _DEEPEST:
        raise ReadError("e-mails lie too deep inside each other", "Save the inner ones alone.")
    message = _parsed(source.data)
    draft = Draft()
    warnings: list[str] = []
    for label, name in _HEADERS:
        if value := _header(message, name):
            draft.add(f"{label}: {value}\n")
    draft.end_block()
    _write_body(message, draft)
    for name, data in _attachments(message):
        warnings += _append(draft, source, name, data)
    return draft.document(
        source, kind="eml", title=_header(message, "subject"), warnings=tuple(warnings)
    )


def _parsed(data: bytes) -> EmailMessage:
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        known = any(_header(message, name) for name in ("from", "to", "subject", "date"))
    except Exception as error:  # the standard parser raises many kinds on damaged headers
        raise ReadError("the e-mail is damaged", "Save it again from the mail program.") from error
    if not isinstance(message, EmailMessage) or not known:
        raise ReadError("the file is not an e-mail", "Save it again from the mail program.")
    return message


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())[:1000]
    except Exception:  # a header that cannot be parsed says nothing
        return ""


def _write_body(message: EmailMessage, draft: Draft) -> None:
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        text = str(body.get_content()) if body is not None else ""
        kind = body.get_content_subtype() if body is not None else ""
    except Exception:  # an unknown charset or a damaged part
        return
    if kind == "html":
        from ingest.formats.html import write_html

        write_html(text, draft)
    else:
        draft.add(text.replace("\r\n", "\n"))
    draft.end_line()


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """The attachments' names and bytes; pictures inside the text are left out."""
    for number, part in enumerate(message.iter_attachments(), 1):
        if number > _MOST_ATTACHMENTS:
            return
        try:
            data, name = _content(part)
        except Exception:  # a part that cannot be decoded
            data, name = b"", ""
        inline = part.get_content_disposition() != "attachment"
        if data and not (inline and part.get_content_maintype() == "image"):
            yield name or f"bilaga-{number}", data


def _content(part: EmailMessage) -> tuple[bytes, str]:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else part
        data = bytes(inner.as_bytes()) if isinstance(inner, EmailMessage) else b""
        return data, part.get_filename() or "meddelande.eml"
    payload = part.get_payload(decode=True)
    name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    return (payload if isinstance(payload, bytes) else b""), " ".join(name.split())


def _append(draft: Draft, source: Source, name: str, data: bytes) -> list[str]:
    """Reads one attachment and writes it at the end; returns what a person should know."""
    from ingest.formats import read_source

    draft.end_block()
    start = draft.length
    draft.add(f"Bilaga: {name}")
    draft.mark(MarkKind.HEADING, start, level=1)
    draft.end_block()
    try:
        inner = read_source(Source(file=name, data=data, depth=source.depth + 1))
    except ReadError as error:
        return [f"The attachment {name} was not read: {error.reason}."]
    at = draft.length
    draft.add(inner.text)
    draft.marks += [_moved(mark, at) for mark in inner.marks]
    draft.end_line()
    return [f"{name}: {warning}" for warning in inner.warnings]


def _moved(mark: Mark, by: int) -> Mark:
    return replace(mark, start=mark.start + by, end=mark.end + by)

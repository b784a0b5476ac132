"""`beredd doctor`: whether an index is sound, and what is wrong with it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.cli.opening import dump, parser, printable, settings
from assistant.settings import Settings
from vectorstore.examination import Examination, Fault, Finding
from vectorstore.index import Index
from vectorstore.mending import Mended, diagnose, mend
from vectorstore.remote import chosen
from vectorstore.storing import Embeds

_TOLD = {
    Fault.UNFINISHED: "an ingest was killed before it had finished",
    Fault.DATABASE: "Chroma's database is damaged or locked",
    Fault.ROW: "the row of this document cannot be understood",
    Fault.DIGEST: "the row of this document is not of the file that it names",
    Fault.SPAN: "{count} records are not what stands at their place in the text",
    Fault.MISSING: "{count} passages are missing or not what stands at their place in the text",
    Fault.STRAY: "{count} passages belong to no document of this name and content",
    Fault.VECTOR: "{count} vectors are no vectors of the index's model",
    Fault.LEXICAL_MISSING: "the lexical index is missing",
    Fault.LEXICAL_DAMAGED: "the lexical index is damaged",
    Fault.LEXICAL_BEHIND: "the lexical index is out of step with the store",
}


def main(argv: list[str]) -> int:
    """Examines and, if asked, mends; returns 0 if the index is sound in the end, else 1."""
    args = _parser().parse_args(argv)
    wanted = settings(args)
    before = diagnose(wanted.index, wanted.chroma_url, wait_s=args.wait)
    mended: Mended | None = None
    if args.repair and before.findings:
        mended = mend(wanted.index, wanted.chroma_url, before, _model_for(wanted), wait_s=args.wait)
    if args.json:
        dump(_as_json(before, mended))
    else:
        print(printable(as_text(wanted.index, before, mended)))
    remaining = mended.after.findings if mended else before.findings
    return 1 if remaining or (mended and mended.lost) else 0


def _parser() -> argparse.ArgumentParser:
    made = parser("doctor", "Check that everything in the index is what it should be.")
    made.add_argument("--repair", action="store_true", help="mend what can be mended")
    made.add_argument(
        "--wait", type=float, default=60.0, metavar="S", help="seconds to wait for an ingest"
    )
    return made


def _model_for(settings: Settings) -> Callable[[Index], Embeds]:
    def model(index: Index) -> Embeds:
        embedder = chosen(settings.embedding_model, settings.embedding_url, settings.embedding_key)
        index.require_model(embedder.name)
        return embedder

    return model


def as_text(folder: Path, before: Examination, mended: Mended | None) -> str:
    """What was found and done, for a person."""
    head = (
        f"{folder}: {before.documents} documents, {before.passages} passages, "
        f"{before.lexical} of them in the lexical index."
    )
    if not before.findings:
        return f"{head}\nThe index is sound."
    lines = [head, *(f"- {_line(finding)}" for finding in before.findings)]
    if mended is None:
        return "\n".join([*lines, f"Mend it with: beredd doctor --repair --index {folder}"])
    lines.append("Mended." if not mended.after.findings else "This is left:")
    lines += [f"- {_line(finding)}" for finding in mended.after.findings]
    for file in mended.lost:
        root = _root(before.sources.get(file, "DOCUMENTS/"), file)
        again = f"beredd ingest {root} --index {folder}"
        lines.append(f"{file} had to be removed. Bring it back with: {again}")
    return "\n".join(lines)


def _line(finding: Finding) -> str:
    told = _TOLD[finding.fault].format(count=finding.count)
    where = f"{finding.file}: " if finding.file else ""
    return f"{where}{told}{f' ({finding.detail})' if finding.detail else ''}"


def _root(source: str, file: str) -> str:
    """The folder that was ingested, so that the document gets its old name."""
    return source[: -len(file)] if source.endswith(f"/{file}") else source


def _as_json(before: Examination, mended: Mended | None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "sound": not before.findings,
        "documents": before.documents,
        "passages": before.passages,
        "lexical": before.lexical,
        "findings": [asdict(finding) for finding in before.findings],
    }
    if mended:
        data["repair"] = {
            "lost": list(mended.lost),
            "renewed": list(mended.renewed),
            "remaining": [asdict(finding) for finding in mended.after.findings],
        }
    return data

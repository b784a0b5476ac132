"""`beredd ingest`: reads files and folders into the index."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from assistant.cli.opening import printable
from assistant.settings import Settings
from vectorstore import ingestion
from vectorstore.emptying import empty_index
from vectorstore.index import create_index
from vectorstore.remote import chosen


def main(argv: list[str]) -> int:
    """Ingests; returns 1 if a file failed."""
    args = _parser().parse_args(argv)
    settings = Settings.from_environ()
    folder = args.index or settings.index
    console = Console(stderr=True)
    started = time.monotonic()
    embedder = chosen(settings.embedding_model, settings.embedding_url, settings.embedding_key)
    if args.reindex:
        empty_index(folder, embedder, settings.chroma_url, wait_s=args.wait)
    index = create_index(folder, embedder, settings.chroma_url)
    with _bar(console) as bar:
        report = ingestion.ingest(
            index,
            embedder,
            args.paths,
            prune=args.prune,
            mask=args.mask_personal_numbers or settings.mask_personal_numbers,
            progress=_progress(bar, console),
            wait_s=args.wait,
        )
    _print(console, report, time.monotonic() - started)
    return 1 if report.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="beredd ingest", description="Read files and folders into the index."
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
    parser.add_argument("--index", type=Path, help="the index folder (default: .beredd)")
    parser.add_argument(
        "--prune", action="store_true", help="also remove documents whose files are gone"
    )
    parser.add_argument(
        "--reindex", action="store_true", help="empty the index first (needed for another model)"
    )
    parser.add_argument(
        "--mask-personal-numbers",
        action="store_true",
        help="mask personnummer, now and in whatever is read into this index later",
    )
    parser.add_argument(
        "--wait", type=float, default=600.0, metavar="S", help="seconds to wait for another ingest"
    )
    return parser


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not sys.stderr.isatty() and not console.is_terminal,
    )


def _progress(bar: Progress, console: Console) -> ingestion.Progress:
    files = bar.add_task("Files stored", total=None)
    pieces = bar.add_task("Passages of this batch", total=None, visible=False)

    def start(count: int, size: int) -> None:
        bar.update(files, total=count)

    def embed(done: int, total: int) -> None:
        bar.update(pieces, completed=done, total=total, visible=done < total)

    return ingestion.Progress(
        start=start,
        embed=embed,
        stored=lambda file, size: bar.advance(files),
        waiting=lambda holder: console.print(f"Waiting for {holder}, which writes to the index …"),
    )


def _print(console: Console, report: ingestion.Report, seconds: float) -> None:
    table = Table("added", "changed", "unchanged", "removed", "failed")
    counts = (report.added, report.changed, report.unchanged, report.removed, report.failed)
    table.add_row(*(str(len(count)) for count in counts))
    console.print(table)
    for failure in report.failed:
        console.print(
            f"[red]failed[/red] {_shown(failure.file)}: {_shown(failure.reason)}. "
            f"{_shown(failure.remedy)}",
            soft_wrap=True,
        )
    for file, warnings in report.warnings.items():
        for warning in warnings:
            console.print(
                f"[yellow]note[/yellow] {_shown(file)}: {_shown(warning)}", soft_wrap=True
            )
    console.print(f"{seconds:.1f} s")


def _shown(text: str) -> str:
    """Text that neither steers the terminal nor is taken for Rich's markup."""
    return escape(printable(text))

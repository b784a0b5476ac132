"""Opens what a run needs: the index, its texts, and the assistant unless answers are given."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.settings import Settings
from eval import collection, corpus
from eval.cases import Case
from eval.corpus import Texts
from eval.subject import Subject
from vectorstore import ingestion
from vectorstore.index import open_index
from vectorstore.remote import chosen


@dataclass(frozen=True, slots=True)
class Opened:
    """What a run is made over.

    Attributes:
        texts: the documents.
        digest: SHA-256 over their names and digests.
        subject: who answers; None where the answers are given in a file.
        index: the folder of the index that was asked; None as before.
    """

    texts: Texts
    digest: str
    subject: Subject | None
    index: Path | None = None


@contextmanager
def opened(args: argparse.Namespace, cases: Sequence[Case], console: Console) -> Iterator[Opened]:
    """The index that the arguments mean (see `index_folder`), and what is read from it."""
    settings = Settings.from_environ()
    if getattr(args, "answers", None) is not None:
        yield _to_score(args, cases, settings)
        return
    from eval.product import Beredd

    folder = index_folder(args, cases, settings, console)
    index = open_index(folder, settings.chroma_url)
    subject = Beredd.open(replace(settings, index=folder))
    yield Opened(collection.texts_of(index), collection.digest_of(index), subject, folder)


def _to_score(args: argparse.Namespace, cases: Sequence[Case], settings: Settings) -> Opened:
    """What scoring given answers needs: the documents, from an index that is there or as files.

    Nothing is embedded for it.
    """
    documents = tuple(args.documents) or collection.beside(args.cases, cases)
    built = Path(args.out) / collection.built_name(documents)
    if not args.index and documents and not built.is_dir():
        texts = corpus.of_folders(documents)
        return Opened(texts, collection.digest_of_files(documents), None)
    folder = args.index or (built if documents else settings.index)
    index = open_index(folder, settings.chroma_url)
    return Opened(collection.texts_of(index), collection.digest_of(index), None)


def index_folder(
    args: argparse.Namespace, cases: Sequence[Case], settings: Settings, console: Console
) -> Path:
    """`--index`; else an index of `--documents` or of those beside the cases; else the default.

    An index of documents is built below `--out` and brought up to date before it is used.
    """
    if args.index:
        return Path(args.index)
    documents = tuple(args.documents) or collection.beside(args.cases, cases)
    if not documents:
        return settings.index
    folder = Path(args.out) / collection.built_name(documents)
    names = ", ".join(str(path) for path in documents)
    console.print(f"Documents: {names}", soft_wrap=True, style="dim")
    build_index(folder, documents, settings, console)
    return folder


def build_index(
    folder: Path, documents: Sequence[Path], settings: Settings, console: Console
) -> None:
    """Ingests documents with a progress bar; files that cannot be read are named."""
    with progress_bar(console) as bar:
        task = bar.add_task("Ingesting", total=None)
        report = collection.build(
            folder,
            documents,
            chosen(settings.embedding_model, settings.embedding_url, settings.embedding_key),
            ingestion.Progress(
                start=lambda count, _: bar.update(task, total=count),
                stored=lambda *_: bar.advance(task),
            ),
        )
    for failure in report.failed:
        console.print(f"not read: {failure.file}: {failure.reason}", style="yellow", markup=False)


def progress_bar(console: Console) -> Progress:
    """A bar on standard error, silent where that is no terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not sys.stderr.isatty(),
    )

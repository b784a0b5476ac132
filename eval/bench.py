"""`beredd bench FOLDER`: how long things take, as ratios taken in one run, and how they grow.

A second on one machine says little about another; a ratio to the bare model, or to what anyone
would build in an afternoon, says the same everywhere. Every figure is of the commands that a person
runs: an ingest is `beredd ingest`, a cold question `beredd ask`, each in its own process.

`--grow` measures search and answers in larger indexes, made from this one (`eval.bench_growing`).
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from eval.bench_asking import GENERAL, measure
from eval.bench_growing import grow
from eval.bench_starting import starts
from ingest.errors import BereddError
from vectorstore import bundled, embedding
from vectorstore.bundled import Bundled
from vectorstore.embedding import Embedder
from vectorstore.index import open_index
from vectorstore.rows import to_embed

_COLD = 5
_INGEST = "ingest, whole command"
_AFTERNOON = "afternoon stack, splitting, embedding, storing"


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, its unit, and what it is of."""

    what: str
    value: float
    unit: str

    def line(self) -> str:
        """The figure as a line to read."""
        return f"{self.what:<58} {self.value:>10.2f} {self.unit}"


def main(argv: list[str]) -> int:
    """Measures and prints, a line each; 1 if a command failed."""
    args = _parser().parse_args(argv)
    if not args.folder.exists():
        raise BereddError(f"{args.folder} is not there. Give a folder of documents, or an index.")
    print(_machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="beredd-bench-") as scratch:
        for line in _lines(args, Path(scratch), Console(stderr=True)):
            print(line, flush=True)
    return 0


def _lines(args: argparse.Namespace, scratch: Path, console: Console) -> Iterator[str]:
    """Every figure, as soon as it is known."""
    index = args.folder if (args.folder / "index.json").exists() else scratch / "bench.beredd"
    found: list[Measured] = []
    if index != args.folder:
        found = ingest_and_bare(args.folder, index, args.sample, console)
        yield from _told(found)
    if args.afternoon:
        theirs = afternoon(index, console)
        yield from _told([*theirs, *against(found, theirs)])
    asked = args.questions or GENERAL
    yield from _told(cold(index, asked, console))
    yield from (one.line() for one in starts(index, asked[0]))
    console.print("one asker and many …")
    yield from measure(index, args.askers).lines()
    for size in args.grow:
        console.print(f"an index of {size} passages …")
        target = _grown(index, args.grown or scratch, size)
        yield f"{size} passages, made of the documents above and copies of them, vectors turned:"
        yield from measure(target, args.askers).lines()
        if args.grown is None:
            shutil.rmtree(target)


def _grown(index: Path, folder: Path, size: int) -> Path:
    """The index of that size in the folder, made if it is not there; half of one is never there."""
    whole = folder / f"{size}.beredd"
    if not whole.exists():
        half = folder / f"{size}.part"
        shutil.rmtree(half, ignore_errors=True)
        grow(index, half, size)
        half.rename(whole)
    return whole


def _told(found: Iterable[Measured]) -> Iterator[str]:
    return (one.line() for one in found)


def _machine() -> str:
    """What else keeps the machine busy tells how much its seconds are worth."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores{load} at the start; ms: what the asker waits, cpu ms: work"


def ingest_and_bare(
    folder: Path, index: Path, sample: int | None, console: Console
) -> list[Measured]:
    """A whole ingest against the forward pass of the same model over the same tokens.

    The bare forward pass is measured on batches made ready beforehand, sorted by length as
    ingestion sorts them, by OpenVINO's own queue: nothing is read, tokenised or stored. PyTorch's
    forward pass, with the threads that it takes by itself, is measured beside it.
    """
    console.print("ingest …")
    worked = _work_of_commands()
    whole = _command(["ingest", str(folder), "--index", str(index)])
    worked = _work_of_commands() - worked
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    again = _command(["ingest", str(folder), "--index", str(index)])
    console.print("the bare model on the same tokens …")
    opened = open_index(index)
    texts = [to_embed(row) for row in opened.store.all_passages()]
    share = 1.0
    if sample is not None and sample < len(texts):
        chosen = np.random.default_rng(0).choice(len(texts), sample, replace=False)
        share, texts = sample / len(texts), [texts[n] for n in chosen]
    bare, tokens = bundled.forward_alone(Bundled(), texts)
    torch, _ = embedding.forward_alone(Embedder(), texts)
    ours = _timed(lambda: Bundled().passages(texts))
    return [
        Measured("documents", len(opened.entries), ""),
        Measured("passages", opened.store.count(), ""),
        Measured("tokens embedded", tokens / share, ""),
        Measured(_INGEST, whole, "s"),
        Measured(f"{_INGEST}, processor time", worked, "s"),
        Measured("ingest, peak memory of one process", peak, "GiB"),
        Measured("ingest again, nothing changed", again, "s"),
        Measured("bare forward pass, same tokens", bare / share, "s"),
        Measured("bare forward pass by PyTorch", torch / share, "s"),
        Measured("our embedding alone, same tokens, model loading included", ours / share, "s"),
        Measured("ingest / bare forward pass", whole * share / bare, "×"),
        Measured("ingest / our embedding alone", whole * share / ours, "×"),
    ]


def afternoon(index: Path, console: Console) -> list[Measured]:
    """The afternoon stack over the texts of the same documents, reading not counted."""
    try:
        from langchain_chroma import Chroma
        from langchain_huggingface import HuggingFaceEmbeddings
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        raise BereddError(
            'The afternoon stack is not installed. Install it with: pip install "beredd[eval]"'
        ) from error

    from eval.baselines import OVERLAP, PIECE, model_folder

    console.print("the afternoon stack …")
    opened = open_index(index)
    stored = [opened.document(file) for file in opened.entries]
    texts = [one.document.text for one in stored if one is not None]
    settings: Any = {"normalize_embeddings": True}
    embeddings = HuggingFaceEmbeddings(
        model_name=str(model_folder()), model_kwargs={"device": "cpu"}, encode_kwargs=settings
    )
    with tempfile.TemporaryDirectory(prefix="beredd-afternoon-") as place:
        store = Chroma("bench", embeddings, persist_directory=place)
        started, worked = time.perf_counter(), time.process_time()
        cut = RecursiveCharacterTextSplitter(chunk_size=PIECE, chunk_overlap=OVERLAP)
        pieces = [piece for text in texts for piece in cut.split_text(text)]
        for at in range(0, len(pieces), 4000):
            store.add_texts(pieces[at : at + 4000])
        took, worked = time.perf_counter() - started, time.process_time() - worked
    return [
        Measured("afternoon stack, pieces", len(pieces), ""),
        Measured(_AFTERNOON, took, "s"),
        Measured(f"{_AFTERNOON}, processor time", worked, "s"),
    ]


def against(ours: Iterable[Measured], theirs: Iterable[Measured]) -> list[Measured]:
    """How many times as long the afternoon stack takes as a whole ingest; nothing without one."""
    known = {one.what: one.value for one in (*ours, *theirs)}
    return [
        Measured(f"afternoon stack / ingest{kind}", known[_AFTERNOON + kind] / known[whole], "×")
        for kind in ("", ", processor time")
        if (whole := _INGEST + kind) in known
    ]


def cold(index: Path, questions: Sequence[str], console: Console) -> list[Measured]:
    """`beredd ask` from the shell, a new process each time."""
    console.print("cold questions …")
    asked = [questions[n % len(questions)] for n in range(_COLD)]
    took = [_command(["ask", text, "--index", str(index)]) for text in asked]
    return [Measured("cold ask, median", float(np.median(took)), "s")]


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="beredd bench", description="Measure speed and memory on a folder of documents."
    )
    made.add_argument("folder", type=Path, metavar="FOLDER",
                      help="documents, or an index: then nothing is ingested")  # fmt: skip
    made.add_argument("--sample", type=int, metavar="N",
                      help="run the bare model on N random passages and scale it up")  # fmt: skip
    made.add_argument("--afternoon", action="store_true", help="measure the afternoon stack too")
    made.add_argument("--questions", nargs="+", metavar="TEXT", help="what to ask from the shell")
    made.add_argument("--askers", nargs="*", type=int, default=[4, 16], metavar="N",
                      help="how many ask at once, a run for each (default: 4 16)")  # fmt: skip
    made.add_argument("--grow", nargs="*", type=int, default=[], metavar="PASSAGES",
                      help="measure indexes of these sizes too, made of copies")  # fmt: skip
    made.add_argument("--grown", type=Path, metavar="DIR",
                      help="keep those indexes here, and use what an earlier run made")  # fmt: skip
    return made


def _command(arguments: list[str]) -> float:
    """Seconds that a command of Beredd took, its start included.

    1 is no failure here: a file could not be read, or a question was declined.
    """
    program = [sys.executable, "-m", "assistant", *arguments]
    started = time.perf_counter()
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    took = time.perf_counter() - started
    if done.returncode not in (0, 1):
        raise BereddError(f"beredd {arguments[0]} failed: {done.stderr.strip()[-300:]}")
    return took


def _work_of_commands() -> float:
    """Seconds of processor time that all commands have taken so far."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started

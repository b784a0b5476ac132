"""How long search and answers take in one index, for one asker and for many at once.

Everything is measured in a process of its own, as a web server would answer: one open assistant,
a thread for each asker. Questions name papers of the index, so that each reads other documents.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.filters import Filters
from assistant.search import Hit
from assistant.settings import Settings
from vectorstore.index import Index

GENERAL = (
    "Vem lämnade in motionen?",
    "Vad beslutade nämnden om budgeten?",
    "Vilka partier reserverade sig?",
    "Hur föll rösterna?",
    "Vad föreslår revisorerna?",
)
"""Questions that suit any municipality."""
ABOUT = ("Vad beslutades om {}?", "Vem föreslog {}?", "Vad kostar {}?", "När behandlades {}?")
"""Questions about a paper, by its title."""
_ASKED = 60
"""Different questions."""
_LONGEST = 90
"""Characters of a title that is asked about."""

Work = Callable[[int], object]
"""What an asker does with the question of a number."""


@dataclass(frozen=True, slots=True)
class Latencies:
    """How long one kind of request took.

    Attributes:
        what: the kind. askers: how many asked at once.
        p50, p95, p99: milliseconds that an asker waits.
        cpu: milliseconds of processor time to a request, which a busy machine does not lengthen.
        rate: requests a second, all askers together. n: how many.
    """

    what: str
    askers: int
    p50: float
    p95: float
    p99: float
    cpu: float
    rate: float
    n: int

    def line(self) -> str:
        """The row of a table under `HEAD`."""
        return (
            f"{self.what:<31} {self.askers:>6} {self.p50:>7.0f} {self.p95:>7.0f} {self.p99:>7.0f} "
            f"{self.cpu:>7.0f} {self.rate:>7.1f} {self.n:>5}"
        )


HEAD = (
    f"{'':<31} {'askers':>6} {'p50 ms':>7} {'p95 ms':>7} {'p99 ms':>7} {'cpu ms':>7} "
    f"{'each s':>7} {'n':>5}"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was measured of one index.

    Attributes:
        documents, passages: how many it holds. opening: seconds until it could be asked.
        rest, peak: GiB of the process that answers: after a question, and at most.
    """

    documents: int
    passages: int
    opening: float
    rest: float
    peak: float
    latencies: tuple[Latencies, ...]

    def lines(self) -> list[str]:
        """The figures as lines to read."""
        return [
            f"{self.passages} passages in {self.documents} documents: opened in "
            f"{self.opening:.1f} s, {self.rest:.2f} GiB at rest, {self.peak:.2f} GiB at most",
            HEAD,
            *(one.line() for one in self.latencies),
        ]


def measure(index: Path, askers: Sequence[int]) -> Asked:
    """Asks an index in a process of its own; `askers`: how many at once, one run for each."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as apart:
        return apart.submit(_measured, index, tuple(askers)).result()


def _measured(folder: Path, askers: Sequence[int]) -> Asked:
    began = time.perf_counter()
    assistant = Assistant.open(Settings(index=folder))
    opening = time.perf_counter() - began
    texts = questions(assistant.index, _ASKED)
    assistant.answer(texts[0])
    rest = memory("VmRSS")
    chosen = [_filters(assistant.search(text, 1), n) for n, text in enumerate(texts)]

    def search(n: int) -> object:
        return assistant.search(texts[n])

    def filtered(n: int) -> object:
        return assistant.search(texts[n], filters=chosen[n])

    def answer(n: int) -> object:
        return assistant.answer(texts[n])

    def answer_filtered(n: int) -> object:
        return assistant.answer(texts[n], filters=chosen[n])

    alone: list[tuple[str, Work]] = [
        ("search", search), ("search with a filter", filtered),
        ("search and answer", answer), ("search and answer with a filter", answer_filtered),
    ]  # fmt: skip
    found = [timed(what, work, 1, len(texts)) for what, work in alone]
    found += [timed("search and answer", answer, n, len(texts)) for n in askers if n > 1]
    entries = assistant.index.entries
    passages = assistant.index.store.count()
    return Asked(len(entries), passages, opening, rest, memory("VmHWM"), tuple(found))


def questions(index: Index, size: int) -> list[str]:
    """The general questions and some about papers of the index, the same for the same index."""
    chance = np.random.default_rng(0)
    files = [file for file, entry in index.entries.items() if entry.passages]
    about = islice(_titles(index, [files[n] for n in chance.permutation(len(files))]), size)
    asked = [form.format(title) for form, title in zip(cycle(ABOUT), about, strict=False)]
    return list(islice(cycle([*GENERAL, *asked]), size))


def _titles(index: Index, files: Sequence[str]) -> Iterator[str]:
    """A title of a paper in each file."""
    for number, file in enumerate(files):
        stored = index.document(file)
        titles = [part.title for part in stored.parts if part.title] if stored else []
        if titles:
            yield titles[number % len(titles)][:_LONGEST]


def _filters(hits: Sequence[Hit], number: int) -> Filters:
    """What a person could choose after seeing the best hit: its kind, body, year or file."""
    if not hits:
        return Filters()
    passage = hits[0].passage
    year = (passage.date or "")[:4]
    choices = [Filters(kinds=(passage.kind.value,)), Filters(files=(passage.file,))]
    choices += [Filters(bodies=(passage.body,))] if passage.body else []
    choices += [Filters(first=f"{year}-01-01", last=f"{year}-12-31")] if year else []
    return choices[number % len(choices)]


def timed(what: str, work: Work, askers: int, size: int) -> Latencies:
    """Does the work with every number below `size`, each asker at least once and in its own order.

    Latencies are what an asker waits; the rate counts from the first request to the last answer.
    """
    rounds = max(1, size // askers)

    def ask(asker: int) -> list[float]:
        return [_seconds(work, (asker * rounds + n) % size) for n in range(rounds)]

    began, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(askers) as pool:
        took = [seconds for one in pool.map(ask, range(askers)) for seconds in one]
    whole, cpu = time.perf_counter() - began, time.process_time() - worked
    p50, p95, p99 = (1000 * float(level) for level in np.percentile(took, (50, 95, 99)))
    n = len(took)
    return Latencies(what, askers, p50, p95, p99, 1000 * cpu / n, n / whole, n)


def _seconds(work: Work, number: int) -> float:
    began = time.perf_counter()
    work(number)
    return time.perf_counter() - began


def memory(field: str) -> float:
    """GiB that this process takes (`VmRSS`) or has taken at most (`VmHWM`); 0 where the system
    does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    sizes = [line.split()[1] for line in lines if line.startswith(f"{field}:")]
    return int(sizes[0]) / 2**20 if sizes else 0.0

"""Every system on every set, side by side: Beredd and the baselines, measured alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from rich.console import Console

from assistant.settings import Settings
from eval import baselines, collection, retrieval
from eval.cases import Case
from eval.corpus import CorpusTexts
from eval.metrics import Row, Summary, summarise
from eval.opening import progress_bar
from eval.qasets import QaSet
from eval.subject import Retrieved, Searcher
from eval.vectors import Remembered
from ingest.document import Document
from ingest.errors import BereddError
from ingest.tokens import count
from vectorstore import ingestion
from vectorstore.remote import chosen
from vectorstore.weights import cache_folder

T = TypeVar("T")

BASELINES = ("BM25", "BM25 Swedish", "dense", "afternoon stack")
"""Names of the baselines, cheapest first."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """A system that takes part, made when its turn comes."""

    name: str
    make: Callable[[], Searcher]


def entrants(
    documents: Sequence[Document],
    *,
    texts_are_passages: bool,
    names: Iterable[str] = BASELINES,
    questions: Sequence[str] = (),
) -> list[Entrant]:
    """The baselines over these documents; `questions` are embedded together, for both that need it.

    Over a collection all of them search the splitter's pieces. Over a set of short texts the
    simple ones search whole texts, and only the afternoon stack cuts them, as it would.
    """
    chosen = [name for name in BASELINES if name in set(names)]
    if chosen:
        _require_extra()
    pieces = _once(lambda: baselines.split(documents))
    whole = _once(lambda: baselines.whole(documents)) if texts_are_passages else pieces
    model = _once(lambda: _model(questions))
    tag = f"eval-{uuid4().hex}"
    made: dict[str, Callable[[], Searcher]] = {
        "BM25": lambda: baselines.Bm25("BM25", whole(), baselines.words),
        "BM25 Swedish": lambda: baselines.Bm25("BM25 Swedish", whole(), baselines.swedish()),
        "dense": lambda: baselines.Dense(whole(), model()),
        "afternoon stack": lambda: baselines.Afternoon(pieces(), model(), tag),
    }
    return [Entrant(name, made[name]) for name in chosen]


def _model(questions: Sequence[str]) -> Remembered:
    made = Remembered(baselines.model_folder(), cache_folder() / "eval-vectors.sqlite")
    made.questions(questions)
    return made


def _require_extra() -> None:
    """Raises BereddError if what the baselines are built from is not installed."""
    wanted = ("bm25s", "langchain_chroma", "langchain_huggingface", "langchain_text_splitters")
    missing = [name for name in wanted if find_spec(name) is None]
    if missing:
        raise BereddError(
            f"The baselines need {', '.join(missing)}. Install them with: "
            "pip install 'beredd[eval]', or measure Beredd alone."
        )


def baselines_on_cases(
    cases: Sequence[Case],
    texts: CorpusTexts,
    console: Console,
    names: Iterable[str] = BASELINES,
) -> dict[str, Summary]:
    """The baselines' retrieval over all documents of a corpus."""
    documents = [d for file in texts.files() if (d := texts.document(file)) is not None]
    found: dict[str, Summary] = {}
    questions = [case.turns[0].question for case in cases]
    for entrant in entrants(documents, texts_are_passages=False, names=names, questions=questions):
        console.print(f"{entrant.name}: preparing {len(documents)} documents", style="dim")
        found[entrant.name] = summarise(on_cases(entrant.make(), cases, texts, console))
    return found


def on_cases(
    searcher: Searcher, cases: Sequence[Case], texts: CorpusTexts, console: Console
) -> list[Row]:
    """One system on case files, with a progress bar."""
    with progress_bar(console) as bar:
        task = bar.add_task(searcher.name, total=None)
        return retrieval.score_cases(searcher, cases, texts, count, done=lambda: bar.advance(task))


def on_set(
    qa: QaSet, console: Console, settings: Settings, names: Sequence[str], kept: Path
) -> dict[str, list[Row]]:
    """Every system on one plain set; "Beredd" in `names` stands for the product itself.

    `kept`: the folder that the product's index of the set is made in, and found in the next time.
    """
    documents = [
        Document(file=name, digest="", format="txt", title=name, text=text)
        for name, text in qa.passages.items()
    ]
    found: dict[str, list[Row]] = {}
    questions = [question for question, _ in qa.questions]
    for entrant in entrants(documents, texts_are_passages=True, names=names, questions=questions):
        found[entrant.name] = _scored(entrant.make(), qa, console)
    if "Beredd" in names:
        found["Beredd"] = _scored(product_over(qa, settings, console, kept), qa, console)
    return found


def product_over(qa: QaSet, settings: Settings, console: Console, kept: Path) -> Renamed:
    """The product's own search over a set: each text a tiny file, read and indexed as any other.

    A second run over the same texts finds the index below `kept`; one that was killed goes on.
    """
    from eval.product import Beredd

    texts = kept / f"{collection.set_name(qa.passages)}-texts"
    texts.mkdir(parents=True, exist_ok=True)
    names = collection.passages_as_files(texts, qa.passages)
    index = kept / collection.built_name([texts])
    console.print(f"{qa.name}: Beredd reads {len(names)} texts", style="dim")
    with progress_bar(console) as bar:
        task = bar.add_task(f"Ingesting {qa.name}", total=None)
        progress = ingestion.Progress(
            start=lambda count, _: bar.update(task, total=count),
            stored=lambda *_: bar.advance(task),
        )
        model = chosen(settings.embedding_model, settings.embedding_url, settings.embedding_key)
        collection.build(index, [texts], model, progress)
    return Renamed(Beredd.open(replace(settings, index=index, chroma_url=None)), names)


class Renamed:
    """A searcher whose hits carry the ids of a set's texts instead of file names."""

    def __init__(self, searcher: Searcher, names: Mapping[str, str]) -> None:
        self.name = searcher.name
        self._searcher = searcher
        self._names = names

    def search(self, question: str, k: int) -> Sequence[Retrieved]:
        """The searcher's hits under their own ids."""
        return [
            replace(hit, file=self._id(hit.file), twins=tuple(map(self._id, hit.twins)))
            for hit in self._searcher.search(question, k)
        ]

    def _id(self, file: str) -> str:
        return self._names[Path(file).name]


def _scored(searcher: Searcher, qa: QaSet, console: Console) -> list[Row]:
    console.print(f"{qa.name}: {searcher.name}, {len(qa.questions)} questions", style="dim")
    with progress_bar(console) as bar:
        task = bar.add_task(f"{qa.name}: {searcher.name}", total=len(qa.questions))
        return retrieval.score_set(searcher, qa, done=lambda: bar.advance(task))


def _once(make: Callable[[], T]) -> Callable[[], T]:
    """Makes the value when it is first asked for, and keeps it."""
    made: list[T] = []

    def get() -> T:
        if not made:
            made.append(make())
        return made[0]

    return get

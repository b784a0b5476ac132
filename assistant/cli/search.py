"""`beredd search`: passages, best first."""

from __future__ import annotations

from typing import Any

from assistant.assistant import Assistant
from assistant.cli.opening import dump, parser, printable, settings
from assistant.cli.options import add_filters, filters
from assistant.search import Hit


def main(argv: list[str]) -> int:
    """Searches; returns 0."""
    made = parser("search", "Find passages, best first.")
    made.add_argument("question", metavar="QUESTION")
    made.add_argument("-k", type=int, default=10, help="how many (default: 10)")
    add_filters(made)
    args = made.parse_args(argv)
    hits = Assistant.open(settings(args)).search(args.question, max(args.k, 0), filters(args))
    if args.json:
        dump([as_json(rank, hit) for rank, hit in enumerate(hits, 1)])
        return 0
    for rank, hit in enumerate(hits, 1):
        print(printable(_readable(rank, hit)))
    return 0


def as_json(rank: int, hit: Hit) -> dict[str, Any]:
    """A hit in the form of the design's contract; the text is the passage with surroundings."""
    passage = hit.passage
    return {
        "rank": rank,
        "score": round(hit.score, 4),
        "file": passage.file,
        "document": passage.document,
        "part": passage.title,
        "kind": passage.kind.value,
        "role": passage.role.value,
        "date": passage.date,
        "page": passage.page,
        "start": hit.window.start,
        "end": hit.window.end,
        "text": hit.window.text,
        "passage": {"start": passage.start, "end": passage.end},
    }


def _readable(rank: int, hit: Hit) -> str:
    text = " ".join(hit.passage.clean.split())
    return (
        f"{rank}. {hit.passage.location} · {hit.passage.title}\n   {hit.passage.file}\n   {text}\n"
    )

"""Figures for those who watch over the service, in Prometheus' text format (version 0.0.4)."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

BUCKETS_S = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper limits of the histogram of answering times, in seconds."""
TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(slots=True)
class Meter:
    """Counts since the server was started. Safe to use from several threads."""

    _questions: Counter[tuple[str, str]] = field(default_factory=Counter)
    _times: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS_S) + 1))
    _seconds: float = 0.0
    _refused: int = 0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, outcome: str, by: str, seconds: float) -> None:
        """Counts a question. `by`: "page" or "api"."""
        with self._guard:
            self._questions[outcome, by] += 1
            self._times[bisect_left(BUCKETS_S, seconds)] += 1
            self._seconds += seconds

    def refused(self) -> None:
        """Counts a question of somebody who had asked too many."""
        with self._guard:
            self._refused += 1

    def text(self, *, generation: int, documents: int, passages: int) -> str:
        """The figures, those of the index among them."""
        with self._guard:
            lines = [*self._counted(), *self._timed()]
            refused = self._refused
        told = "Questions refused because a person had asked too many."
        lines += _single("beredd_questions_refused_total", "counter", told, refused)
        for name, told, value in (
            ("generation", "How often the index has changed; 0 without one.", generation),
            ("documents", "Papers in the index.", documents),
            ("passages", "Passages in the index.", passages),
        ):
            lines += _single(f"beredd_index_{name}", "gauge", told, value)
        return "\n".join(lines) + "\n"

    def _counted(self) -> Iterator[str]:
        yield "# HELP beredd_questions_total Questions by outcome, and by where they came from."
        yield "# TYPE beredd_questions_total counter"
        for (outcome, by), count in sorted(self._questions.items()):
            yield f'beredd_questions_total{{outcome="{outcome}",by="{by}"}} {count}'

    def _timed(self) -> Iterator[str]:
        yield "# HELP beredd_answer_seconds How long answers took."
        yield "# TYPE beredd_answer_seconds histogram"
        total = 0
        for limit, count in zip((*map(str, BUCKETS_S), "+Inf"), self._times, strict=True):
            total += count
            yield f'beredd_answer_seconds_bucket{{le="{limit}"}} {total}'
        yield f"beredd_answer_seconds_sum {self._seconds:.6f}"
        yield f"beredd_answer_seconds_count {total}"


def _single(name: str, kind: str, told: str, value: int) -> list[str]:
    return [f"# HELP {name} {told}", f"# TYPE {name} {kind}", f"{name} {value}"]

"""Planted faults: does the verifier reject what is false and let through what is true?

Run: `python -m eval.planted CORPUS --n 3000 --seed 1 [--json FILE]`. Makes at least `n` false
sentences of every kind and `n` true ones from real text, runs the verifier over all of them and
prints how many of each kind it accepted.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.verify import check_quote, verify
from eval.planted_claims import CLAIMS
from eval.planted_faults import EXACT, LOOSE, Planted, plant
from eval.planted_material import Material, Pool, gather
from eval.planted_truths import DAMAGES, TRUTHS, damaged, truth

_FILES = 60
_TRIES = 60  # sentences tried for each that a kind needs, before it is said to be rare


@dataclass(frozen=True, slots=True)
class Row:
    """One kind's count. `exact`: nothing of it may be accepted; None for true kinds."""

    kind: str
    made: int
    accepted: int
    exact: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run's counts.

    Attributes:
        wrong: examples of what was judged wrongly, (kind, sentence, source, faults).
        median_ms, worst_ms: processor time for one sentence, its source read for the first time.
    """

    false: tuple[Row, ...]
    true: tuple[Row, ...]
    wrong: tuple[tuple[str, str, str, str], ...]
    median_ms: float
    worst_ms: float

    def rate(self, *, exact: bool) -> float:
        """The share of false sentences accepted, of the exact kinds or of the others."""
        rows = [row for row in self.false if row.exact is exact]
        return sum(row.accepted for row in rows) / max(1, sum(row.made for row in rows))

    @property
    def rejected(self) -> float:
        """The share of true sentences rejected."""
        made = sum(row.made for row in self.true)
        return 1 - sum(row.accepted for row in self.true) / max(1, made)


def make_false(pool: Pool, n: int, rng: random.Random) -> Iterator[Planted]:
    """About `n` false sentences, every kind as often as its material allows."""
    share = -(-n * 6 // 5 // (len(EXACT) + len(LOOSE) + len(CLAIMS)))
    for kind, change in (*EXACT.items(), *LOOSE.items()):
        yield from _some(pool, share, rng, lambda m, k=kind, c=change: plant(k, c, m, pool, rng))
    for claimed in CLAIMS:
        yield from _some(pool, share, rng, lambda m, c=claimed: c(m, pool, rng))


def make_true(pool: Pool, n: int, rng: random.Random) -> Iterator[Planted]:
    """About `n` true sentences, a third of them over damaged sources."""
    plain = -(-n * 2 // 3 // len(TRUTHS))
    for kind in TRUTHS:
        count = plain * 3 if kind == "verbatim" else plain
        yield from _some(pool, count, rng, lambda m, k=kind: truth(k, m, rng))
    each = -(-n // 2 // len(DAMAGES))
    for kind in DAMAGES:
        yield from _some(pool, each, rng, lambda m, k=kind: _damaged(k, m, rng))


def _damaged(kind: str, material: Material, rng: random.Random) -> Planted | None:
    planted = truth("verbatim", material, rng)
    return damaged(planted, kind, rng) if planted else None


def _some(pool: Pool, count: int, rng: random.Random, make) -> Iterator[Planted]:  # type: ignore[no-untyped-def]
    """At most `count` sentences from material drawn at random."""
    made = 0
    for material in rng.choices(pool.materials, k=count * _TRIES):
        planted = make(material)
        if planted is not None:
            made += 1
            yield planted
        if made == count:
            return


def accepted(planted: Planted) -> tuple[bool, str]:
    """Whether the verifier lets it through, and its faults."""
    claim = planted.claim
    if claim is not None:
        fault = check_quote(claim.quote, claim.document, claim.start, claim.end, claim.page)
        if fault:
            return False, fault.value
    verdict = verify(planted.sentence, [planted.source], told_as=planted.told_as)
    return verdict.accepted, "; ".join(f"{fault.value}: {word}" for fault, word in verdict.faults)


def judge(false: Sequence[Planted], true: Sequence[Planted]) -> Outcome:
    """Runs the verifier over everything."""
    counts: dict[tuple[str, bool], list[int]] = {}
    wrong: list[tuple[str, str, str, str]] = []
    times: list[float] = []
    for planted, is_true in (*((p, False) for p in false), *((p, True) for p in true)):
        begun = time.process_time()
        passed, faults = accepted(planted)
        times.append((time.process_time() - begun) * 1000)
        row = counts.setdefault((planted.kind, is_true), [0, 0, planted.exact])
        row[0] += 1
        row[1] += passed
        if passed is not is_true:
            wrong.append((planted.kind, planted.sentence, planted.source.text, faults))
    rows = [
        Row(kind, made, passed, None if is_true else bool(exact))
        for (kind, is_true), (made, passed, exact) in counts.items()
    ]
    times.sort()
    return Outcome(
        false=tuple(row for row in rows if row.exact is not None),
        true=tuple(row for row in rows if row.exact is None),
        wrong=tuple(wrong),
        median_ms=round(times[len(times) // 2], 2) if times else 0.0,
        worst_ms=round(times[-1], 2) if times else 0.0,
    )


def table(outcome: Outcome) -> str:
    """The false/true table, in Markdown."""
    lines = ["| false sentences | made | accepted |", "|---|---:|---:|"]
    lines += [
        f"| {r.kind}{'' if r.exact else ' *'} | {r.made} | {r.accepted} |" for r in outcome.false
    ]
    made = sum(row.made for row in outcome.false)
    lines.append(f"| **all** | {made} | {sum(row.accepted for row in outcome.false)} |")
    lines += ["", "| true sentences | made | rejected |", "|---|---:|---:|"]
    lines += [f"| {r.kind} | {r.made} | {r.made - r.accepted} |" for r in outcome.true]
    made = sum(row.made for row in outcome.true)
    lines.append(f"| **all** | {made} | {made - sum(row.accepted for row in outcome.true)} |")
    lines += [
        "",
        f"False accepted: {outcome.rate(exact=True):.2%} of the exact kinds, "
        f"{outcome.rate(exact=False):.2%} of the others (*). "
        f"True rejected: {outcome.rejected:.2%}. "
        "Processor time a sentence, its source unread before: "
        f"median {outcome.median_ms} ms, worst {outcome.worst_ms} ms.",
    ]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """The command. Exit 1 if the targets are missed."""
    parser = argparse.ArgumentParser(prog="python -m eval.planted", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--n", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=_FILES)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print so many wrong judgements")
    given = parser.parse_args(argv)
    rng = random.Random(given.seed)
    pool = gather(given.corpus, rng, given.files)
    outcome = judge(list(make_false(pool, given.n, rng)), list(make_true(pool, given.n, rng)))
    print(table(outcome))
    for kind, sentence, source, faults in outcome.wrong[: given.show]:
        print(f"\n[{kind}] {sentence}\n    source: {source!r}\n    {faults}")
    if given.json:
        given.json.write_text(json.dumps(asdict(outcome), ensure_ascii=False, indent=1), "utf-8")
    met = outcome.rate(exact=True) == 0 and outcome.rate(exact=False) <= 0.005
    return 0 if met and outcome.rejected <= 0.01 else 1


if __name__ == "__main__":
    sys.exit(main())

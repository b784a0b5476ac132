"""Limits in time: how often a person may do something, and how long a wrong password costs."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.settings import Settings

_KEPT = 10_000
"""People remembered; the longest silent are forgotten first."""
_WITH_A_MODEL = 16
"""Questions under way while a language model is waited for."""


def at_once(settings: Settings) -> int:
    """How many questions are answered at the same time; the others wait for their turn.

    Extractive answers are work for this machine's own cores: more of them at once make each
    slower and the last ones late. A language model is waited for, so many can be under way.
    """
    return _WITH_A_MODEL if settings.model else max(2, os.cpu_count() or 1)


@dataclass(slots=True)
class Rate:
    """At most `limit` in any `period_s` seconds for each key; 0 is no limit. Safe for threads."""

    limit: int
    period_s: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _seen: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: str) -> float:
        """0 and counted where it is allowed; else the seconds until it will be."""
        if self.limit <= 0:
            return 0.0
        now = self.clock()
        with self._guard:
            times = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            while times and times[0] <= now - self.period_s:
                times.popleft()
            if len(times) >= self.limit:
                return times[0] + self.period_s - now
            times.append(now)
            while len(self._seen) > _KEPT:
                self._seen.popitem(last=False)
        return 0.0


@dataclass(slots=True)
class Delays:
    """After some wrong passwords each further try waits twice as long. Safe for threads.

    Attributes:
        free: tries before the first wait.
        longest_s: the longest wait; short enough that nobody is kept out by another's tries.
        forgotten_s: after so long without a try all is forgotten.
    """

    free: int = 5
    longest_s: float = 60.0
    forgotten_s: float = 900.0
    clock: Callable[[], float] = time.monotonic
    _wrong: OrderedDict[str, tuple[int, float]] = field(default_factory=OrderedDict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def wait_s(self, *keys: str) -> float:
        """Seconds until the next try is looked at; the longest of the keys'."""
        now = self.clock()
        with self._guard:
            return max((self._left(key, now) for key in keys), default=0.0)

    def failed(self, *keys: str) -> None:
        """Notes a wrong password."""
        now = self.clock()
        with self._guard:
            for key in keys:
                count, last = self._wrong.get(key, (0, now))
                count = 0 if now - last > self.forgotten_s else count
                self._wrong[key] = (count + 1, now)
                self._wrong.move_to_end(key)
            while len(self._wrong) > _KEPT:
                self._wrong.popitem(last=False)

    def succeeded(self, *keys: str) -> None:
        """Forgets the wrong ones before a right one."""
        with self._guard:
            for key in keys:
                self._wrong.pop(key, None)

    def _left(self, key: str, now: float) -> float:
        count, last = self._wrong.get(key, (0, now))
        if count < self.free:
            return 0.0
        wait = min(self.longest_s, 2.0 ** (count - self.free))
        return float(max(0.0, last + wait - now))

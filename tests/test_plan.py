"""The plan of an ingest is pure and says what to write and delete."""

from __future__ import annotations

from vectorstore.plan import plan


def test_a_new_file_is_added_and_a_changed_one_is_written_again() -> None:
    made = plan({"a": "1", "b": "1"}, {"a": "1", "b": "2", "c": "1"})
    assert (made.added, made.changed, made.unchanged) == (("c",), ("b",), ("a",))
    assert made.write == ("c", "b")


def test_nothing_is_removed_unless_it_is_said_to_be_gone() -> None:
    assert plan({"a": "1"}, {}).removed == ()
    assert plan({"a": "1"}, {}, gone=["a"]).removed == ("a",)


def test_a_file_that_is_wanted_is_never_removed() -> None:
    assert plan({"a": "1"}, {"a": "1"}, gone=["a"]).removed == ()

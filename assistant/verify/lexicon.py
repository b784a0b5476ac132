"""The words of `lexicon.toml` and `english.toml`, ready to look up."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from assistant.verify.stems import stem

Language = Literal["sv", "en"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The closed lists of one language.

    Attributes:
        verbs: word → class of deciding verb.
        past: the forms that tell of something done.
        kinds: word → "negation", "quantity", "limit", "modal", "preposition" or "function".
        frame: words that a frame around a quotation may hold.
        anchors: those among them that name the paper in general.
        authorship: words that a frame may hold where an author is known.
        skippable: words of a source that may be left out.
        papers: kind of part, or "role_" and the role → the nouns that name the paper.
        same: word → the word it equals.
        phrases: phrase of several or one word → its key ("party:V", "body:kommunfullmäktige").
    """

    verbs: Mapping[str, str]
    past: frozenset[str]
    kinds: Mapping[str, str]
    frame: frozenset[str]
    anchors: frozenset[str]
    authorship: frozenset[str]
    skippable: frozenset[str]
    papers: Mapping[str, frozenset[str]]
    same: Mapping[str, str]
    phrases: Mapping[str, str]
    numbers: Mapping[str, int]
    months: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """What frames and operative verbs are held to; the same in both languages.

    Attributes:
        licences: role of the source → classes of verb that a frame may add.
        operative: classes of verb that decide.
        markers, marker_words: verbs and words that mark a text as a proposal or an opinion.
        assignments: nouns that give somebody a task.
        asking: finite verbs with which somebody only asks.
        nouns: forms of deciding verbs that decide nothing by themselves ("yrkar avslag").
        calls: words that call for something to be said or believed.
        tentative: stems of words under which a thing is not said but weighed.
    """

    licences: Mapping[str, frozenset[str]]
    operative: frozenset[str]
    markers: frozenset[str]
    marker_words: frozenset[str]
    assignments: frozenset[str]
    asking: frozenset[str]
    nouns: frozenset[str]
    calls: frozenset[str]
    tentative: frozenset[str]


@cache
def lexicon(language: Language) -> Lexicon:
    """The closed lists of a language."""
    return _swedish() if language == "sv" else _english()


@cache
def rules() -> Rules:
    """The rules for frames."""
    data = _data("lexicon.toml")
    operative = data["operative"]
    return Rules(
        licences={role: frozenset(verbs) for role, verbs in data["licences"].items()},
        operative=frozenset(operative["verbs"]),
        markers=frozenset(operative["markers"]),
        marker_words=frozenset(operative["marker_words"]),
        assignments=frozenset(operative["assignments"]),
        asking=frozenset(operative["asking"]),
        nouns=frozenset(operative["nouns"]),
        calls=frozenset(data["words"]["calls"]),
        tentative=frozenset(stem(word) for word in data["words"]["tentative"]),
    )


@cache
def _swedish() -> Lexicon:
    data = _data("lexicon.toml")
    words = data["words"]
    kinds: dict[str, str] = {}
    for kind in ("function", "preposition", "modal", "limit", "quantity", "negation"):
        kinds |= dict.fromkeys(words[kind], kind)
    return Lexicon(
        verbs={form: cls for cls, forms in data["verbs"].items() for form in _forms(forms)},
        past=frozenset(form for forms in data["verbs"].values() for form in forms["past"]),
        kinds=kinds,
        frame=frozenset(words["frame"]),
        anchors=frozenset(words["anchors"]),
        authorship=frozenset(words["authorship"]),
        skippable=frozenset(words["skippable"]),
        papers=_papers(data),
        same=data["same"],
        phrases={},
        numbers={},
        months={},
    )


@cache
def _english() -> Lexicon:
    data = _data("english.toml")
    verbs = {form: cls for cls, forms in data["verbs"].items() if cls != "past" for form in forms}
    phrases = {name: f"b:{body}" for body, names in data["bodies"].items() for name in names}
    phrases |= {name: f"party:{p}" for p, names in data["parties"].items() for name in names}
    swedish = _swedish()
    return Lexicon(
        verbs=verbs,
        past=frozenset(data["verbs"]["past"]),
        kinds=dict.fromkeys(data["words"]["frame"], "function")
        | {word: swedish.kinds.get(same, "word") for word, same in data["same"].items()},
        frame=frozenset(data["words"]["frame"]),
        anchors=frozenset(data["words"]["anchors"]),
        authorship=frozenset(data["words"]["authorship"]),
        skippable=frozenset(),
        papers=_papers(data),
        same=data["same"],
        phrases=phrases,
        numbers=data["numbers"],
        months=data["months"],
    )


def _forms(forms: Mapping[str, list[str]]) -> list[str]:
    return [*forms["past"], *forms["other"]]


def _papers(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {kind: frozenset(names) for kind, names in data["papers"].items()}


def _data(name: str) -> dict[str, Any]:
    text = resources.files("assistant.verify").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)

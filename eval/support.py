"""A second pair of eyes: does a sentence say more, or less, than the quotes it cites?

This is not the assistant's verifier and shares no code with it; an examiner does not copy from the
examined. It looks only at what can be compared without understanding: numbers, party letters,
names, quoted words, and a negation lost or added in the middle of borrowed words. It lets faults
through that a person would see; what it stops deserves a look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from eval.given import Given, GivenCitation, GivenSentence, strip_tokens
from eval.match import squeeze

NEGATIONS = frozenset(
    {"inte", "ej", "icke", "inga", "ingen", "inget", "aldrig", "varken"}
    | {"not", "no", "never", "none", "neither"}
)
PARTIES: dict[str, str] = {
    "vänsterpartiet": "V",
    "socialdemokraterna": "S",
    "miljöpartiet": "MP",
    "centerpartiet": "C",
    "liberalerna": "L",
    "kristdemokraterna": "KD",
    "moderaterna": "M",
    "sverigedemokraterna": "SD",
    "feministiskt": "FI",
    "demokraterna": "D",
}
"""Names of the parties of the national and large municipal assemblies, by their letters."""

MIN_FLANK = 3
"""Words that must agree around a negation before its absence is held against a sentence."""

_NUMBER = re.compile(r"\d{1,3}(?:[  \u202f]\d{3})+(?!\d)|\d+")
_PARTY = re.compile(r"(?<![\w-])\(?([A-ZÅÄÖ]{1,3})\)?(?![\w-])")
_IN_BRACKETS = re.compile(r"\(([A-ZÅÄÖ]{1,3})\)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NAME = re.compile(
    r"(?<=[a-zåäöé,)\d] )[A-ZÅÄÖÉ][a-zåäöéü]{2,}(?:-[A-ZÅÄÖÉ]?[a-zåäöéü]+)*(?![A-ZÅÄÖ])"
)
_QUOTED = re.compile(r"[”“\"»«]([^”“\"»«]{3,})[”“\"»«]")
_MARKS = re.compile(r"[”“\"»«’‘']")
_DEBRIS = re.compile(r"\[bookmark: [^\]]*\]|\*\*")
_LEFT_OUT = re.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?)\s*")


def supported_sentences(given: Given) -> list[bool]:
    """For every cited sentence that states something, whether its quotes bear it out."""
    by_id = {citation.id: citation for citation in given.citations}
    verdicts: list[bool] = []
    for sentence in given.sentences:
        cited = [by_id[name] for name in sentence.citations if name in by_id]
        if cited and sentence.role != "frame":
            verdicts.append(not faults(sentence, cited, given))
    return verdicts


def faults(
    sentence: GivenSentence, cited: Sequence[GivenCitation], given: Given
) -> tuple[str, ...]:
    """What the sentence says that its quotes do not bear out, a phrase each."""
    text = strip_tokens(sentence.text)
    quotes = [citation.quote for citation in cited]
    told = " \n ".join(quotes + [_labels(citation) for citation in cited])
    asked = f"{given.question} {given.standalone_question}"
    found = [f"number {number}" for number in sorted(numbers(text) - numbers(told))]
    found += [f"party {party}" for party in sorted(_bracketed(text) - _parties(told + asked))]
    found += [f"not in the source: {part!r}" for part in _misquoted(text, [*quotes, told])]
    found += ["negation"] * any(_negation_differs(quote, text) for quote in quotes)
    if given.language == "sv":
        found += [f"name {name}" for name in _strange_names(text, told + asked)]
    return tuple(found)


def numbers(text: str) -> frozenset[str]:
    """The numbers in digits, thousands joined and leading zeros dropped ("05" is "5")."""
    found: set[str] = set()
    for match in _NUMBER.finditer(text):
        groups = re.findall(r"\d+", match.group())
        found.add("".join(groups).lstrip("0") or "0")
        found.update(group.lstrip("0") or "0" for group in groups if len(groups) == 1)
    return frozenset(found)


def _labels(citation: GivenCitation) -> str:
    """What the source card says of the citation: that may be said as well."""
    fields = (citation.document, citation.part, citation.body, citation.date,
              citation.case_number, citation.paragraph, citation.page)  # fmt: skip
    # Divided, so that "0412/24" and "671" are not read as one number with a thousands space.
    return " | ".join(str(value) for value in fields if value is not None)


def _bracketed(text: str) -> frozenset[str]:
    """The parties that a sentence names: letters in brackets, and names."""
    return frozenset(_IN_BRACKETS.findall(text)) | _named(text)


def _parties(text: str) -> frozenset[str]:
    """Every party that a source can be read to name: also letters in a list ("M, L och KD")."""
    return frozenset(_PARTY.findall(text)) | _named(text)


def _named(text: str) -> frozenset[str]:
    words = {word.casefold().removesuffix("s") for word in _WORD.findall(text)}
    return frozenset(letter for name, letter in PARTIES.items() if name in words)


def _misquoted(text: str, quotes: Sequence[str]) -> list[str]:
    """Words inside quotation marks that none of the quotes hold, quotation marks within apart."""
    sources = [_bare(quote) for quote in quotes]
    missing: list[str] = []
    for quoted in _QUOTED.findall(text):
        for piece in _LEFT_OUT.split(quoted):
            bare = _bare(piece.strip(" .,;:"))
            if bare and not any(bare in source for source in sources):
                missing.append(piece)
    return missing


def _bare(text: str) -> str:
    """Letters, digits and signs, without quotation marks and what a conversion left behind."""
    return _MARKS.sub("", squeeze(_DEBRIS.sub("", text)).text.casefold())


def _negation_differs(quote: str, text: str) -> bool:
    """True if a negation was dropped from, or put into, words borrowed from the quote."""
    source = [word.casefold() for word in _WORD.findall(quote)]
    said = [word.casefold() for word in _WORD.findall(text)]
    codes = SequenceMatcher(None, source, said, autojunk=False).get_opcodes()
    for before, here, after in zip(codes, codes[1:], codes[2:], strict=False):
        if before[0] != "equal" or after[0] != "equal":
            continue
        agreeing = (before[2] - before[1]) + (after[2] - after[1])
        lost = NEGATIONS.intersection(source[here[1] : here[2]])
        added = NEGATIONS.intersection(said[here[3] : here[4]])
        short = max(here[2] - here[1], here[4] - here[3]) <= MIN_FLANK
        if agreeing >= MIN_FLANK and short and bool(lost) != bool(added):
            return True
    return False


def _strange_names(text: str, told: str) -> list[str]:
    """Capitalised words inside the sentence that no source, label or question holds."""
    known = {_stem(word) for word in _WORD.findall(told)}
    parties = _parties(told)
    return [
        name
        for name in _NAME.findall(text)
        if _stem(name) not in known
        and PARTIES.get(name.casefold().removesuffix("s")) not in parties
    ]


def _stem(word: str) -> str:
    """The word without a genitive s, letter case apart."""
    return word.casefold().removesuffix("s")

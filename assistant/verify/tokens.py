"""A text as the tokens that verification compares: words, numbers, dates, parties, verbs.

Two tokens say the same if the one's `key` is among what the other `offers`. Everything that must
be exact has a key that tells it apart: "n:15000000|kr", "d:2023-01-26", "v:avsla", "party:V".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from assistant.verify.lexicon import Language, Lexicon, lexicon
from assistant.verify.measures import EN_MEASURES, MEASURE_BEGINS, MEASURES, measure
from assistant.verify.stems import name_key, stem
from ingest.grammar.parties import canonical, party_letters

CRITICAL = frozenset(
    ("number", "date", "reference", "party", "body", "name", "verb", "negation", "quantity",
     "limit", "modal")
)  # fmt: skip
"""Kinds of token that a sentence may neither add nor leave out unseen."""

_WORD = (
    r"(?P<word>[^\W\d_]+(?:[-\u2010'’\u2011][^\W\d_]+|\.(?=[a-zåäö])[^\W\d_]+"
    r"|:[a-zåäö]{1,3}(?![^\W\d_]))*)"
)
_PLACE = re.compile(rf"(?P<figure>[-−]?\d|§)|{_WORD}")
_MEASURE = {
    "sv": re.compile(MEASURES, re.IGNORECASE),
    "en": re.compile(EN_MEASURES, re.IGNORECASE),
}
_BODY = re.compile(
    r"(?:\w*fullmäktige|\w*styrelsen|\w+nämnden|nämnden|\w*utskottet|\w*beredningen|\w+kontoret"
    r"|\w+förvaltningen|förvaltningen|\w*revisionen|\w*revisorerna|\w+kansliet|\w+delegationen"
    r"|\w*domstolen|länsstyrelsen|regeringen|riksdagen)s?"
)
_LETTERS = re.compile(r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö!]{0,3}(?::s)?")
_QUOTE = re.compile(r"[\"“”„»«]")
_JOINTS = str.maketrans("", "", "-\u2010\u2011'’")


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        key: what it says.
        offers: every key that it carries, its own among them ("2023" for a date in 2023).
        kind: "word", "function", "preposition", or one of `CRITICAL`.
        text: as written.
        start, end: half-open offsets into the text that was read.
        before: the punctuation between the previous token and this one, white space left out.
        quoted: True inside quotation marks.
        word: the plain word in small letters, "" for measures.
    """

    key: str
    offers: tuple[str, ...]
    kind: str
    text: str
    start: int
    end: int
    before: str
    quoted: bool
    word: str

    @property
    def done(self) -> bool:
        """True for a verb that tells of something done."""
        return any(key.startswith("past:") for key in self.offers)

    @property
    def critical(self) -> bool:
        """True if it may be neither added nor left out."""
        return self.kind in CRITICAL


def tokens(text: str, language: Language = "sv") -> list[Token]:
    """The tokens of a folded text. In English text, quotations are read as Swedish."""
    found: list[Token] = []
    last = 0
    for start, end, quoted in _stretches(text):
        tongue: Language = "sv" if quoted else language
        for m in _matches(text, start, end, tongue):
            before = "".join(text[last : m.start()].split())
            following = text[m.end() : m.end() + 12]
            found.append(_token(m, before, quoted, following, tongue))
            last = m.end()
    return found


def _matches(text: str, start: int, end: int, language: Language) -> Iterator[re.Match[str]]:
    """Every word and measure. Measures are looked for only where one can begin: it is quicker."""
    at = start
    while place := _PLACE.search(text, at, end):
        word = place["word"]
        m: re.Match[str] | None = place
        if word is None or MEASURE_BEGINS.match(word):
            m = _MEASURE[language].match(text, place.start(), end) or (place if word else None)
        if m is None or m.end() == m.start():
            at = place.start() + 1
            continue
        yield m
        at = m.end()


def _stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """The text outside and inside quotation marks.

    A quotation that holds quotations is one, from its first mark to the last of the sentence; a
    mark that has no fellow is none.
    """
    marks = [m.start() for m in _QUOTE.finditer(text)]
    if len(marks) > 2 and (len(marks) % 2 or _is_whole(text, marks)):
        marks = [marks[0], marks[-1]]
    edges = [0, *(marks if len(marks) % 2 == 0 else ()), len(text)]
    for nth, (start, end) in enumerate(pairwise(edges)):
        if end > start:
            yield start, end, nth % 2 == 1


def _is_whole(text: str, marks: list[int]) -> bool:
    """True if one quotation runs from after the frame to the end of the sentence."""
    opening, closing = text[: marks[0]].rstrip(), text[marks[-1] + 1 :].strip()
    return (not opening or opening.endswith(":")) and closing in ("", ".")


def _token(
    m: re.Match[str], before: str, quoted: bool, following: str, language: Language
) -> Token:
    word = m.groupdict().get("word")
    if word is None:
        kind, offers = measure(m, language)
        text = m[0].strip()
        return Token(
            offers[0], offers, kind, text, m.start(), m.start() + len(text), before, quoted, ""
        )
    key, offers, kind, plain = _word(word, before, following, language)
    if language != "sv":
        # A Swedish title may stand in English words without quotation marks.
        offers = (*offers, *_word(word, before, following, "sv")[1])
    return Token(key, offers, kind, word, m.start(), m.end(), before, quoted, plain)


def _word(
    word: str, before: str, following: str, language: Language
) -> tuple[str, tuple[str, ...], str, str]:
    """Key, offers, kind and plain form of a word."""
    party = _party(word)
    if party is None and before.endswith("(") and following[:1] == ")" and _LETTERS.fullmatch(word):
        # A local party's letters: known by the brackets, if it is one; equal by its letters.
        return f"party:{word}", (f"party:{word}", f"w:{word.casefold()}"), "party", word.casefold()
    if party:
        return f"party:{party}", (f"party:{party}",), "party", word.casefold()
    words = lexicon(language)
    plain = word.casefold().translate(_JOINTS)
    verb = words.verbs.get(plain)
    if verb:
        past = (f"past:{verb}",) if plain in words.past else ()
        return f"v:{verb}", (f"v:{verb}", *past), "verb", plain
    kind = words.kinds.get(plain, "word")
    plain = words.same.get(plain, plain)
    if _BODY.fullmatch(plain):
        body = f"b:{words.same.get(name_key(plain), name_key(plain))}"
        return body, (body,), "body", plain
    if kind != "word":
        return f"w:{plain}", (f"w:{plain}",), kind, plain
    return _content(word, plain, before, following)


def _content(
    word: str, plain: str, before: str, following: str
) -> tuple[str, tuple[str, ...], str, str]:
    name, root = f"w:{name_key(plain)}", f"s:{stem(plain)}"
    if _is_name(word, before, following):
        return name, (name, root), "name", plain
    return root, (root, name), "word", plain


def _is_name(word: str, before: str, following: str) -> bool:
    """True for a capitalised word that no full stop or beginning explains."""
    if not word[0].isupper():
        return False
    first = not before or before[-1] in '.:!?•·"“”»'
    return not first or bool(re.match(r"\s+(?:\(?[A-ZÅÄÖ])", following))


@cache
def _party(word: str) -> str | None:
    """Letters of the party that a word names, or None. Common words in small letters never do."""
    if _LETTERS.fullmatch(word) and (word.isupper() or ":" in word or len(word) <= 2):
        return canonical(word.removesuffix(":s"))
    if len(word) > 6 and word[0].isupper():
        letters = party_letters(word)
        return letters[0] if len(letters) == 1 else None
    return None


def phrase_tokens(found: list[Token], words: Lexicon) -> list[Token]:
    """English tokens with names of several words made one ("the Left Party" → "party:V")."""
    merged: list[Token] = []
    at = 0
    while at < len(found):
        size, key = _phrase(found, at, words)
        token = found[at]
        if key:
            last = found[at + size - 1]
            kind = "party" if key.startswith("party") else "body"
            token = Token(
                key,
                (key,),
                kind,
                token.text,
                token.start,
                last.end,
                token.before,
                False,
                token.word,
            )
        merged.append(token)
        at += size
    return merged


def _phrase(found: list[Token], at: int, words: Lexicon) -> tuple[int, str | None]:
    for size in (3, 2, 1):
        run = found[at : at + size]
        if len(run) == size and not any(token.quoted for token in run):
            key = words.phrases.get(" ".join(token.text.casefold() for token in run))
            if key:
                return size, key
    return 1, None

"""The verifier: no sentence reaches a person unless its sources carry it, word by word.

`verify` judges a sentence against its sources; `check_quote` a quotation at its place;
`find_quote` finds a quotation's place. All are pure functions.
"""

from assistant.verify.judge import verify
from assistant.verify.lexicon import Language
from assistant.verify.quotes import check_quote, find_quote, furniture_of, means_something
from assistant.verify.source import Fact, FactKind, Fault, Source, Verdict

__all__ = [
    "Fact",
    "FactKind",
    "Fault",
    "Language",
    "Source",
    "Verdict",
    "check_quote",
    "find_quote",
    "furniture_of",
    "means_something",
    "verify",
]

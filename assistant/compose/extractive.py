"""The extractive composer: verbatim quotations in short frames, and no model at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.compose import Draft, Library
from assistant.compose.by_record import BY_KIND, Scene, authors
from assistant.compose.by_sentence import by_sentence
from assistant.compose.matching import Matcher
from assistant.compose.scene import places
from assistant.question import Question
from assistant.search import Hit

_WRITTEN = ("skriv", "lade", "lägger", "lagt", "bakom", "avsändare", "underteckn", "motionär",
            "väckt", "författa", "wrote", "written", "signed", "author", "behind")  # fmt: skip


class Extractive:
    """Answers from records where the question asks for what a record holds, else from sentences."""

    name = "extractive"

    def compose(self, question: Question, hits: Sequence[Hit], library: Library) -> Iterator[Draft]:
        """Drafts in reading order; none where nothing was found."""
        found = places(hits, library)
        if not found:
            return
        matcher = Matcher(question, library)
        scene = Scene(question, found, library, matcher)
        drafts = list(self._from_records(scene))
        yield from drafts or by_sentence(question, found, matcher)

    def _from_records(self, scene: Scene) -> Iterator[Draft]:
        for kind in scene.question.kinds:
            if kind in BY_KIND:
                drafts = list(BY_KIND[kind](scene))
                if drafts:
                    yield from drafts
                    return
            if kind == "who" and asks_for_authors(scene.question):
                yield from authors(scene)
                return


def asks_for_authors(question: Question) -> bool:
    """True if a who-question asks for the hand behind a paper."""
    text = question.text.lower()
    return any(word in text for word in _WRITTEN)

"""The verdict on one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.verify.align import Ground, Path, align
from assistant.verify.fold import fold
from assistant.verify.frames import frame
from assistant.verify.lexicon import Language, lexicon
from assistant.verify.reading import read
from assistant.verify.reorder import reorder
from assistant.verify.roles import FAULT_OF, marked, replaced, role_fault
from assistant.verify.source import Fault, Source, Verdict
from assistant.verify.tokens import Token, phrase_tokens, tokens
from ingest.document import Span
from ingest.parts import Role

_OPENING = 8  # tokens within which an opening frame ends
_SUBJECT = 4  # tokens of a subject
_CAREFUL = (Role.PROPOSAL, Role.RESERVATION, Role.OPINION, Role.INFORMATION, Role.DECISION)


def verify(
    sentence: str,
    sources: Sequence[Source],
    *,
    told_as: str | None = None,
    language: Language = "sv",
) -> Verdict:
    """Whether the sources carry the sentence, all of it.

    Numbers, dates, references, names, parties, bodies, negation, quantities, deciding verbs and
    modal verbs must be the sources' own, in the sources' order and connection; so must the other
    words, save inflection and a frame from a closed list. Nothing but extraction damage is folded.

    Args:
        sentence: one sentence, without source tokens.
        sources: what it leans on.
        told_as: the role under which the reader sees it ("proposal", "decision", …). With None,
            or "fact", a proposal must say in its own words that it is one.
        language: of the sentence outside its quotation marks; quotations are Swedish.
    """
    found = tokens(fold(sentence).text, language)
    if language == "en":
        found = _merged(found)
    if not found:
        return Verdict(accepted=False, faults=((Fault.EMPTY, ""),))
    if not sources:
        return Verdict(accepted=False, faults=((Fault.NO_SOURCE, ""),))
    grounds = [Ground(read(s), frame(s, language), s.role) for s in sources]
    path = align(found, grounds)
    for turned in () if path else _inversions(found, language):
        path = path or align(turned, grounds)
    path = path or reorder(found, grounds)
    if path is None:
        return Verdict(accepted=False, faults=_faults(found, grounds))
    fault = replaced(found, path, grounds) or role_fault(path, grounds, told_as)
    used = path.used
    role = min((sources[index].role for index in used), key=_CAREFUL.index)
    if fault:
        return Verdict(accepted=False, faults=(fault,), role=role)
    return Verdict(
        accepted=True, spans=_spans(path, sources, grounds), role=role, marked=marked(path, grounds)
    )


def _merged(found: list[Token]) -> list[Token]:
    return phrase_tokens(found, lexicon("en"))


def _inversions(found: list[Token], language: Language) -> Iterator[list[Token]]:
    """The sentence with its verb put back after its subject: "Enligt X kan nämnden …".

    Swedish turns them round after an opening frame; the source has them in the other order.
    """
    if language != "sv" or found[0].text.casefold() not in lexicon("sv").frame:
        return
    verbs = (at for at, token in enumerate(found[:_OPENING]) if token.kind in ("verb", "modal"))
    at = next(verbs, 0)
    if at and not found[at].quoted:
        for over in range(1, _SUBJECT + 1):
            subject = found[at + 1 : at + 1 + over]
            yield [*found[:at], *subject, found[at], *found[at + 1 + over :]]


def _spans(path: Path, sources: Sequence[Source], grounds: Sequence[Ground]) -> dict[int, Span]:
    """Where in the document each used source carries the sentence."""
    spans: dict[int, Span] = {}
    for index in path.used:
        places = [at for used, at in path.taken if used == index]
        if places:
            spans[index] = grounds[index].reading.span(min(places), max(places))
        else:
            told = [p.fact.span for used, p in path.facts if used == index and p.fact.span]
            source = sources[index]
            spans[index] = told[0] if told else Span(source.start, source.end)
    return spans


def _faults(found: Sequence[Token], grounds: Sequence[Ground]) -> tuple[tuple[Fault, str], ...]:
    """The words that no source holds, by what they are; else the connection is at fault."""
    faults = tuple(
        (FAULT_OF.get(token.kind, Fault.CONTENT), token.text)
        for at, token in enumerate(found)
        if not _known(found, at, grounds)
    )
    if faults:
        return faults
    quoted = any(token.quoted for token in found)
    return ((Fault.QUOTE if quoted else Fault.ORDER, ""),)


def _known(found: Sequence[Token], at: int, grounds: Sequence[Ground]) -> bool:
    token = found[at]
    plain = token.text.casefold()
    return any(
        token.key in ground.reading.places
        or (not token.quoted and not token.critical and plain in ground.frame.words)
        or plain in ground.frame.nouns | ground.frame.authorship
        or token.key in ground.frame.verbs
        or any(token.key in p.keys for ps in ground.frame.phrases.values() for p in ps)
        for ground in grounds
    )

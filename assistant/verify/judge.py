"""The verdict on one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.verify.align import Ground, Path, align
from assistant.verify.fold import fold
from assistant.verify.frames import frame
from assistant.verify.lexicon import Language, lexicon, rules
from assistant.verify.reading import Reading, read
from assistant.verify.reorder import reorder
from assistant.verify.source import FactKind, Fault, Source, Verdict
from assistant.verify.tokens import Token, phrase_tokens, tokens
from ingest.document import Span
from ingest.parts import Role

_FAULT_OF = {
    "number": Fault.NUMBER, "date": Fault.DATE, "reference": Fault.REFERENCE, "party": Fault.PARTY,
    "name": Fault.NAME, "body": Fault.BODY, "verb": Fault.VERB, "negation": Fault.NEGATION,
    "quantity": Fault.QUANTITY, "limit": Fault.CONTENT, "modal": Fault.VERB,
}  # fmt: skip
_OPENING = 8  # tokens within which an opening frame ends
_SUBJECT = 4  # tokens of a subject
_KIND_OF = {
    FactKind.AUTHOR: "name", FactKind.PARTY: "party", FactKind.BODY: "body",
    FactKind.DATE: "date", FactKind.CASE: "reference", FactKind.PARAGRAPH: "reference",
    FactKind.TITLE: "title",
}  # fmt: skip
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
    fault = _replaced(found, path, grounds) or _role_fault(
        found, path, grounds, sources, told_as, language
    )
    used = _used(path)
    role = min((sources[index].role for index in used), key=_CAREFUL.index)
    if fault:
        return Verdict(accepted=False, faults=(fault,), role=role)
    return Verdict(accepted=True, spans=_spans(path, sources, grounds), role=role)


def marked(sentence: str, sources: Sequence[Source], language: Language = "sv") -> bool:
    """True if the sentence says in its own words that it tells what somebody asks for or thinks."""
    return _marked(tokens(fold(sentence).text, language), sources, language)


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


def _marked(found: Sequence[Token], sources: Sequence[Source], language: Language) -> bool:
    """True if the sentence says that it tells of a proposal, a reservation or an opinion."""
    law, words = rules(), lexicon(language)
    nouns = {
        noun
        for source in sources
        if source.role is not Role.DECISION
        for key in (f"role_{source.role.value}", source.kind.value if source.kind else "")
        for noun in words.papers.get(key, ())
    }
    return any(
        (token.kind == "verb" and token.key[2:] in law.markers)
        or token.text.casefold() in law.marker_words
        or token.text.casefold() in nouns
        for token in found
    )


def _role_fault(
    found: Sequence[Token],
    path: Path,
    grounds: Sequence[Ground],
    sources: Sequence[Source],
    told_as: str | None,
    language: Language,
) -> tuple[Fault, str] | None:
    """Where a proposal would be told as a decision, or a decision framed around a motion."""
    roles = {sources[index].role for index in _used(path)}
    if told_as == Role.DECISION and roles != {Role.DECISION}:
        return Fault.ROLE, "told as a decision"
    taken = [grounds[index].reading.tokens[at] for index, at in path.taken]
    if "v:besluta" in path.licensed and (asked := _only_asked(taken)):
        return Fault.ROLE, asked
    if told_as not in (None, "fact", "frame") or not roles & {Role.PROPOSAL, Role.RESERVATION}:
        return None
    if _marked(found, sources, language):
        return None
    bare = _bare_decision(path, grounds)
    return (Fault.ROLE, bare) if bare else None


def _replaced(
    found: Sequence[Token], path: Path, grounds: Sequence[Ground]
) -> tuple[Fault, str] | None:
    """Where a fact of the part stands in the place of what the source's own sentence says.

    "Planen antogs den 9 april" is not "Den 21 mars antogs planen", though the meeting was then. A
    quotation keeps the two apart.
    """
    if any(token.quoted for token in found):
        return None
    for index in dict.fromkeys(index for index, _ in path.facts):
        taken = {at for used, at in path.taken if used == index}
        tokens = grounds[index].reading.tokens
        if all(tokens[at].kind in ("function", "preposition") for at in taken):
            continue
        left = _left_out(grounds[index].reading, taken)
        for used, phrase in path.facts:
            kind = _KIND_OF[phrase.fact.kind]
            if used == index and kind in left:
                return _FAULT_OF[kind], phrase.fact.value
    return None


def _left_out(reading: Reading, taken: set[int]) -> set[str]:
    """The kinds of token that the sentences taken from hold and the answer leaves out."""
    numbers = {reading.sentence[at] for at in taken}
    return {
        reading.tokens[at].kind
        for number in numbers
        for at in range(*reading.bounds[number])
        if at not in taken
    }


def _only_asked(taken: Sequence[Token]) -> str | None:
    """The verb of words that somebody moved or proposed; None where a deciding verb comes first."""
    law = rules()
    for before, token in pairwise((None, *taken)):
        assert token is not None
        if token.word in law.asking and not (before and before.word == "som"):
            return token.text
        if token.word in law.assignments or (
            token.kind == "verb" and token.key[2:] in law.operative and token.word not in law.nouns
        ):
            return None
    return None


def _bare_decision(path: Path, grounds: Sequence[Ground]) -> str | None:
    """The words of a proposal that would read as a decision; None where the source narrates."""
    law = rules()
    for index, at in path.taken:
        token = grounds[index].reading.tokens[at]
        if grounds[index].role not in (Role.PROPOSAL, Role.RESERVATION):
            continue
        told = token.kind == "verb" and token.key[2:] in law.operative and not token.done
        if told or token.word in law.assignments:
            return token.text
    return None


def _used(path: Path) -> list[int]:
    indices = [index for index, _ in path.taken] + [index for index, _ in path.facts]
    return sorted(set(indices) or {path.source})


def _spans(path: Path, sources: Sequence[Source], grounds: Sequence[Ground]) -> dict[int, Span]:
    """Where in the document each used source carries the sentence."""
    spans: dict[int, Span] = {}
    for index in _used(path):
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
        (_FAULT_OF.get(token.kind, Fault.CONTENT), token.text)
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

"""Which figure of the grammar a number with its unit is: the first wording that takes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline import doubt
from pipeline.model import Scope
from pipeline.narrative.checks import scope_of
from pipeline.narrative.hits import (
    WINDOW,
    Hit,
    as_doubtful,
    clause_before,
    counted,
    doubted,
    opening,
)
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import Wording, compiled
from pipeline.text import simplified

_PART = re.compile("其中[:,]?[^,;:。]*$")
_WAYS = ("nar_req_online", "nar_req_letter", "nar_req_in_person")


def claimed_by(
    wordings: Sequence[Wording],
    count: re.Match[str],
    passage: Passage,
    above: str,
    taken: list[Hit],
    asked: Hit | None = None,
) -> Hit | None:
    """The figure that a number is by the first wording that takes it.

    `asked` is what the sentence before counts, where this one says the parts of it.
    """
    text, start, unit = passage.text, opening(count), count["unit"]
    begin = max(0, start - WINDOW)
    for wording in wordings:
        if unit not in wording.units:
            continue
        for frame in wording.frames:
            before = compiled(frame.before).search(text, begin, start)
            behind = before and compiled(frame.after).match(text, count.end())
            if not before or not behind:
                continue
            clause = clause_before(text, before.start()) + text[before.start() : behind.end()]
            if wording.reject and compiled(wording.reject).search(clause):
                continue
            if wording.reject_after and compiled(wording.reject_after).match(text, behind.end()):
                continue
            if _is_a_part(wording.concepts[0], text[begin:start], taken, begin):
                continue
            if wording.after and not _follows(wording, before.start(), taken, text, asked):
                continue
            part = passage.printed(*before.span("part")) if before.groupdict().get("part") else ""
            part = part or (
                passage.printed(*behind.span("part")) if behind.groupdict().get("part") else ""
            )
            hit = counted(wording.concepts[0], count, passage, before.start(), behind.end(), part)
            if hit:
                named = _named(wording, hit, passage, above)
                return as_doubtful(named, asked) if asked else named
    return None


def _is_a_part(concept: str, before: str, taken: Sequence[Hit], begin: int) -> bool:
    """Whether words that end in a clause with 其中 count a part of a quantity stated before it.

    Whose the part is may be said: 其中市政府办公厅受理申请859件. `begin` is where the words begin.
    """
    part = _PART.search(before)
    if not part or scope_of(part.group()) is not Scope.UNKNOWN:
        return False
    first = begin + part.start()
    return any(hit.concept == concept and hit.stop <= first for hit in taken)


def _follows(wording: Wording, first: int, taken: list[Hit], text: str, asked: Hit | None) -> bool:
    """Whether an earlier figure is the one that this wording is a part of."""
    before = (hit for hit in reversed(taken) if hit.concept == wording.after)
    last = next((hit.stop for hit in before if hit.stop <= first), None)
    if last is None and asked and wording.concepts[0] in _WAYS:
        last = 0
    rival = wording.reject_between
    return last is not None and not (rival and compiled(rival).search(text[last:first]))


def _named(wording: Wording, hit: Hit, passage: Passage, above: str) -> Hit:
    """The hit, doubted where what it must be about is only named behind it, or nowhere."""
    needs, text = compiled(wording.needs), passage.text
    named = not hit.value or needs.search(text, 0, hit.stop) or _is_said(wording.needs, above)
    settles = wording.settles and compiled(wording.settles).match(text, hit.stop)
    certain = is_about(wording.certain, passage.source, above)
    return hit if (named or settles) and certain else doubted(hit, doubt.SCOPE)


def may_be(wording: Wording, passage: Passage, above: str) -> bool:
    """Whether a sentence has the words without which a wording fits nothing in it."""
    text, never = passage.text, wording.never
    if not (compiled(wording.needs).search(text) or _is_said(wording.needs, above)):
        return False
    if never and compiled(never).search(text):
        return False
    return not wording.about or is_about(wording.about, passage.source, above)


@lru_cache(maxsize=1000)  # under a heading stand many sentences
def _is_said(words: str, above: str) -> bool:
    return compiled(words).search(above) is not None


@lru_cache(maxsize=10)  # the sentences of a paragraph are read one after the other
def is_about(words: str, paragraph: str, above: str) -> bool:
    if not words:
        return True
    return compiled(words).search(simplified(paragraph)) is not None or _is_said(words, above)

"""Outline → figures stated in prose, each with its sentence, its qualifier and its doubts.

What is read is decided by the wordings in `narrative.toml`; what is not certain to be the figure
asked for is left out, or flagged `read:...`. Two rival statements are flagged `source:N-INTERNAL`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipeline import doubt
from pipeline.errors import NotAReport
from pipeline.model import NarrativeFigure, Scope
from pipeline.narrative.asides import aside_doubts
from pipeline.narrative.checks import CATEGORY, TOTAL, WITH_LISTS, rivals, scope_of
from pipeline.narrative.hits import Hit, clause_before, doubted, overlaps, read_hit
from pipeline.narrative.lists import list_items
from pipeline.narrative.period import announces, period_doubt, speaks_of_another_time
from pipeline.narrative.prose import Passage, passages
from pipeline.narrative.scope import scope_doubt, unsettled
from pipeline.narrative.totals import placed
from pipeline.narrative.wordings import Wording, compiled, rules
from pipeline.outline import Outline
from pipeline.text import simplified

# What a figure is is told from all of its sentence: the work is a sentence's length times its
# figures. A report has a hundred figures in sentences of a few hundred characters.
_LONGEST_SENTENCE = 10_000
_MOST_FIGURES = 10_000


def figures(outline: Outline) -> tuple[NarrativeFigure, ...]:
    """The figures stated in prose, in reading order; a list's items follow their total.

    Raises NotAReport for prose that no report has.
    """
    stated: list[NarrativeFigure] = []
    lead = ""  # an announcement, for the rest of its paragraph or for the next one
    for block in outline.blocks:
        carried: Hit | None = None  # a total whose list may open the next sentence
        last = ""
        for passage in passages(block.text):
            length, count = len(passage.text), len(stated)
            if length > _LONGEST_SENTENCE or count > _MOST_FIGURES:
                here = f"{count} figures up to a sentence of {length} characters at {block.where}"
                reason = f"its prose is none of a report: it has {here}"
                raise NotAReport(outline.document.file, reason, "save the report alone as a file")
            hits = _hits(replace(passage, lead=lead) if lead else passage, outline, carried)
            last = passage.text if announces(passage) else ""
            lead = last or lead
            stated += [_figure(passage, hit, block.where) for hit in hits]
            carried = hits[-1] if hits and _may_have_list(hits[-1]) else None
        lead = last
    # What only the others tell: rivals, and whose a list is.
    rival = {id(figure) for group in rivals(stated) for figure in group}
    several = unsettled(stated)
    whole = Scope.UNKNOWN
    for index, figure in enumerate(stated):
        # The items of a list are whose the total is, unless their names say otherwise.
        whole = whole if figure.concept == CATEGORY else figure.scope
        scope = whole if figure.scope is Scope.UNKNOWN else figure.scope
        doubts = [doubt.INTERNAL] if id(figure) in rival else []
        doubts += [doubt.RIVAL_FIGURES] if index in several else []
        stated[index] = replace(figure, scope=scope, doubts=(*figure.doubts, *doubts))
    return tuple(stated)


def _hits(passage: Passage, outline: Outline, carried: Hit | None) -> list[Hit]:
    """Every figure of a sentence, by position; each numeral is used once."""
    known = rules()
    taken = [_as_doubtful(item, carried) for item in list_items(passage, 0)] if carried else []
    whole: dict[int, Hit] = {}
    counted, none = known.counted.search(passage.text), known.none.search(passage.text)
    for wording in known.figures if counted else ():
        for read in _matches(wording, passage, outline):
            hit = placed(wording, read, passage, taken)
            if hit and not overlaps(hit, taken):
                taken.append(hit)
                for item in list_items(passage, hit.stop) if _may_have_list(hit) else ():
                    if overlaps(item, taken):  # a figure in its own right
                        break
                    taken.append(item)
                    whole[item.start] = hit
    for wording in known.zeros if none else ():
        taken += [
            hit
            for hit in _matches(wording, passage, outline)
            if not any(hit.concept == other.concept and overlaps(hit, [other]) for other in taken)
        ]
    if not taken:
        return []
    doubtful = {hit: _with_doubts(hit, passage, outline) for hit in taken}
    marked = [_as_doubtful(doubtful[hit], doubtful[whole.get(hit.start, hit)]) for hit in taken]
    return sorted(_with_part_totals_flagged(marked, passage), key=lambda hit: hit.start)


def _with_doubts(hit: Hit, passage: Passage, outline: Outline) -> Hit:
    """The hit with what its sentence leaves open: which time it counts, and of whom."""
    for kind in aside_doubts(hit, passage):
        hit = doubted(hit, kind)
    if hit.concept == CATEGORY:
        return hit
    hit = doubted(hit, doubt.PERIOD) if period_doubt(hit, passage, outline) else hit
    return doubted(hit, doubt.SCOPE) if scope_doubt(hit, passage, outline) else hit


def _as_doubtful(item: Hit, total: Hit) -> Hit:
    """A list's item is of the time and of the organ that its total is of."""
    for kind in total.doubts:
        item = doubted(item, kind) if kind in (doubt.PERIOD, doubt.SCOPE) else item
    return item


def _may_have_list(hit: Hit) -> bool:
    return hit.concept in WITH_LISTS and not hit.category


def _with_part_totals_flagged(hits: list[Hit], passage: Passage) -> list[Hit]:
    """A second total after 其中 is a part of the first: which one is meant is not settled."""
    totals = [hit for hit in hits if hit.concept == TOTAL]
    part = any("其中" in clause_before(passage.text, hit.first) for hit in totals)
    areas = {scope_of(passage.text[: hit.start]) for hit in totals}
    if len(totals) < 2 or not part or areas == {Scope.OWN_ORGAN, Scope.REGION_AGGREGATE}:
        return hits
    return [doubted(hit, doubt.SCOPE) if hit in totals else hit for hit in hits]


def _matches(wording: Wording, passage: Passage, outline: Outline) -> Iterator[Hit]:
    """The figures that a wording gives, whoever else may claim their numerals."""
    text, needs = passage.text, compiled(wording.needs)
    may_be = needs.search(text) and _is_about(wording.about, passage.source)
    for pattern in wording.patterns if may_be else ():
        for match in compiled(pattern).finditer(text):
            clause = clause_before(text, match.start()) + match.group()
            if wording.reject and compiled(wording.reject).search(clause):
                continue
            behind = wording.reject_after
            if behind and compiled(behind).match(text, match.end()):
                continue
            numeral = match.start("n" if "n" in match.re.groupindex else "none")
            if speaks_of_another_time(text[:numeral], outline):
                continue
            for concept in wording.concepts:
                if hit := read_hit(concept, match, passage):
                    # What the figure must be about may only be named behind it, not of all of it.
                    named = not hit.value or needs.search(text, 0, hit.stop)
                    settles = wording.settles and compiled(wording.settles).match(text, hit.stop)
                    yield hit if named or settles else doubted(hit, doubt.SCOPE)


@lru_cache(maxsize=10)  # the sentences of a paragraph are read one after the other
def _is_about(words: str, paragraph: str) -> bool:
    return not words or compiled(words).search(simplified(paragraph)) is not None


def _figure(passage: Passage, hit: Hit, where: str) -> NarrativeFigure:
    sentence, start, end = passage.sentence(hit.start, hit.end)
    scope = scope_of(hit.category if hit.concept == CATEGORY else sentence[:start])
    said = (hit.concept, hit.category, hit.value, hit.unit, hit.qualifier)
    return NarrativeFigure(*said, sentence, start, end, where, hit.doubts, scope)

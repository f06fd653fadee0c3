"""Paragraphs → figures stated in prose, each with its sentence, its qualifier and its doubts.

What is read is decided by the wordings in `narrative.toml`; what is not certain to be the figure
asked for is left out, or flagged `read:...`. Two rival statements are flagged `source:N-INTERNAL`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model import NarrativeFigure, Paragraph, Scope
from pipeline.narrative.checks import CATEGORY, TOTAL, rivals, scope_of
from pipeline.narrative.frame import Frame, frame_of
from pipeline.narrative.hits import Hit, clause_before, doubted, overlaps, read_hit
from pipeline.narrative.lists import list_items
from pipeline.narrative.period import period_doubt, speaks_of_another_time
from pipeline.narrative.prose import Passage, passages
from pipeline.narrative.scope import scope_doubt, unsettled
from pipeline.narrative.totals import placed
from pipeline.narrative.wordings import CHANNELS, Wording, compiled, rules


def figures(paragraphs: Sequence[Paragraph]) -> tuple[NarrativeFigure, ...]:
    """The figures stated in prose, in reading order; a list's items follow their total."""
    frame = frame_of(paragraphs)
    found: list[NarrativeFigure] = []
    for paragraph in paragraphs:
        carried: Hit | None = None  # a total whose list may open the next sentence
        for passage in passages(paragraph.text):
            hits = _hits(passage, frame, carried)
            found += [_figure(passage, hit, paragraph.where) for hit in hits]
            totals = [hit for hit in hits if _may_have_list(hit)]
            carried = totals[-1] if totals and totals[-1] is hits[-1] else None
    return _compared(found)


def _compared(found: list[NarrativeFigure]) -> tuple[NarrativeFigure, ...]:
    """The figures with what only the others tell: rivals, and whose a list is."""
    rival = {id(figure) for group in rivals(found) for figure in group}
    several = unsettled(found)
    flagged: list[NarrativeFigure] = []
    whole = Scope.UNKNOWN
    for index, figure in enumerate(found):
        # The items of a list are whose the total is, unless their names say otherwise.
        whole = whole if figure.concept == CATEGORY else figure.scope
        scope = whole if figure.scope is Scope.UNKNOWN else figure.scope
        flags = ["source:N-INTERNAL"] if id(figure) in rival else []
        flags += ["read:rival_figures"] if index in several else []
        flagged.append(replace(figure, scope=scope, flags=(*figure.flags, *flags)))
    return tuple(flagged)


def _hits(passage: Passage, frame: Frame, carried: Hit | None) -> list[Hit]:
    """Every figure of a sentence, by position; each numeral is used once."""
    known = rules()
    taken = [_as_doubtful(item, carried) for item in list_items(passage, 0)] if carried else []
    whole: dict[int, Hit] = {}
    for wording in known.figures:
        for read in _matches(wording, passage, frame):
            hit = placed(wording, read, passage, taken)
            if hit and not overlaps(hit, taken):
                taken.append(hit)
                if _may_have_list(hit):
                    items = _until_taken(list_items(passage, hit.stop), taken)
                    whole |= {item.start: hit for item in items}
                    taken += items
    for wording in known.zeros:
        taken += [
            hit
            for hit in _matches(wording, passage, frame)
            if not any(hit.concept == other.concept and overlaps(hit, [other]) for other in taken)
        ]
    doubtful = {hit: _with_doubts(hit, passage, frame) for hit in taken}
    marked = [_as_doubtful(doubtful[hit], doubtful[whole.get(hit.start, hit)]) for hit in taken]
    return sorted(_with_part_totals_flagged(marked, passage), key=lambda hit: hit.start)


def _with_doubts(hit: Hit, passage: Passage, frame: Frame) -> Hit:
    if hit.concept == CATEGORY:
        return hit
    hit = doubted(hit, "read:period") if period_doubt(hit, passage, frame) else hit
    return doubted(hit, "read:scope") if scope_doubt(hit, passage, frame) else hit


def _as_doubtful(item: Hit, total: Hit) -> Hit:
    """A list's item is of the time and of the organ that its total is of."""
    for flag in total.flags:
        item = doubted(item, flag) if flag in ("read:period", "read:scope") else item
    return item


def _until_taken(items: Iterator[Hit], taken: Sequence[Hit]) -> list[Hit]:
    """A list's items, up to a numeral that is a figure in its own right."""
    kept: list[Hit] = []
    for item in items:
        if overlaps(item, taken):
            break
        kept.append(item)
    return kept


def _may_have_list(hit: Hit) -> bool:
    return hit.concept in (TOTAL, CHANNELS["website"]) and not hit.category


def _with_part_totals_flagged(hits: list[Hit], passage: Passage) -> list[Hit]:
    """A second total after 其中 is a part of the first: which one is meant is not settled."""
    totals = [hit for hit in hits if hit.concept == TOTAL]
    part = any("其中" in clause_before(passage.text, hit.first) for hit in totals)
    areas = {scope_of(passage.text[: hit.start]) for hit in totals}
    if len(totals) < 2 or not part or areas == {Scope.OWN_ORGAN, Scope.REGION_AGGREGATE}:
        return hits
    return [doubted(hit, "read:scope") if hit in totals else hit for hit in hits]


def _matches(wording: Wording, passage: Passage, frame: Frame) -> Iterator[Hit]:
    text = passage.text
    if not compiled(wording.needs).search(text):
        return
    for pattern in wording.patterns:
        for found in compiled(pattern).finditer(text):
            clause = clause_before(text, found.start()) + found.group()
            if wording.reject and compiled(wording.reject).search(clause):
                continue
            behind = wording.reject_after
            if behind and compiled(behind).match(text, found.end()):
                continue
            if not compiled(wording.about).search(passage.source):
                continue
            named = found.groupdict()
            at = found.start("n" if "n" in named else "none")
            if speaks_of_another_time(text[:at], frame):
                continue
            for concept in wording.concepts:
                if hit := read_hit(concept, found, passage):
                    yield doubted(hit, "read:scope") if _in_doubt(wording, hit, text) else hit


def _in_doubt(wording: Wording, hit: Hit, text: str) -> bool:
    """Whether what the figure must be about is only named behind it, and not of all it counts."""
    said = not hit.value or compiled(wording.needs).search(text, 0, hit.stop)
    settles = wording.settles
    return not said and not (settles and compiled(settles).match(text, hit.stop))


def _figure(passage: Passage, hit: Hit, where: str) -> NarrativeFigure:
    sentence, start, end = passage.sentence(hit.start, hit.end)
    subject = hit.category if hit.concept == CATEGORY else sentence[:start]
    return NarrativeFigure(
        concept=hit.concept,
        category=hit.category,
        value=hit.value,
        unit=hit.unit,
        qualifier=hit.qualifier,
        sentence=sentence,
        start=start,
        end=end,
        where=where,
        flags=hit.flags,
        scope=scope_of(subject),
    )

"""Outline → figures stated in prose, each with its sentence, its qualifier and its doubts.

What is read is decided by the grammar of `narrative.toml`; what is not certain to be the figure
asked for is left out, or flagged `read:...`. Two rival statements are flagged `source:N-INTERNAL`.
Numbers that no rule claims are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.errors import NotAReport
from pipeline.model import NarrativeFigure, Scope
from pipeline.narrative.asides import aside_doubts
from pipeline.narrative.checks import CATEGORY, TOTAL, rivals, scope_of
from pipeline.narrative.claims import claimed_by, may_be
from pipeline.narrative.disclosure import disclosed
from pipeline.narrative.hits import Hit, as_doubtful, clause_before, doubted, opening
from pipeline.narrative.lists import (
    is_split_by_channel,
    list_items,
    may_have_list,
    respective,
)
from pipeline.narrative.period import announces, named_year, period_doubt, speaks_of_another_time
from pipeline.narrative.prose import Passage, passages
from pipeline.narrative.scope import scope_doubt, unsettled
from pipeline.narrative.told import Told, items_of_a_paragraph
from pipeline.narrative.unclaimed import Unclaimed, may_be_a_figure
from pipeline.narrative.wordings import CHANNELS, Wording, rules
from pipeline.narrative.zeros import may_report_a_zero, reported_zeros
from pipeline.outline import Outline

# What a figure is is told from all of its sentence: the work is a sentence's length times its
# figures. A report has a hundred figures in sentences of a few hundred characters.
_LONGEST_SENTENCE = 10_000
_MOST_FIGURES = 10_000


@dataclass(frozen=True)
class Narration:
    """The figures stated in prose, in reading order, and the numbers that no rule claims."""

    figures: tuple[NarrativeFigure, ...]
    unclaimed: tuple[Unclaimed, ...] = field(default=())

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """One finding for all numbers that no rule claims, one for those of another time."""
        return Unclaimed.doubts(self.unclaimed)


def narrated(outline: Outline) -> Narration:
    """The figures stated in prose, a list's items behind their total, and what else is counted.

    Raises NotAReport for prose that no report has.
    """
    stated: list[NarrativeFigure] = []
    unclaimed: list[Unclaimed] = []
    told = Told()  # an announcement holds for the rest of its paragraph or for the next one
    for block in outline.blocks:
        carried: Hit | None = None  # a total whose list may open the next sentence
        last = ""
        told.asked = None
        for passage in passages(block.text):
            length, count = len(passage.text), len(stated)
            if length > _LONGEST_SENTENCE or count > _MOST_FIGURES:
                here = f"{count} figures up to a sentence of {length} characters at {block.where}"
                reason = f"its prose is none of a report: it has {here}"
                raise NotAReport(outline.document.file, reason, "save the report alone as a file")
            counts = _counts(passage)
            items = items_of_a_paragraph(passage, told.listing) if told.listing else []
            hits = items or _hits(passage, counts, told, outline, carried)
            if hits or told.asked or told.listing:
                told.go_on(passage, hits, listed=bool(items))
            last = passage.text if announces(passage) else ""
            told.lead = last or told.lead
            if passage.is_heading and not counts:
                told.below(passage)
            stated += [_figure(passage, hit, block.where) for hit in hits]
            unclaimed += _unclaimed(passage, counts, hits, outline, block.where) if counts else ()
            carried = hits[-1] if hits and may_have_list(hits[-1]) else None
        told.lead = last
    return Narration(_settled(stated), tuple(unclaimed))


def _settled(stated: list[NarrativeFigure]) -> tuple[NarrativeFigure, ...]:
    """The figures with what only the others tell: rivals, and whose a list is."""
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


def _unclaimed(
    passage: Passage,
    counts: list[re.Match[str]],
    hits: list[Hit],
    outline: Outline,
    where: str,
) -> list[Unclaimed]:
    """The numbers of a sentence that are no figure's and may be figures."""
    claimed = {hit.start for hit in hits}
    return [
        Unclaimed(
            passage.printed(count.start("n"), count.end("unit")),
            where,
            speaks_of_another_time(passage, opening(count), outline),
        )
        for count in counts
        if count.start("n") not in claimed and may_be_a_figure(count, passage)
    ]


def _counts(passage: Passage) -> list[re.Match[str]]:
    """Every number with its unit; most sentences have none, which is told sooner."""
    known, text = rules(), passage.text
    return list(known.count.finditer(text)) if known.counted.search(text) else []


def _hits(
    passage: Passage,
    counts: list[re.Match[str]],
    told: Told,
    outline: Outline,
    carried: Hit | None,
) -> list[Hit]:
    """Every figure of a sentence, by position; each number is used once."""
    known = rules()
    zeros = known.none.search(passage.text) is not None and may_report_a_zero(passage, told)
    if not counts and not zeros:
        return []
    above = told.headings
    units = {count["unit"] for count in counts}
    wordings = [
        wording
        for wording in (known.figures if counts else ())
        if not wording.units.isdisjoint(units) and may_be(wording, passage, above)
    ]
    taken: list[Hit] = []
    whole: dict[int, Hit] = {}
    if counts and carried:
        taken = [as_doubtful(item, carried) for item in list_items(passage, 0)]
    elif counts:
        taken = list(list_items(passage, 0, "alone"))
        if not taken and ":" in passage.text[: counts[0].start()]:
            taken = list(list_items(passage, 0, "announced"))
    asked = told.asked if passage.text.startswith("其中") else None
    at = {count.start("n"): count for count in counts}
    claimed = {hit.start for hit in taken}
    for number, count in enumerate(counts):
        if count.start("n") in claimed:
            continue
        if speaks_of_another_time(passage, opening(count), outline):
            continue
        shared = respective(passage, counts, number)
        if shared:
            found, several = shared
            claimed |= {each.start("n") for each in counts[number : number + several]}
        else:
            hit = claimed_by(wordings, count, passage, above, taken, asked) or disclosed(
                count, passage, taken, told.heading
            )
            if hit and hit.concept in CHANNELS.values() and is_split_by_channel(passage, hit):
                hit = doubted(hit, doubt.SCOPE)
            found = [hit] if hit else []
        for hit in found:
            items = list(_list_under(hit, wordings, at, passage, above))
            whole |= {item.start: hit for item in items}
            taken += [hit, *items]
            claimed |= {each.start for each in (hit, *items)}
    if zeros:
        taken += reported_zeros(passage, told, outline, taken)
    if not taken:
        return []
    doubtful = {hit: _with_doubts(hit, passage, outline, told.lead) for hit in taken}
    marked = [as_doubtful(doubtful[hit], doubtful[whole.get(hit.start, hit)]) for hit in taken]
    return sorted(_with_part_totals_flagged(marked, passage), key=lambda hit: hit.start)


def _list_under(
    total: Hit,
    wordings: Sequence[Wording],
    at: Mapping[int, re.Match[str]],
    passage: Passage,
    above: str,
) -> Iterator[Hit]:
    """The items under a total, up to a figure in its own right that is counted otherwise."""
    if not may_have_list(total):
        return
    for item in list_items(passage, total.stop):
        own = item.unit != total.unit and item.start in at and passage.text[item.first] != "、"
        if own and claimed_by(wordings, at[item.start], passage, above, [total]):
            return
        yield item


def _with_doubts(hit: Hit, passage: Passage, outline: Outline, lead: str) -> Hit:
    """The hit with what its sentence leaves open: which time it counts, and of whom."""
    for kind in aside_doubts(hit, passage):
        hit = doubted(hit, kind)
    if hit.concept == CATEGORY:
        return hit
    hit = doubted(hit, doubt.PERIOD) if period_doubt(hit, passage, outline, lead) else hit
    return doubted(hit, doubt.SCOPE) if scope_doubt(hit, passage, outline) else hit


def _with_part_totals_flagged(hits: list[Hit], passage: Passage) -> list[Hit]:
    """A second total after 其中 is a part of the first: which one is meant is not settled."""
    totals = [hit for hit in hits if hit.concept == TOTAL]
    if len(totals) < 2:
        return hits
    part = any("其中" in clause_before(passage.text, hit.first) for hit in totals)
    areas = {scope_of(passage.text, hit.start) for hit in totals}
    if not part or areas == {Scope.OWN_ORGAN, Scope.REGION_AGGREGATE}:
        return hits
    return [doubted(hit, doubt.SCOPE) if hit in totals else hit for hit in hits]


def _figure(passage: Passage, hit: Hit, where: str) -> NarrativeFigure:
    sentence, start, end = passage.sentence(hit.start, hit.end)
    scope = scope_of(hit.category) if hit.concept == CATEGORY else scope_of(sentence, start)
    said = (hit.concept, hit.category, hit.value, hit.unit, hit.qualifier)
    year = named_year(passage, hit.start)
    return NarrativeFigure(*said, sentence, start, end, where, hit.doubts, scope, year)

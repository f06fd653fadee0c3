"""Outline → figures stated in prose, each with its sentence, its qualifier and its doubts.

What is read is decided by the grammar of `narrative.toml`; what is not certain to be the figure
asked for is left out, or flagged `read:...`. Two rival statements are flagged `source:N-INTERNAL`.
Numbers that no rule claims are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.errors import NotAReport
from pipeline.model import NarrativeFigure, Scope
from pipeline.narrative.asides import aside_doubts
from pipeline.narrative.checks import CATEGORY, RECEIVED, TOTAL, WITH_LISTS, rivals, scope_of
from pipeline.narrative.disclosure import disclosed
from pipeline.narrative.hits import (
    WINDOW,
    Hit,
    clause_before,
    counted,
    doubted,
    opening,
    overlaps,
    reported_zero,
)
from pipeline.narrative.lists import is_split_by_channel, list_items, respective
from pipeline.narrative.period import announces, named_year, period_doubt, speaks_of_another_time
from pipeline.narrative.prose import Passage, passages
from pipeline.narrative.scope import scope_doubt, unsettled
from pipeline.narrative.unclaimed import Unclaimed, may_be_a_figure
from pipeline.narrative.wordings import CHANNELS, Wording, compiled, rules
from pipeline.outline import Outline
from pipeline.text import simplified

# What a figure is is told from all of its sentence: the work is a sentence's length times its
# figures. A report has a hundred figures in sentences of a few hundred characters.
_LONGEST_SENTENCE = 10_000
_MOST_FIGURES = 10_000
_PART = re.compile("其中[:,]?[^,;:。]*$")
_WAYS = ("nar_req_online", "nar_req_letter", "nar_req_in_person")
_LONGEST_BARE_ZERO = 60  # characters of a sentence whose subject is in its heading


class _Listing(NamedTuple):
    """A total whose items stand in paragraphs of their own, and what of it is left for them."""

    total: Hit
    left: Decimal


@dataclass
class _Told:
    """What is above and before a sentence: headings, an announcement, a list that is open."""

    chapter: str = ""
    heading: str = ""
    lead: str = ""
    listing: _Listing | None = None
    asked: Hit | None = None  # the requests that the last sentence counts

    @property
    def headings(self) -> str:
        return f"{self.chapter},{self.heading}"

    def go_on(self, passage: Passage, hits: Sequence[Hit], *, listed: bool) -> None:
        """Go on behind a sentence with these figures; `listed` where they are a list's items."""
        if hits:
            self.listing = _still_open(passage, hits, self.listing if listed else None)
            self.asked = next((hit for hit in hits if hit.concept == RECEIVED), None)
        else:
            self.listing = self.asked = None

    def below(self, passage: Passage) -> None:
        """Go on below a heading."""
        if passage.opens_a_chapter:
            self.chapter, self.heading = passage.text, ""
        else:
            self.heading = passage.text


@dataclass(frozen=True)
class Narration:
    """The figures stated in prose, in reading order, and the numbers that no rule claims."""

    figures: tuple[NarrativeFigure, ...]
    unclaimed: tuple[Unclaimed, ...] = field(default=())

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """One finding for all numbers that no rule claims, one for those of another time."""
        return Unclaimed.doubts(self.unclaimed)


def figures(outline: Outline) -> tuple[NarrativeFigure, ...]:
    """The figures stated in prose, in reading order; a list's items follow their total.

    Raises NotAReport for prose that no report has.
    """
    return narrated(outline).figures


def narrated(outline: Outline) -> Narration:
    """The figures stated in prose and what else is counted there. Raises NotAReport, as above."""
    stated: list[NarrativeFigure] = []
    unclaimed: list[Unclaimed] = []
    told = _Told()  # an announcement holds for the rest of its paragraph or for the next one
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
            items = _items_of_a_paragraph(passage, told.listing) if told.listing else []
            hits = items or _hits(passage, counts, told, outline, carried)
            if hits or told.asked or told.listing:
                told.go_on(passage, hits, listed=bool(items))
            last = passage.text if announces(passage) else ""
            told.lead = last or told.lead
            if passage.is_heading and not counts:
                told.below(passage)
            stated += [_figure(passage, hit, block.where) for hit in hits]
            unclaimed += _unclaimed(passage, counts, hits, outline, block.where) if counts else ()
            carried = hits[-1] if hits and _may_have_list(hits[-1]) else None
        told.lead = last
    return Narration(_settled(stated), tuple(unclaimed))


def _items_of_a_paragraph(passage: Passage, listing: _Listing) -> list[Hit]:
    """The items that a paragraph is, all of it, as far as the total holds them."""
    items = list(list_items(passage, 0, "continued"))
    whole = bool(items) and len(passage.text) - items[-1].stop <= 1
    if not whole or sum(item.value for item in items) > listing.left:
        return []
    return [_as_doubtful(item, listing.total) for item in items]


def _still_open(passage: Passage, hits: Sequence[Hit], listing: _Listing | None) -> _Listing | None:
    """The list that goes on in the next paragraph: behind 其中: or 政策文件8条;, or `listing`'s."""
    if listing:
        left = listing.left - sum(hit.value for hit in hits)
        return _Listing(listing.total, left) if left and not passage.text.endswith("。") else None
    if not passage.text.endswith((":", ";", "、", ",")):
        return None
    items = list(takewhile(lambda hit: hit.concept == CATEGORY, reversed(hits)))
    total = hits[-1 - len(items)] if len(items) < len(hits) else None
    if not total or not _may_have_list(total):
        return None
    if not items and not rules().words["intro"].fullmatch(passage.text, total.stop):
        return None
    return _Listing(total, total.value - sum(item.value for item in items))


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
    told: _Told,
    outline: Outline,
    carried: Hit | None,
) -> list[Hit]:
    """Every figure of a sentence, by position; each number is used once."""
    known = rules()
    zeros = known.none.search(passage.text) is not None and _may_report_a_zero(passage, told)
    if not counts and not zeros:
        return []
    above = told.headings
    units = {count["unit"] for count in counts}
    wordings = [
        wording
        for wording in (known.figures if counts else ())
        if not wording.units.isdisjoint(units) and _may_be(wording, passage, above)
    ]
    taken: list[Hit] = []
    whole: dict[int, Hit] = {}
    if counts and carried:
        taken = [_as_doubtful(item, carried) for item in list_items(passage, 0)]
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
            hit = _claimed(wordings, count, passage, above, taken, asked) or disclosed(
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
        taken += _zeros(passage, told, outline, taken)
    if not taken:
        return []
    doubtful = {hit: _with_doubts(hit, passage, outline, told.lead) for hit in taken}
    marked = [_as_doubtful(doubtful[hit], doubtful[whole.get(hit.start, hit)]) for hit in taken]
    return sorted(_with_part_totals_flagged(marked, passage), key=lambda hit: hit.start)


def _list_under(
    total: Hit,
    wordings: Sequence[Wording],
    at: Mapping[int, re.Match[str]],
    passage: Passage,
    above: str,
) -> Iterator[Hit]:
    """The items under a total, up to a figure in its own right that is counted otherwise."""
    if not _may_have_list(total):
        return
    for item in list_items(passage, total.stop):
        own = item.unit != total.unit and item.start in at and passage.text[item.first] != "、"
        if own and _claimed(wordings, at[item.start], passage, above, [total]):
            return
        yield item


def _claimed(
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
                return _as_doubtful(named, asked) if asked else named
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
    certain = _is_about(wording.certain, passage.source, above)
    return hit if (named or settles) and certain else doubted(hit, doubt.SCOPE)


def _may_report_a_zero(passage: Passage, told: _Told) -> bool:
    """Whether a sentence names what may be none, or is short enough to leave it to its heading."""
    none_of = rules().words["none_of"]
    if none_of.search(passage.text):
        return True
    return len(passage.text) <= _LONGEST_BARE_ZERO and none_of.search(told.headings) is not None


def _zeros(passage: Passage, told: _Told, outline: Outline, taken: Sequence[Hit]) -> list[Hit]:
    """The zeros that words report, of quantities for which the sentence gives no number there."""
    text, above = passage.text, told.headings
    zeros: list[Hit] = []
    for wording in rules().zeros:
        for pattern in wording.patterns if _may_be(wording, passage, above) else ():
            for match in compiled(pattern).finditer(text):
                clause = clause_before(text, match.start()) + match.group()
                if wording.reject and compiled(wording.reject).search(clause):
                    continue
                if speaks_of_another_time(passage, match.start("none"), outline):
                    continue
                certain = _is_about(wording.certain, passage.source, above)
                zeros += [
                    hit
                    for concept in wording.concepts
                    for hit in [reported_zero(concept, match, certain=certain)]
                    if not any(hit.concept == other.concept for other in zeros)
                    if not any(
                        hit.concept == other.concept and overlaps(hit, [other]) for other in taken
                    )
                ]
    return zeros or _zeros_under_a_heading(passage, told, taken)


def _zeros_under_a_heading(passage: Passage, told: _Told, taken: Sequence[Hit]) -> list[Hit]:
    """What a sentence that says no more than 未发生 reports of its heading's subject."""
    words, heading = rules().words, told.heading or told.chapter
    said = None if taken else words["zero"].search(passage.text)
    if not said or not words["neutral"].fullmatch(passage.text[: said.start()].replace(",", "")):
        return []
    concepts = ["nar_review_cases", "nar_litigation_cases"]
    if not words["disputes"].search(heading):
        concepts = ["nar_req_received"] if words["requests"].search(heading) else []
    return [reported_zero(concept, said, certain=True) for concept in concepts]


def _with_doubts(hit: Hit, passage: Passage, outline: Outline, lead: str) -> Hit:
    """The hit with what its sentence leaves open: which time it counts, and of whom."""
    for kind in aside_doubts(hit, passage):
        hit = doubted(hit, kind)
    if hit.concept == CATEGORY:
        return hit
    hit = doubted(hit, doubt.PERIOD) if period_doubt(hit, passage, outline, lead) else hit
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
    if len(totals) < 2:
        return hits
    part = any("其中" in clause_before(passage.text, hit.first) for hit in totals)
    areas = {scope_of(passage.text, hit.start) for hit in totals}
    if not part or areas == {Scope.OWN_ORGAN, Scope.REGION_AGGREGATE}:
        return hits
    return [doubted(hit, doubt.SCOPE) if hit in totals else hit for hit in hits]


def _may_be(wording: Wording, passage: Passage, above: str) -> bool:
    """Whether a sentence has the words without which a wording fits nothing in it."""
    text, never = passage.text, wording.never
    if not (compiled(wording.needs).search(text) or _is_said(wording.needs, above)):
        return False
    if never and compiled(never).search(text):
        return False
    return not wording.about or _is_about(wording.about, passage.source, above)


@lru_cache(maxsize=1000)  # under a heading stand many sentences
def _is_said(words: str, above: str) -> bool:
    return compiled(words).search(above) is not None


@lru_cache(maxsize=10)  # the sentences of a paragraph are read one after the other
def _is_about(words: str, paragraph: str, above: str) -> bool:
    if not words:
        return True
    return compiled(words).search(simplified(paragraph)) is not None or _is_said(words, above)


def _figure(passage: Passage, hit: Hit, where: str) -> NarrativeFigure:
    sentence, start, end = passage.sentence(hit.start, hit.end)
    scope = scope_of(hit.category) if hit.concept == CATEGORY else scope_of(sentence, start)
    said = (hit.concept, hit.category, hit.value, hit.unit, hit.qualifier)
    year = named_year(passage, hit.start)
    return NarrativeFigure(*said, sentence, start, end, where, hit.doubts, scope, year)

"""Paragraphs → figures stated in prose, each with its sentence, its qualifier and its doubts.

What is read is decided by the wordings in `narrative.toml`; what is not certain to be the figure
asked for is left out, or flagged `read:...`. Two rival statements are flagged `source:N-INTERNAL`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.model import NarrativeFigure, Paragraph
from pipeline.narrative.checks import CATEGORY, TOTAL, rivals, scope_of
from pipeline.narrative.prose import Passage, number, passages
from pipeline.narrative.wordings import CHANNELS, Wording, rules

_YEAR = re.compile(r"20\d\d(?=年)")
_PERIOD_LINE = re.compile(r"(20\d\d)年1月1日[起]?[至到\-—~－]")
_TITLE_LINE = re.compile(r"(20\d\d)年度?[^。;,]{0,24}(?:报告|年报)")
_TITLE_LENGTH = 60
_CLAUSE_START = re.compile(r"[;:。]|,(?!\d{3})|(?<!\d),")


@dataclass(frozen=True, slots=True)
class _Hit:
    """A figure found in a passage; `start` and `end` are offsets in the passage's text."""

    concept: str
    value: Decimal
    unit: str
    qualifier: str
    start: int
    end: int
    first: int  # where the wording that names the figure begins
    stop: int  # where it ends, unit included
    category: str = ""
    flags: tuple[str, ...] = ()


def figures(paragraphs: Sequence[Paragraph]) -> tuple[NarrativeFigure, ...]:
    """The figures stated in prose, in reading order; a list's items follow their total."""
    years = _reported_years(paragraphs)
    found: list[NarrativeFigure] = []
    for paragraph in paragraphs:
        carried: _Hit | None = None  # a total whose list may open the next sentence
        for passage in passages(paragraph.text):
            hits = _hits(passage, years, carried)
            found += [_figure(passage, hit, paragraph.where) for hit in hits]
            totals = [hit for hit in hits if _may_have_list(hit)]
            carried = totals[-1] if totals and totals[-1] is hits[-1] else None
    return _with_rivals_flagged(found)


def _with_rivals_flagged(found: list[NarrativeFigure]) -> tuple[NarrativeFigure, ...]:
    rival = {id(figure) for group in rivals(found) for figure in group}
    return tuple(
        replace(figure, flags=(*figure.flags, "source:N-INTERNAL"))
        if id(figure) in rival
        else figure
        for figure in found
    )


def _reported_years(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """The years the title and the data period name; empty when neither is there."""
    years: set[str] = set()
    for paragraph in paragraphs:
        for passage in passages(paragraph.text):
            years.update(_PERIOD_LINE.findall(passage.text))
            if len(paragraph.text) <= _TITLE_LENGTH:
                years.update(_TITLE_LINE.findall(re.sub(r"《[^》]*》", "", passage.text)))
    return frozenset(years)


def _hits(passage: Passage, years: frozenset[str], carried: _Hit | None) -> list[_Hit]:
    """Every figure of a sentence, by position; each numeral is used once."""
    known = rules()
    taken: list[_Hit] = list(_list_items(passage, 0)) if carried else []
    for wording in known.figures:
        for hit in _matches(wording, passage, years):
            placed = _placed(wording, hit, passage, taken)
            if placed and not _overlaps(placed, taken):
                taken.append(placed)
                if _may_have_list(placed):
                    items = _list_items(passage, placed.stop)
                    taken += _until_taken(items, taken)
    for wording in known.zeros:
        taken += [
            hit
            for hit in _matches(wording, passage, years)
            if not any(hit.concept == other.concept and _overlaps(hit, [other]) for other in taken)
        ]
    return sorted(_with_part_totals_flagged(taken, passage), key=lambda hit: hit.start)


def _until_taken(items: Iterator[_Hit], taken: Sequence[_Hit]) -> list[_Hit]:
    """A list's items, up to a numeral that is a figure in its own right."""
    kept: list[_Hit] = []
    for item in items:
        if _overlaps(item, taken):
            break
        kept.append(item)
    return kept


def _may_have_list(hit: _Hit) -> bool:
    return hit.concept in (TOTAL, CHANNELS["website"]) and not hit.category


def _overlaps(hit: _Hit, taken: Iterable[_Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in taken)


def _with_part_totals_flagged(hits: list[_Hit], passage: Passage) -> list[_Hit]:
    """A second total after 其中 is a part of the first: which one is meant is not settled."""
    totals = [hit for hit in hits if hit.concept == TOTAL]
    part = any("其中" in _clause(passage.text, hit.first) for hit in totals)
    if len(totals) < 2 or not part:
        return hits
    return [
        replace(hit, flags=(*hit.flags, "read:scope")) if hit in totals else hit for hit in hits
    ]


def _matches(wording: Wording, passage: Passage, years: frozenset[str]) -> Iterator[_Hit]:
    text = passage.text
    if not wording.needs.search(text):
        return
    for pattern in wording.patterns:
        for found in pattern.finditer(text):
            clause = _clause(text, found.start()) + found.group()
            if wording.reject and wording.reject.search(clause):
                continue
            if not wording.about.search(passage.source):
                continue
            named = found.groupdict()
            at = found.start("n" if "n" in named else "none")
            if _speaks_of_another_time(text[:at], years):
                continue
            doubts = _doubts_about_period(text, clause, years)
            for concept in wording.concepts:
                hit = _hit(concept, found, passage)
                if hit:
                    yield replace(hit, flags=(*hit.flags, *doubts))


def _hit(concept: str, found: re.Match[str], passage: Passage) -> _Hit | None:
    """The figure a pattern caught; None when its numeral has no single, whole value."""
    named = found.groupdict()
    category = ""
    if named.get("part"):
        category = passage.printed(*found.span("part"))
    if named.get("none"):
        start, end = found.span("none")
        unit = "元" if concept == "nar_info_fee_amount" else "件"
        return _Hit(concept, Decimal(0), unit, "exact", start, end, found.start(), found.end())
    start, end = found.span("n")
    printed = passage.printed(start, end)
    value = number(printed)
    if value is None or (value != int(value) and named["unit"] != "元"):
        return None
    doubts: tuple[str, ...] = ("read:split_digits",) if re.search(r"\s", printed) else ()
    # A full-width comma between digits may separate clauses as well as thousands.
    doubts += ("read:thousands",) if "，" in printed else ()
    if named["about"] in ("约", "大约", "近", "将近", "接近") or named["beyond"] == "左右":
        qualifier = "approx"
    else:
        qualifier = "at_least" if named["about"] or named["over"] or named["beyond"] else "exact"
    return _Hit(
        concept,
        value,
        named["unit"],
        qualifier,
        start,
        end,
        found.start(),
        found.end(),
        category,
        doubts,
    )


def _clause(text: str, end: int) -> str:
    """The words between the last comma (or stop) and `end`."""
    starts = [found.end() for found in _CLAUSE_START.finditer(text, 0, end)]
    return text[starts[-1] if starts else 0 : end]


def _speaks_of_another_time(before: str, years: frozenset[str]) -> bool:
    if rules().words["other_period"].search(_clause(before, len(before))):
        return True
    named = _YEAR.findall(re.sub(r"《[^》]*》", "", before))
    return bool(years and named and named[-1] not in years)


def _doubts_about_period(text: str, clause: str, years: frozenset[str]) -> tuple[str, ...]:
    """累计 counted from 2008 in the first reports; two years in a sentence need a report year."""
    since_2008 = "累计" in clause and bool(years) and max(years) < "2014"
    since = rules().words["since"].search(text)
    since_another = since is not None and since["year"] not in years
    named = set(_YEAR.findall(re.sub(r"[比较与]20\d\d年", "", text)))
    unsettled = not years and len(named) > 1
    return ("read:period",) if since_2008 or since_another or unsettled else ()


def _placed(wording: Wording, hit: _Hit, passage: Passage, taken: list[_Hit]) -> _Hit | None:
    """The hit as the concept it really is, given what stands before it; None to drop it."""
    if wording.after:
        earlier = [other for other in taken if wording.after == other.concept]
        earlier = [other for other in earlier if other.stop <= hit.first]
        if not earlier:
            return None
        between = passage.text[max(other.stop for other in earlier) : hit.first]
        return None if wording.between and wording.between.search(between) else hit
    if wording.channel:
        alone = len(_channels(_since_last_figure(passage.text, hit.start))) == 1
        several = rules().words["several"].search(_since_last_figure(passage.text, hit.start))
        return hit if alone and not several else None
    if hit.concept == TOTAL:
        return _placed_total(hit, passage, taken)
    return hit


def _since_last_figure(text: str, end: int) -> str:
    clause = _clause(text, end)
    return re.split(r"\d+(?:[条篇则件期])", clause)[-1]


def _channels(words: str) -> set[str]:
    return {concept for name, concept in CHANNELS.items() if rules().words[name].search(words)}


def _placed_total(hit: _Hit, passage: Passage, taken: list[_Hit]) -> _Hit | None:
    """A total of the organ, a total of one channel, a doubtful total, or nothing.

    Only who and when may stand before a total. A topic before it makes it a part; with 主动公开 it
    is kept and doubted, otherwise dropped.
    """
    words = rules().words
    text = passage.text
    verb_only = re.match(r"主动公开(?!了|的?(?:各类|政府|政务|信息))", text[hit.first :])
    if verb_only and any(other.concept == "nar_docs_issued" for other in taken):
        return None
    prefix = _clause(text, hit.first)
    before = text[: hit.first - len(prefix)].rstrip(",;:")
    previous = _clause(before, len(before))
    through = words["through"].search(prefix) or re.match("通过|在|利用|依托|借助", previous)
    said = previous + prefix if through and not words["through"].search(prefix) else prefix
    channels = _channels(said) if through or _channels(prefix) else set()
    if len(channels) == 1 and not words["several"].search(said):
        other = words["other_channel"].search(said)
        return replace(hit, concept=channels.pop(), category=other.group() if other else "")
    bare = words["through"].sub("", prefix)
    topical = words["topic"].search(words["not_topic"].sub("", prefix)) or words[
        "topic_clause"
    ].search(words["not_topic"].sub("", previous))
    if words["neutral"].fullmatch(bare) and not topical:
        return hit
    if text[hit.first :].startswith("主动"):
        return replace(hit, flags=(*hit.flags, "read:scope"))
    return None


def _list_items(passage: Passage, start: int) -> Iterator[_Hit]:
    """The items `name N条` that follow a total, up to the first thing that is no item.

    A list is by category or by channel, never both.
    """
    known = rules()
    intro = known.words["intro"].match(passage.text, start)
    if not intro:
        return
    at = intro.end()
    kinds: set[bool] = set()
    while found := known.item.match(passage.text, at):
        name = found["name"]
        if known.words["stop_start"].match(name) or known.words["stop_in"].search(name):
            return
        concept = _item_concept(name)
        kinds.add(concept == CATEGORY)
        hit = _hit(concept, found, passage)
        # After categories a channel is as often outside the total as in it.
        if hit is None or len(kinds) > 1:
            return
        named = concept in (CATEGORY, CHANNELS["other_channel"])
        yield replace(hit, category=_printed_name(passage, found) if named else "")
        at = found.end()


def _printed_name(passage: Passage, found: re.Match[str]) -> str:
    """The item's name as printed, an aside in brackets at its end included."""
    start, end = found.span("name")
    return "".join(passage.source[passage.at[start] : passage.at[end]].split())


def _item_concept(name: str) -> str:
    """A list by channel gives the channels' figures, any other list categories."""
    words = rules().words
    channels = [key for key in CHANNELS if words[f"{key}_item"].fullmatch(name)]
    return CHANNELS[channels[0]] if len(channels) == 1 else CATEGORY


def _figure(passage: Passage, hit: _Hit, where: str) -> NarrativeFigure:
    sentence, start, end = passage.sentence(hit.start, hit.end)
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
        scope=scope_of(sentence[:start]),
    )

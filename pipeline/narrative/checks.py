"""Figures stated in prose against each other and against table three → doubts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain, combinations, takewhile
from operator import attrgetter

from pipeline import doubt
from pipeline.doubt import Doubt, Severity, Side, Verdict
from pipeline.model import Fact, NarrativeFigure, Scope, Status
from pipeline.narrative.prose import LISTED_UNIT
from pipeline.narrative.wordings import CHANNELS
from pipeline.text import NUMBER, squeezed

TOTAL = "nar_disclosed_total"
CATEGORY = "nar_disclosed_category"
RECEIVED = "nar_req_received"
WITH_LISTS = (
    TOTAL,
    CHANNELS["website"],
    CHANNELS["wechat"],
    CHANNELS["weibo"],
)  # the totals that lists stand under
_NEAR = 100  # characters before a figure in which 新收 is looked for
_NEARLY_ALL = 98  # per cent, printed shares being rounded
_APPROXIMATE = 10  # about N may be a tenth of it off
_INTRODUCED = re.compile(r"其中|包括|分别|[：:]")

_PARTIAL_LEAD = re.compile(r"主要|部分|重点|等|例如|比如")
_PARTIAL_TAIL = re.compile(
    r"[^，,、；;。]{0,8}等|.{0,4}(?:以及|及|和|，|、)?(?:其他|其它|其余|余[为下])"
)
_GOES_ON = re.compile(rf"其中|{NUMBER}[万余多]*(?:{LISTED_UNIT})")
_SUBJECT = re.compile(
    r"(?P<area>全[省市县区州旗](?!镇)|(?<![镇乡局属道])各(?:单位|部门)|各(?:乡镇|镇|街道)|辖区|县区|区县|市县)"
    r"|本级|本(?:机关|单位|部门|局|办|委|镇|乡|街道)|我(?:局|办|委|镇|乡|街道|单位)|全[镇乡局]|全街道"
    r"|[省市县区]政府(?!信息|(?:门户)?网)|办公[厅室]"
)
_OUTSIDE = re.compile(r"另|此外|除此|同时|还")
_SHARE = re.compile(r"^\D{0,3}占\D{0,4}(\d+(?:\.\d+)?)\s*[%％]")
_NEW = re.compile(r"新收[^，。；]*$")


def check_narrative(figures: Sequence[NarrativeFigure]) -> tuple[Doubt, ...]:
    """Broken sums of exhaustive lists (N-CAT, N-CHANNEL) and rival statements (N-INTERNAL)."""
    doubts = list(_broken_lists(figures))
    for group in rivals(figures):
        concept, where = group[0].concept, group[0].where
        name = "主动公开总数" if concept == TOTAL else "受理申请数"
        values = " and ".join(dict.fromkeys(f"{figure.value} {figure.unit}" for figure in group))
        words = f"the text (正文) states {name} as {values}"
        doubts.append(Doubt(doubt.INTERNAL, words, where, (concept,)))
    return tuple(doubts)


def explain_received(
    figures: Sequence[NarrativeFigure], facts: Sequence[Fact]
) -> tuple[Doubt, ...]:
    """Which reading of table three the requests received in prose agree with (N-REQ).

    Nothing is said where the prose gives no exact number or the table no total.
    """
    stated: dict[Decimal, NarrativeFigure] = {}
    for figure in figures:
        if figure.concept == RECEIVED and figure.qualifier == "exact" and not is_misread(figure):
            stated.setdefault(figure.value, figure)
    readings = _readings(facts)
    cells = (RECEIVED, "req_received_new/total", "req_carried_in/total")
    doubts: list[Doubt] = []
    for value, figure in stated.items() if readings else ():
        agreeing = [reading for reading in readings if reading[2] == value]
        if agreeing:
            name, spelled, _ = agreeing[0]
            words = f"正文 {value} 件 = {spelled}: the text counts {name}"
            held = (Verdict.PASS, Severity.INFO)
            doubts.append(Doubt(doubt.RECEIVED, words, figure.where, cells, (), *held))
        else:
            table = "; ".join(spelled for _, spelled, _ in readings)
            words = (
                f"the text (正文) says {value} requests were received; no reading of "
                f"table three gives that ({table})"
            )
            doubts.append(Doubt(doubt.RECEIVED, words, figure.where, cells))
    return tuple(doubts)


def rivals(figures: Sequence[NarrativeFigure]) -> tuple[tuple[NarrativeFigure, ...], ...]:
    """Groups of statements that give one quantity different values."""
    groups: dict[tuple[str, bool, bool], list[NarrativeFigure]] = {}
    for figure in figures:
        if figure.concept in (TOTAL, RECEIVED) and not is_misread(figure):
            # The whole area's figure and the organ's own, the year's new requests and all that
            # were handled are different quantities.
            area = scope_of(figure.sentence, figure.start) is Scope.REGION_AGGREGATE
            before = figure.sentence[max(0, figure.start - _NEAR) : figure.start]
            new = bool(_NEW.search(before)) or figure.sentence[figure.end :].startswith("新的")
            groups.setdefault((figure.concept, area, new), []).append(figure)
    return tuple(
        tuple(group)
        for group in groups.values()
        if any(_contradict(one, other) for one, other in combinations(_extremes(group), 2))
    )


def _extremes(group: Sequence[NarrativeFigure]) -> list[NarrativeFigure]:
    """The least and the largest of each qualifier: where any two contradict, two of these do."""
    value = attrgetter("value")
    kinds = {figure.qualifier for figure in group}
    alike = [[figure for figure in group if figure.qualifier == kind] for kind in kinds]
    return [figure for few in alike for figure in (min(few, key=value), max(few, key=value))]


def scope_of(words: str, end: int | None = None) -> Scope:
    """Whose figure stands at a place of these words: the last subject named before it says so."""
    subjects = _subjects(words)
    before = len(subjects) if end is None else bisect_right(subjects, (end, Scope.UNKNOWN))
    return subjects[before - 1][1] if before else Scope.UNKNOWN


@lru_cache(maxsize=4)  # the figures of a sentence are read one after the other
def _subjects(words: str) -> list[tuple[int, Scope]]:
    """Where each subject that is named in a sentence ends, and whose figures follow it."""
    return [
        (found.end(), Scope.REGION_AGGREGATE if found["area"] else Scope.OWN_ORGAN)
        for found in _SUBJECT.finditer(words)
    ]


def is_misread(figure: NarrativeFigure) -> bool:
    """Whether the figure may not be what the prose says."""
    return any(kind.side is Side.READ for kind in figure.doubts)


def _contradict(one: NarrativeFigure, other: NarrativeFigure) -> bool:
    kinds = {one.qualifier, other.qualifier}
    if kinds == {"exact"}:
        return one.value != other.value
    if "approx" in kinds:
        return abs(one.value - other.value) * _APPROXIMATE > max(one.value, other.value)
    if kinds == {"exact", "at_least"}:
        exact, least = (one, other) if one.qualifier == "exact" else (other, one)
        return exact.value < least.value
    return False


def _broken_lists(figures: Sequence[NarrativeFigure]) -> Iterator[Doubt]:
    for index, total in enumerate(figures):
        if total.concept not in WITH_LISTS:
            continue
        items = _items_after(figures, index)
        stated_sum = sum((item.value for item in items), Decimal(0))
        if not _exhaustive(total, items) or stated_sum == total.value:
            continue
        parts = "+".join(str(item.value) for item in items)
        kind = doubt.CATEGORIES if items[0].concept == CATEGORY else doubt.CHANNELS
        words = (
            f"the text (正文) states {total.value} {total.unit}, "
            f"but its list (其中) adds up to {parts} = {stated_sum}"
        )
        cells = dict.fromkeys((total.concept, *(item.concept for item in items)))
        yield Doubt(kind, words, total.where, tuple(cells))


def _items_after(figures: Sequence[NarrativeFigure], index: int) -> list[NarrativeFigure]:
    """The list that follows a total: categories, or else channels in the same sentence."""
    total, following = figures[index], (figures[n] for n in range(index + 1, len(figures)))
    nearby = takewhile(lambda figure: figure.where == total.where, following)
    first = next(nearby, total)
    if first.concept == CATEGORY:
        return [first, *takewhile(lambda figure: figure.concept == CATEGORY, nearby)]
    between = total.sentence[total.end : first.start]
    if first.sentence != total.sentence or not _INTRODUCED.search(between):
        return []
    channels: list[NarrativeFigure] = []
    for figure in chain([first], nearby):
        if figure.concept not in CHANNELS.values() or figure.sentence != total.sentence:
            break
        between = total.sentence[(channels[-1] if channels else total).end : figure.start]
        if _OUTSIDE.search(between):
            break
        channels.append(figure)
    return channels


def _exhaustive(total: NarrativeFigure, items: Sequence[NarrativeFigure]) -> bool:
    """Whether the list claims to be whole, and has been read whole."""
    exact = all(
        figure.qualifier == "exact" and not is_misread(figure) for figure in (total, *items)
    )
    if len(items) < 2 or not exact:
        return False
    shares = [_SHARE.match(item.sentence[item.end :]) for item in items]
    if all(shares) and sum(float(share[1]) for share in shares if share) < _NEARLY_ALL:
        return False
    first, last = items[0], items[-1]
    begin = total.end if first.sentence == total.sentence else 0
    lead = first.sentence[begin : first.start]
    lead = lead.replace(first.category, "") if first.category else lead
    tail = last.sentence[last.end :].lstrip()[1:]  # without the unit
    further = "".join(re.split(r"[，,、；;。]", tail)[:2])  # up to the second comma
    return not (
        _PARTIAL_LEAD.search(lead)
        or _PARTIAL_TAIL.match(tail)
        or _GOES_ON.search(squeezed(further))
        or last.sentence.endswith(("；", ";"))
    )


def _readings(facts: Sequence[Fact]) -> list[tuple[str, str, Decimal]]:
    """(name, spelled out, value) of what 受理 may mean, as far as the table gives it."""
    new, carried, processed = (
        _total(facts, concept)
        for concept in ("req_received_new", "req_carried_in", "req_processed_total")
    )
    readings: list[tuple[str, str, Decimal]] = []
    if isinstance(new, Decimal):
        readings.append(("this year's new requests", f"本年新收 {new}", new))
    if new is not None and carried is not None and (new, carried) != ("", ""):
        both = Decimal(new or 0) + Decimal(carried or 0)
        shown = ("0 (blank)" if value == "" else value for value in (new, carried))
        spelled = "本年新收 {} + 上年结转 {}".format(*shown)
        readings.append(("new requests and those carried in", spelled, both))
    if isinstance(processed, Decimal):
        readings.append(("requests processed", f"办理结果总计 {processed}", processed))
    return readings


def _total(facts: Sequence[Fact], concept: str) -> Decimal | str | None:
    """The value under 总计, printed or else derived; "" for a blank, None for what is not known."""
    mine = [fact for fact in facts if fact.concept == concept and fact.applicant == "total"]
    mine.sort(key=lambda fact: fact.status is Status.DERIVED)
    if any(flag.startswith("read:") for fact in mine for flag in fact.flags):
        return None
    values = [fact.value for fact in mine if fact.value is not None]
    if values:
        return values[0]
    return "" if any(fact.status in (Status.BLANK, Status.DASH) for fact in mine) else None

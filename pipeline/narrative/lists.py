"""The items that a sentence lists under a total: 其中政策文件30条、通知公告50条; 含15条政府文件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.narrative.checks import CATEGORY, WITH_LISTS
from pipeline.narrative.hits import Hit, counted
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import CHANNELS, rules

_LONGEST_NAMES = 100  # characters of the names that share a 分别
_THROUGH = re.compile("通过|利用|依托|借助|在")
_SHARED = re.compile("(?P<names>[^各]+?)各(?:有|为|公开|发布)?$")
_NAME = re.compile("(?:(?!以及|[、和及与]).)+")
_PAIRED = re.compile("[、和及与]")
_JOINED = re.compile("[、,]|以及|和|及|与")


def list_items(passage: Passage, start: int, intro: str = "intro") -> Iterator[Hit]:
    """The items that follow a total, up to the first thing that is no item.

    Names stand before their numbers or behind them, the same in all of a list; some may share a
    number (通知、公告各5条). Categories may follow channels, not channels categories: those are as
    often outside the total as in it.
    """
    known = rules()
    opened = known.words[intro].match(passage.text, start)
    if not opened:
        return
    at = opened.end()
    item = known.counted_item if known.counted_item.match(passage.text, at) else known.item
    categories = False
    while match := item.match(passage.text, at):
        name = match["name"]
        shared = _SHARED.match(name)
        said = shared["names"] if shared else name
        if known.words["stop_start"].match(said) or known.words["stop_in"].search(said):
            return
        if shared and any(_channel_of(part[0]) for part in _NAME.finditer(said)):
            return  # 网站、公众号各25条: who has the number is a channel, and named by its place
        channel = _channel_of(said)
        # 其中通过网站公布要闻3条、动态5条: where all of the list was disclosed.
        via = known.words["via"].match(said) if at == opened.end() and not channel else None
        if via and _goes_on_elsewhere(passage, item, match.end()):
            return
        if not channel and not via and _is_placed(said):
            return
        if categories and channel:
            return
        categories = not channel
        concept = channel or CATEGORY
        first = match.start("name")
        spans = [(first + (via.end() if via else 0), first + len(said))]
        if shared and not channel:
            spans = [(first + part.start(), first + part.end()) for part in _NAME.finditer(said)]
        for begin, end in spans:
            named = concept in (CATEGORY, CHANNELS["other_channel"])
            category = _category(passage, begin, end) if named else ""
            hit = counted(concept, match, passage, match.start(), match.end(), category)
            if hit is None:
                return
            yield hit
        at = match.end()


def is_split_by_channel(passage: Passage, total: Hit) -> bool:
    """Whether the list under the count of a channel gives it to channels: it is not that one's."""
    known = rules()
    opened = known.words["intro"].match(passage.text, total.stop)
    item = opened and known.item.match(passage.text, opened.end())
    if not item:
        return False
    channel = _channel_of(item["name"])
    return channel != total.concept and (channel != "" or _is_placed(item["name"]))


def _is_placed(name: str) -> bool:
    """Whether the name of an item says where it was disclosed: 在报纸发布报道, 网站发布新闻."""
    return _THROUGH.match(name) is not None or rules().words["placed_item"].match(name) is not None


def _goes_on_elsewhere(passage: Passage, item: re.Pattern[str], at: int) -> bool:
    """Whether the next item of a list was disclosed elsewhere."""
    following = item.match(passage.text, at)
    return following is not None and _is_placed(following["name"])


def respective(
    passage: Passage, counts: Sequence[re.Match[str]], at: int
) -> tuple[list[Hit], int] | None:
    """The figures of 网站、微信(分别)发布92条、306条, and how many of the numbers share such words.

    Channels or disputes, as many names as numbers; no figure where that cannot be told. None for a
    number of its own.
    """
    start = counts[at].start()
    window = max(0, start - _LONGEST_NAMES)
    said = rules().words["respectively"].search(passage.text, window, start)
    joined = _JOINED if said else _PAIRED
    # A run of numbers is looked at from its first.
    if not said and at and joined.fullmatch(passage.text, counts[at - 1].end(), counts[at].start()):
        return None
    numbers = [counts[at]]
    for count in islice(counts, at + 1, None):
        if not joined.fullmatch(passage.text, numbers[-1].end(), count.start()):
            break
        numbers.append(count)
    if not said and len(numbers) > 1:
        said = rules().words["paired"].search(passage.text, window, start)
    if not said:
        return None
    parts = _JOINED.split(said["names"])
    concepts = [_channel_of(part) or _dispute_of(part, passage) for part in parts]
    told = 1 < len(parts) == len(numbers) == len(set(concepts))
    if not told or not all(concepts):
        return [], len(numbers)
    hits: list[Hit] = []
    for concept, part, number in zip(concepts, parts, numbers, strict=True):
        category = part if concept == CHANNELS["other_channel"] else ""
        hit = counted(concept, number, passage, said.start("names"), number.end(), category)
        hits += [hit] if hit else []
    return hits, len(numbers)


def _channel_of(name: str) -> str:
    """The concept of the one channel that a name is of; empty for any other name."""
    words = rules().words
    channels = [key for key in CHANNELS if words[f"{key}_item"].fullmatch(name)]
    return CHANNELS[channels[0]] if len(channels) == 1 else ""


def _dispute_of(name: str, passage: Passage) -> str:
    """The concept of the disputes about disclosure that a name is of; empty for any other name."""
    words = rules().words
    if not words["of_disclosure"].search(passage.text):
        return ""
    kinds = [kind for kind in ("review", "litigation") if words[kind].search(name)]
    return f"nar_{kinds[0]}_cases" if len(kinds) == 1 else ""


def _category(passage: Passage, start: int, end: int) -> str:
    """The name as printed, an aside in brackets included, without what only says 公开 or 类."""
    stop = passage.at[end] if end < len(passage.at) else passage.at[-1] + 1
    printed = "".join(passage.source[passage.at[start] : stop].split())
    words = rules().words
    plain = printed
    for said in ("sort", "verbs", "sort"):  # 机构类信息公开, 其他方式公开信息数
        plain = words[said].sub("", plain)
    return plain if len(plain) > 1 else printed


def may_have_list(hit: Hit) -> bool:
    """Whether the items of a list may stand under a figure."""
    return hit.concept in WITH_LISTS and not hit.category

"""The items that a sentence lists under a total: 其中政策文件30条、通知公告50条; 含15条政府文件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.narrative.checks import CATEGORY
from pipeline.narrative.hits import Hit, counted
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import CHANNELS, rules

_LONGEST_NAMES = 100  # characters of the names that share a 分别
_THROUGH = re.compile("通过|利用|依托|借助")
_JOINED = re.compile("[、,]|以及|和|及|与")


def list_items(passage: Passage, start: int, intro: str = "intro") -> Iterator[Hit]:
    """The items that follow a total, up to the first thing that is no item.

    Names stand before their numbers or behind them, the same in all of a list. Categories may
    follow channels, not channels categories: those are as often outside the total as in it.
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
        if known.words["stop_start"].match(name) or known.words["stop_in"].search(name):
            return
        channel = _channel_of(name)
        # 其中通过网站公布要闻3条、动态5条: where all of the list was disclosed.
        via = known.words["via"].match(name) if at == opened.end() and not channel else None
        if (categories and channel) or (not channel and not via and _THROUGH.match(name)):
            return
        categories = not channel
        concept = channel or CATEGORY
        named = concept in (CATEGORY, CHANNELS["other_channel"])
        first = match.start("name") + (via.end() if via else 0)
        category = _category(passage, first, match.end("name")) if named else ""
        hit = counted(concept, match, passage, match.start(), match.end(), category)
        if hit is None:
            return
        yield hit
        at = match.end()


def respective(
    passage: Passage, counts: Sequence[re.Match[str]], at: int
) -> tuple[list[Hit], int] | None:
    """The figures of 网站、微信分别发布92条、306条, and how many of the numbers share such words.

    Channels or disputes, as many names as numbers; no figure where that cannot be told. None for a
    number of its own.
    """
    start = counts[at].start()
    window = max(0, start - _LONGEST_NAMES)
    said = rules().words["respectively"].search(passage.text, window, start)
    if not said:
        return None
    numbers = [counts[at]]
    for count in islice(counts, at + 1, None):
        if not _JOINED.fullmatch(passage.text, numbers[-1].end(), count.start()):
            break
        numbers.append(count)
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

"""The items that a sentence lists under a total: 其中政策文件30条、通知公告50条."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.narrative.checks import CATEGORY
from pipeline.narrative.hits import Hit, read_hit
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import CHANNELS, rules

_ORDINAL = re.compile(r"^[一二三四五六七八九十]{1,2}是(?:主动公开|公开|发布)?(?=..)")


def list_items(passage: Passage, start: int) -> Iterator[Hit]:
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
        if concept == CATEGORY and re.match("通过|利用|依托|借助", name):
            return
        kinds.add(concept == CATEGORY)
        hit = read_hit(concept, found, passage)
        # After categories a channel is as often outside the total as in it.
        if hit is None or len(kinds) > 1:
            return
        named = concept in (CATEGORY, CHANNELS["other_channel"])
        yield replace(hit, category=_printed_name(passage, found) if named else "")
        at = found.end()


def _printed_name(passage: Passage, found: re.Match[str]) -> str:
    """The item's name as printed, an aside in brackets included, 一是公开 not."""
    start, end = found.span("name")
    name = "".join(passage.source[passage.at[start] : passage.at[end]].split())
    return _ORDINAL.sub("", name)


def _item_concept(name: str) -> str:
    """A list by channel gives the channels' figures, any other list categories."""
    words = rules().words
    channels = [key for key in CHANNELS if words[f"{key}_item"].fullmatch(name)]
    return CHANNELS[channels[0]] if len(channels) == 1 else CATEGORY

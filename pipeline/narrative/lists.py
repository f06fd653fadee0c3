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
    words, item = rules().words, rules().item
    intro = words["intro"].match(passage.text, start)
    if not intro:
        return
    at = intro.end()
    kinds: set[bool] = set()
    while match := item.match(passage.text, at):
        name = match["name"]
        if words["stop_start"].match(name) or words["stop_in"].search(name):
            return
        # A list by channel gives the channels' figures, any other list categories.
        channels = [key for key in CHANNELS if words[f"{key}_item"].fullmatch(name)]
        concept = CHANNELS[channels[0]] if len(channels) == 1 else CATEGORY
        if concept == CATEGORY and re.match("通过|利用|依托|借助", name):
            return
        kinds.add(concept == CATEGORY)
        hit = read_hit(concept, match, passage)
        # After categories a channel is as often outside the total as in it.
        if hit is None or len(kinds) > 1:
            return
        category = ""
        if concept in (CATEGORY, CHANNELS["other_channel"]):
            # As printed, an aside in brackets included, 一是公开 not.
            begin, end = (passage.at[place] for place in match.span("name"))
            category = _ORDINAL.sub("", "".join(passage.source[begin:end].split()))
        yield replace(hit, category=category)
        at = match.end()

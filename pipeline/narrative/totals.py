"""What a figure counts, told by the words before it: the organ's total, one channel's, a part."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline import doubt
from pipeline.narrative.checks import TOTAL
from pipeline.narrative.hits import Hit, clause_before, doubted
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import CHANNELS, Wording, compiled, rules
from pipeline.text import COUNT_UNIT


def placed(wording: Wording, hit: Hit, passage: Passage, taken: list[Hit]) -> Hit | None:
    """The hit as the concept it really is, given what stands before it; None to drop it."""
    if wording.after:
        earlier = [other for other in taken if wording.after == other.concept]
        earlier = [other for other in earlier if other.stop <= hit.first]
        if not earlier:
            return None
        rival = wording.reject_between
        between = passage.text[max(other.stop for other in earlier) : hit.first]
        return None if rival and compiled(rival).search(between) else hit
    if wording.channel:
        clause = clause_before(passage.text, hit.start)
        since_last_figure = re.split(rf"\d+(?:{COUNT_UNIT})", clause)[-1]
        several = rules().words["several"].search(since_last_figure)
        return hit if len(_channels_in(since_last_figure)) == 1 and not several else None
    return _placed_total(hit, passage, taken) if hit.concept == TOTAL else hit


def _channels_in(words: str) -> set[str]:
    return {concept for name, concept in CHANNELS.items() if rules().words[name].search(words)}


def _placed_total(hit: Hit, passage: Passage, taken: list[Hit]) -> Hit | None:
    """A total of the organ, a total of one channel, a doubtful total, or nothing.

    Only who and when may stand before a total. A topic before it makes it a part; with 主动公开 it
    is kept and doubted, otherwise dropped.
    """
    words = rules().words
    text = passage.text
    verb_only = re.match(r"主动公开(?!了|的?(?:各类|政府|政务|信息))", text[hit.first :])
    if verb_only and any(other.concept == "nar_docs_issued" for other in taken):
        return None
    prefix = clause_before(text, hit.first)
    before = text[: hit.first - len(prefix)].rstrip(",;:")
    previous = clause_before(before, len(before))
    through = words["through"].search(prefix) or re.match("通过|在|利用|依托|借助", previous)
    said = previous + prefix if through and not words["through"].search(prefix) else prefix
    channels = _channels_in(said) if through or _channels_in(prefix) else set()
    if len(channels) == 1 and not words["several"].search(said):
        other = words["other_channel"].search(said)
        return replace(hit, concept=channels.pop(), category=other.group() if other else "")
    bare = words["through"].sub("", prefix)
    parts = (("topic", prefix), ("topic_clause", previous))
    topical = any(words[kind].search(words["not_topic"].sub("", part)) for kind, part in parts)
    if words["neutral"].fullmatch(bare) and not topical:
        return hit
    return doubted(hit, doubt.SCOPE) if text.startswith("主动", hit.first) else None

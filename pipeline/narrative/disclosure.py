"""What was disclosed: which figure a number is, told by where, by whom and of what.

One channel's count, the organ's total, a doubtful total, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline import doubt
from pipeline.narrative.checks import TOTAL
from pipeline.narrative.hits import WINDOW, Hit, clause_before, clauses, counted, doubted, opening
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import CHANNELS, rules

_FIGURE = re.compile(r"\d+(?:[件条篇个项次则期份]|万?[余多]?[件条篇则期份])")
_REQUESTS = ("nar_req_received", "nar_req_replied")
_THROUGH = re.compile("通过|利用|依托|借助|运用")


class _Said(NamedTuple):
    """The words that name a figure: where they begin and end, and how much they say.

    `verb` is own for 主动公开, year for 发布 and 公布, verb for others; `object` whether it is
    information itself (信息) or only a message (文章), or nothing.
    """

    first: int
    stop: int
    verb: str
    object: str
    about: bool = False  # more is said of the information than that it is the government's


class _Where(NamedTuple):
    """The words before the verb: who, when, where and of what.

    `clause` is what stands before the verb in its clause, `since` what follows the last number
    there, `previous` the clause before. `place` says where, in `channels`, or is empty.
    """

    clause: str
    since: str
    previous: str
    place: str
    channels: set[str]
    several: bool  # more than one place: 等平台, 多种渠道
    unsure: bool  # a place is named further before, and may be meant


def disclosed(
    count: re.Match[str], passage: Passage, taken: Sequence[Hit], heading: str
) -> Hit | None:
    """The figure of what was disclosed that a number below a heading is, if it is one."""
    words, text = rules().words, passage.text
    if not words["units"].fullmatch(count["unit"]):
        return None
    start = opening(count)
    clause = clause_before(text, start)
    said = _grown(count, text, start)
    if said is None and words["not_disclosed"].search(clause):
        return None
    said = said or _said(count, text, start)
    if said is None:
        return _bare_channel(count, passage, clause, start)
    if words["not_behind"].match(text, said.stop):
        return None
    # 收到申请7件,已通过网站公开1件: what came of the requests.
    if words["answered"].search(clause) and any(
        hit.concept in _REQUESTS and hit.unit == count["unit"] for hit in taken
    ):
        return None
    where = _where(text, said)
    if len(where.channels) == 1 and not where.several:
        return _of_a_channel(count, passage, said, where)
    through = None if where.channels or where.several else words["through"].search(where.place)
    if through and (device := words["device_named"].fullmatch(through.group())):
        return _of_a_device(count, passage, said, device["name"])
    if said.verb != "own" and where.channels and CHANNELS["website"] not in where.channels:
        return None  # 微信、视频号等平台发布信息100条 is no total of all
    if said.object != "information" and not (said.verb == "own" and not said.object):
        return None
    # What stands below 重点领域信息公开 or 微信公众号 is of that, whatever the sentence says.
    subject = words["not_topic"].sub("", heading)
    channels = _channels_in(subject)
    if len(channels) == 1 and said.verb != "own" and not through and not where.several:
        hit = counted(channels.pop(), count, passage, said.first, said.stop)
        return doubted(hit, doubt.SCOPE) if hit else None
    part = said.about or channels or words["topic"].search(subject)
    unknown = through and (
        _THROUGH.match(through.group()) or words["device"].search(through.group())
    )
    certain = not (part or unknown or where.unsure or _goes_on(text, said))
    return _total(count, passage, said, where, taken, certain=certain)


def _where(text: str, said: _Said) -> _Where:
    """What the words before the verb say of where it was disclosed."""
    words = rules().words
    clause = clause_before(text, said.first)
    since = _FIGURE.split(clause)[-1]
    begin = said.first - len(clause)
    before = text[max(0, begin - WINDOW) : begin].rstrip(",;:")
    previous = clause_before(before, len(before))
    place = since if words["through"].search(since) or _channels_in(since) else ""
    unsure = False
    if not place:
        # 依托微信等平台,创新形式,全年发布信息12条: where may be said before the clause before.
        lead = clauses(_FIGURE.split(before)[-1])
        named = next((each for each in reversed(lead) if _names_a_place(each)), "")
        far = bool(named) and said.verb == "own" and named != lead[-1]
        unsure = far and not words["several"].search(named)
        # 微信公众号作用明显,全年推送信息40条 is the channel's.
        beside = _channels_in(lead[-1]) if said.verb != "own" else set()
        unsure = unsure or (bool(beside) and CHANNELS["website"] not in beside)
        place = named + since if named and not far else ""
    several = words["several"].search(place) is not None
    return _Where(clause, since, previous, place, _channels_in(place), several, unsure)


def _of_a_channel(count: re.Match[str], passage: Passage, said: _Said, where: _Where) -> Hit | None:
    """The count of the one channel that is named; nothing where it is one of a topic."""
    words = rules().words
    if said.about or words["topic"].search(words["not_topic"].sub("", where.since)):
        return None
    (concept,) = where.channels
    other = words["other_channel"].search(where.place)
    category = other.group() if other and concept == CHANNELS["other_channel"] else ""
    return counted(concept, count, passage, said.first, said.stop, category)


def _of_a_device(count: re.Match[str], passage: Passage, said: _Said, name: str) -> Hit | None:
    """The count of another channel by its printed name: 镇“三务公开”平台."""
    at = passage.text.rfind(name, 0, said.first)
    printed = passage.printed(at, at + len(name)) if at >= 0 else name  # names are masked
    concept = CHANNELS["other_channel"]
    return counted(concept, count, passage, said.first, said.stop, printed)


def _goes_on(text: str, said: _Said) -> bool:
    """Whether a sentence only goes on from another, as a part of what that one counts."""
    return text.startswith("其中", 0, said.first)


def _said(count: re.Match[str], text: str, start: int) -> _Said | None:
    """The words that say of a number that it was disclosed, in any order."""
    words = rules().words
    begin, stop = max(0, start - WINDOW), count.end()
    if found := words["noun_first"].search(text, begin, start):
        verb = "own" if "主动" in found.group() else "verb"
        return _Said(found.start(), stop, verb, "information")
    if found := words["verb_first"].search(text, begin, start):
        verb = next(key for key in ("own", "year", "verb") if found[key])
        named = found["object"] or ""
        if named:
            plain = named.startswith("信息") or "政府信息" in named
            return _Said(found.start(), stop, verb, "information" if plain else "message")
        behind = words["information_behind"].match(text, stop) if text[start - 1] != "的" else None
        if behind:
            return _Said(found.start(), behind.end(), verb, "information")
        return _Said(found.start(), stop, verb, "")
    if found := words["about_something"].search(text, begin, start):
        return _Said(found.start(), stop, "own", "information", about=True)
    behind = words["information_opened"].match(text, stop)
    opens = words["number_opens"].search(text, begin, start)
    if behind and (opens or start == 0):
        first = opens.start() if opens else start
        verb = "own" if "主动" in behind.group() else "verb"
        return _Said(first, behind.end(), verb, "information")
    return None


def _grown(count: re.Match[str], text: str, start: int) -> _Said | None:
    """What the year's count grew or fell to: 公开信息由去年的100条增加到123条."""
    words = rules().words
    found = words["grown"].search(text, max(0, start - WINDOW), start)
    if not found or words["grown_not"].search(clause_before(text, found.start()) + found.group()):
        return None
    return _Said(found.start(), count.end(), "own", "information")


def _names_a_place(clause: str) -> bool:
    """Whether a clause says no more than where: 通过网站, 政务微博“某某”."""
    words = rules().words
    return words["placed"].search(clause) is not None or any(
        words[f"{key}_item"].fullmatch(clause) for key in CHANNELS
    )


def _channels_in(said: str) -> set[str]:
    return {concept for name, concept in CHANNELS.items() if rules().words[name].search(said)}


def _bare_channel(count: re.Match[str], passage: Passage, clause: str, start: int) -> Hit | None:
    """微博12条: a channel right before its number."""
    words = rules().words
    if not words["own_units"].fullmatch(count["unit"]):
        return None
    since = _FIGURE.split(clause)[-1]
    if words["several"].search(since):
        return None
    channels = [name for name in CHANNELS if words[name].search(since)]
    named = words[f"bare_{channels[0]}"].search(since) if len(channels) == 1 else None
    if not named:
        return None
    concept = CHANNELS[channels[0]]
    category = named["name"] if concept == CHANNELS["other_channel"] else ""
    first = start - len(since) + named.start()
    return counted(concept, count, passage, first, count.end(), category)


def _total(
    count: re.Match[str],
    passage: Passage,
    said: _Said,
    where: _Where,
    taken: Sequence[Hit],
    *,
    certain: bool,
) -> Hit | None:
    """A total of the organ, certain or not, or nothing.

    Only who and when may stand before a total. A topic before it makes it a part; with 主动公开 it
    is kept and doubted, otherwise dropped.
    """
    words, text = rules().words, passage.text
    units = words["total_units"] if said.object else words["own_units"]
    if not units.fullmatch(count["unit"]):
        return None
    own = said.verb == "own"
    if own and not said.object and any(hit.concept == "nar_docs_issued" for hit in taken):
        return None
    # 信息发布100条,概况类信息更新10条: what every website counts of itself.
    if text.startswith("信息", said.first) and words["of_a_website"].match(text, said.stop):
        return None
    if said.verb == "year" and not words["year_words"].search(
        text[max(0, said.first - WINDOW) : said.first]
    ):
        return None
    hit = counted(TOTAL, count, passage, said.first, said.stop)
    bare = words["through"].sub("", where.clause)
    parts = [("topic", where.clause), ("topic_clause", where.previous)]
    # 环境信息公开情况:公开信息20条 is of a topic as well.
    if words["titled"].search(where.previous):
        parts.append(("topic", where.previous))
    topical = any(words[kind].search(words["not_topic"].sub("", part)) for kind, part in parts)
    if hit and certain and words["neutral"].fullmatch(bare) and not topical:
        return hit
    return doubted(hit, doubt.SCOPE) if hit and own else None

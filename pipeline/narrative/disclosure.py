"""What was disclosed: which figure a number is, told by where, by whom and of what.

One channel's count, the organ's total, a doubtful total, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline import doubt
from pipeline.narrative.checks import TOTAL
from pipeline.narrative.hits import Hit, clause_before, counted, doubted, opening
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import CHANNELS, rules

_WINDOW = 80  # characters before a number in which its verb and its object stand
_FIGURE = re.compile(r"\d+(?:[件条篇个项次则期份])")
_THROUGH = re.compile("通过|利用|依托|借助|运用")


class _Said(NamedTuple):
    """The words that name a figure: where they begin and end, and how much they say.

    `verb` is own for 主动公开, year for 发布 and 公布, verb for others; `object` whether it names
    信息 itself or only 文章, or nothing.
    """

    first: int
    stop: int
    verb: str
    object: str
    about: bool = False  # more is said of the information than that it is the government's


def disclosed(
    count: re.Match[str], passage: Passage, taken: Sequence[Hit], heading: str
) -> Hit | None:
    """The figure of what was disclosed that a number below a heading is, if it is one."""
    words, text = rules().words, passage.text
    start = opening(count)
    clause = clause_before(text, start)
    if not words["units"].fullmatch(count["unit"]):
        return None
    said = _grown(count, text, start)
    if said is None and words["not_disclosed"].search(clause):
        return None
    said = said or _said(count, text, start)
    if said and words["not_behind"].match(text, said.stop):
        return None
    if said is None:
        return _bare_channel(count, passage, clause, start)
    prefix = clause_before(text, said.first)
    since = _FIGURE.split(prefix)[-1]
    before = text[max(0, said.first - len(prefix) - _WINDOW) : said.first - len(prefix)]
    previous = clause_before(before.rstrip(",;:"), len(before.rstrip(",;:")))
    place = since if words["through"].search(since) or _channels_in(since) else ""
    if not place and not _FIGURE.search(previous) and _names_a_place(previous):
        place = previous + since
    channels = _channels_in(place)
    several = words["several"].search(place) is not None
    if len(channels) == 1 and not several:
        if said.about or words["topic"].search(words["not_topic"].sub("", since)):
            return None
        (concept,) = channels
        other = words["other_channel"].search(place)
        category = other.group() if other and concept == CHANNELS["other_channel"] else ""
        return counted(concept, count, passage, said.first, said.stop, category)
    through = None if channels or several else words["through"].search(place)
    device = through and words["device_named"].fullmatch(through.group())
    if device:
        concept, name = CHANNELS["other_channel"], device["name"]
        at = text.rfind(name, 0, said.first)
        printed = passage.printed(at, at + len(name)) if at >= 0 else name  # names are masked
        return counted(concept, count, passage, said.first, said.stop, printed)
    if said.object != "information" and not (said.verb == "own" and not said.object):
        return None
    # What stands below 重点领域信息公开 or 微信公众号 is of that, whatever the sentence says.
    subject = _channels_in(words["not_topic"].sub("", heading))
    if len(subject) == 1 and said.verb != "own" and not through and not several:
        hit = counted(subject.pop(), count, passage, said.first, said.stop)
        return doubted(hit, doubt.SCOPE) if hit else None
    certain = not said.about and not _names_a_part(heading)
    if through:
        named = _THROUGH.match(through.group()) or words["device"].search(through.group())
        certain = certain and not named
    return _total(count, passage, said, prefix, previous, taken, certain=certain)


def _said(count: re.Match[str], text: str, start: int) -> _Said | None:
    """The words that say of a number that it was disclosed, in any order."""
    words = rules().words
    begin, stop = max(0, start - _WINDOW), count.end()
    if found := words["noun_first"].search(text, begin, start):
        verb = "own" if "主动" in found.group() else "verb"
        return _Said(found.start(), stop, verb, "information")
    if found := words["verb_first"].search(text, begin, start):
        verb = next(key for key in ("own", "year", "verb") if found[key])
        named = found["object"] or ""
        kind = (
            ("information" if named.startswith("信息") or "政府信息" in named else "message")
            if named
            else ""
        )
        noun = not kind and text[start - 1] != "的"
        behind = words["information_behind"].match(text, stop) if noun else None
        if behind:
            return _Said(found.start(), behind.end(), verb, "information")
        return _Said(found.start(), stop, verb, kind)
    if found := words["about_something"].search(text, begin, start):
        return _Said(found.start(), stop, "own", "information", about=True)
    behind = words["information_opened"].match(text, stop)
    opens = words["number_opens"].search(text, begin, start)
    if behind and (opens or start == 0):
        first = opens.start() if opens else start
        return _Said(
            first, behind.end(), "own" if "主动" in behind.group() else "verb", "information"
        )
    return None


def _grown(count: re.Match[str], text: str, start: int) -> _Said | None:
    """What the year's count grew or fell to: 公开信息由去年的100条增加到123条."""
    words = rules().words
    found = words["grown"].search(text, max(0, start - _WINDOW), start)
    if not found or words["grown_not"].search(clause_before(text, found.start()) + found.group()):
        return None
    return _Said(found.start(), count.end(), "own", "information")


def _names_a_place(clause: str) -> bool:
    """Whether a clause says no more than where: 通过网站, 政务微博“某某”."""
    words = rules().words
    return words["placed"].search(clause) is not None or any(
        words[f"{key}_item"].fullmatch(clause) for key in CHANNELS
    )


def _names_a_part(heading: str) -> bool:
    """Whether a heading is of a topic or of a channel, and not of all that is disclosed."""
    words = rules().words
    plain = words["not_topic"].sub("", heading)
    return bool(words["topic"].search(plain) or _channels_in(plain))


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
    found = [
        (concept, match)
        for name, concept in CHANNELS.items()
        if len(_channels_in(since)) == 1
        for match in re.finditer(rf"{words[name].pattern}{words['bare'].pattern}", since)
    ]
    if len(found) != 1:
        return None
    ((concept, match),) = found
    first = start - len(since) + match.start()
    category = match["part"] if concept == CHANNELS["other_channel"] else ""
    return counted(concept, count, passage, first, count.end(), category)


def _total(
    count: re.Match[str],
    passage: Passage,
    said: _Said,
    prefix: str,
    previous: str,
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
    if said.verb == "year" and not words["year_words"].search(
        text[max(0, said.first - _WINDOW) : said.first]
    ):
        return None
    certain = certain and not text.startswith("其中", 0, said.first)  # a part of what is not said
    hit = counted(TOTAL, count, passage, said.first, said.stop)
    bare = words["through"].sub("", prefix)
    parts = [("topic", prefix), ("topic_clause", previous)]
    # 环境信息公开情况:公开信息20条 is of a topic as well.
    if words["titled"].search(previous):
        parts.append(("topic", previous))
    topical = any(words[kind].search(words["not_topic"].sub("", part)) for kind, part in parts)
    if hit and certain and words["neutral"].fullmatch(bare) and not topical:
        return hit
    return doubted(hit, doubt.SCOPE) if hit and own else None

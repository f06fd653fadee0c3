"""How near printed words are to the label of a row of the form: the one place that weighs them."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from pipeline.forms import Heading


class Nearness(IntEnum):
    """What words can be to a label, the nearest first."""

    SAME = 0
    DAMAGED = 1  # some characters lost, or one another: 规范性文件 printed 规范文件
    ALIKE = 2  # 其他法律行政止公开
    PART = 3  # half a label, left by a page break
    FAR = 4


# The least share of characters in common, in order, that makes words alike, or a part.
_ALIKE, _PART = 0.6, 0.3
# By how much the likest label must be ahead of the next to be the one that is meant.
AHEAD = 0.2
# Characters; in shorter labels one makes another word (上年, 本年).
_LONG = 6
# Characters that turn a label into another when lost or put: 上年 for 本年, 明确 for 不明确.
_TELLING = frozenset("上本下去前次不未无非其半全")


def nearness(words: str, row: Heading) -> Nearness:
    """What the words are to the nearest label of the row."""
    if words in row.labels:
        return Nearness.SAME
    share = likeness(words, row)
    if share >= _ALIKE:
        damaged = any(_is_damaged(words, text) for text in row.labels)
        return Nearness.DAMAGED if damaged else Nearness.ALIKE
    within = any(text in words for text in row.labels)
    return Nearness.PART if within or share >= _PART else Nearness.FAR


def likeness(words: str, row: Heading) -> float:
    """The share of characters that the words have in common with the likest label of the row."""
    return max(_ratio(words, text) for text in row.labels)


@lru_cache(maxsize=10_000)
def _ratio(words: str, text: str) -> float:
    matcher = SequenceMatcher(None, words, text, autojunk=False)
    # Far below, the exact share does not matter, and it is slow to find.
    return matcher.ratio() if matcher.quick_ratio() >= _PART else 0.0


def _is_damaged(words: str, text: str) -> bool:
    """Whether words are a long label with some characters lost, or one another.

    Added characters make another row of them: 非行政规范性文件.
    """
    if len(text) < _LONG:
        return False
    if len(words) == len(text):
        pairs = [(a, b) for a, b in zip(words, text, strict=True) if a != b]
        return len(pairs) == 1 and _TELLING.isdisjoint(pairs[0])
    rest = iter(text)
    lost = Counter(text) - Counter(words)
    return all(character in rest for character in words) and _TELLING.isdisjoint(lost)

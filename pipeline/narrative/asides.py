"""What stands in brackets beside a figure of prose → the doubts it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.narrative.hits import Hit
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import rules
from pipeline.text.notes import is_harmless

_COUNT = re.compile("[1-9][0-9]*(?:件|条|宗|份|起|例|次|项)")


def aside_doubts(hit: Hit, passage: Passage) -> Iterator[Kind]:
    """A doubt for each aside that may move, narrow or correct the figure: 132条（应为150条）.

    Behind the numeral everything may that is not known to leave it what it is; in the words that
    name the figure stand names too, so that only known words do.
    """
    words = rules().words
    for place, said in passage.asides:
        behind = hit.value and hit.end <= place <= hit.stop
        moved = hit.first <= place <= hit.stop and words["moves_aside"].search(said)
        # 未收到申请（含2件）: a zero has no parts.
        holds = not hit.value and hit.first <= place <= hit.stop and _COUNT.search(said)
        if moved or behind or holds:
            if behind and _leaves(said, hit.value):
                continue
            yield doubt.PERIOD if words["time_aside"].search(said) else doubt.SCOPE


def _leaves(said: str, figure: Decimal) -> bool:
    words = rules().words
    if is_harmless(said, figure) or words["before_aside"].fullmatch(said):
        return True
    if words["moves_aside"].search(said) and not words["compared_aside"].match(said):
        return False
    if words["parts_aside"].fullmatch(said):
        return sum(map(int, re.findall(r"\d+", said))) <= figure
    return words["plain_aside"].match(said) is not None

"""The numbers of prose that could be figures of disclosure and are none of the year's.

No rule claims them, or their words give them to another time: that was understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline import doubt
from pipeline.doubt import Doubt, Kind
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import rules

_MOST_NAMED = 5  # of the numbers; a finding is a line for people
_BEFORE = 12  # characters before a number that tell what sort of number it is


class Unclaimed(NamedTuple):
    """A number with its unit as printed, its place, and whether its words say another time."""

    printed: str
    where: str
    another_time: bool = False

    @staticmethod
    def doubts(found: Sequence[Unclaimed]) -> tuple[Doubt, ...]:
        """A doubt for those of another time and one for the rest, each where there are any."""
        told = [each for each in found if each.another_time]
        unclaimed = [each for each in found if not each.another_time]
        return (
            *_doubt(doubt.UNCLAIMED_FIGURES, "are claimed by no rule", unclaimed),
            *_doubt(doubt.OTHER_TIME_FIGURES, "stand in words on another time", told),
        )


def _doubt(kind: Kind, what: str, found: Sequence[Unclaimed]) -> tuple[Doubt, ...]:
    """One doubt for all of them, that names the first ones; none where there are none."""
    if not found:
        return ()
    named = ", ".join(f"{each.printed} ({each.where})" for each in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    words = f"{len(found)} numbers of the prose {what}: {named}{more}"
    return (Doubt(kind, words, found[0].where),)


def may_be_a_figure(count: re.Match[str], passage: Passage) -> bool:
    """Whether a number counts what disclosure is counted in, in a sentence on it.

    Dates, shares, documents' and telephone numbers have no such unit; 第12条 of a law, what a name
    in quotes holds and numbers in words (一次) are none either.
    """
    words = rules().words
    if not count["n"][0].isascii() or not words["counted_in"].fullmatch(count["unit"]):
        return False
    start = count.start("n")
    if words["no_figure_before"].search(passage.text, max(0, start - _BEFORE), start):
        return False
    return words["on"].search(passage.text) is not None

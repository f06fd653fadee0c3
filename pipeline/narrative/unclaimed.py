"""The numbers of prose that could be figures of disclosure and are claimed by no rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import rules

_MOST_NAMED = 5  # of the numbers; a finding is a line for people
_BEFORE = 12  # characters before a number that tell what sort of number it is


class Unclaimed(NamedTuple):
    """A number with its unit as printed, and its place."""

    printed: str
    where: str

    @staticmethod
    def doubts(found: Sequence[Unclaimed]) -> tuple[Doubt, ...]:
        """One doubt for all of them, that names the first ones; none where there are none."""
        if not found:
            return ()
        named = ", ".join(f"{each.printed} ({each.where})" for each in found[:_MOST_NAMED])
        more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        words = f"{len(found)} numbers of the prose are claimed by no rule: {named}{more}"
        return (Doubt(doubt.UNCLAIMED_FIGURES, words, found[0].where),)


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

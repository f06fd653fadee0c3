"""Is this document one organ's annual report? Why not, and what to do, when it is none.

Everything that speaks for a report or against it is a `Sign` with a weight (`weights.csv`); a
document is a report when enough speaks for it. `genre.toml` lists the documents that say in their
title what they are, and the words by which the other signs are known.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.genre.against import signs_against
from pipeline.genre.shape import shape_of
from pipeline.genre.signs import Refusal, Sign, Weighing
from pipeline.genre.speaks_for import signs_for
from pipeline.model import Identity
from pipeline.outline import Outline
from pipeline.recognise import Reading

__all__ = ["Refusal", "Sign", "Weighing", "refusal", "weighed"]


def weighed(outline: Outline, readings: Sequence[Reading], identity: Identity) -> Weighing:
    """What speaks for a document's being one organ's annual report, and what against."""
    shape = shape_of(outline, readings)
    good = signs_for(outline, readings, shape)
    bad = signs_against(outline, readings, identity, shape)
    return Weighing((*good, *bad))


def refusal(outline: Outline, readings: Sequence[Reading], identity: Identity) -> Refusal | None:
    """Why a document yields no report; None when it is one."""
    return weighed(outline, readings, identity).refusal

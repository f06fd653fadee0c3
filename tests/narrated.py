"""Prose of a few sentences, as it is read."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.judge import finding
from pipeline.model import Document, Finding, NarrativeFigure, Paragraph
from pipeline.narrative import checks, narrated
from pipeline.outline import outline_of


def check_narrative(figures: Sequence[NarrativeFigure]) -> tuple[Finding, ...]:
    """What the prose says of itself, as the findings that say it."""
    return tuple(finding(known) for known in checks.check_narrative(figures))


def read_from(*texts: str) -> tuple[NarrativeFigure, ...]:
    blocks = tuple(Paragraph(text, f"line {index}") for index, text in enumerate(texts, 1))
    return narrated(outline_of(Document("a.txt", "txt", blocks))).figures


def values(text: str) -> list[tuple[str, int]]:
    """Every figure of one paragraph as (concept without nar_, value)."""
    return [(f.concept.removeprefix("nar_"), int(f.value)) for f in read_from(text)]

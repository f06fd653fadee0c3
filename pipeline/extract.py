"""The spine for one document: path in, reports out. Pure, so that any executor can map it."""

from __future__ import annotations

from pathlib import Path

from pipeline import narrative
from pipeline.errors import NotAReport
from pipeline.genre import Weighing, refusal, weighed
from pipeline.identify import identify
from pipeline.judge import judge
from pipeline.model import Document, Report
from pipeline.outline import outline_of
from pipeline.readers import read
from pipeline.recognise import recognise
from pipeline.reference import load_regions


def extract(
    path: Path | str,
    name: str | None = None,
    regions_file: Path | None = None,
    *,
    infer_units: bool = False,
) -> tuple[Report, ...]:
    """The reports that a file holds.

    `name` stands for the file in messages and results; `regions_file` adds regions to the national
    ones. With `infer_units`, a missing unit of procurement is inferred where only one is plausible.
    Raises UnreadableDocument or NotAReport, which name the file, the reason and the remedy.
    """
    return interpret(read(Path(path), name or str(path)), regions_file, infer_units=infer_units)


def interpret(
    document: Document, regions_file: Path | None = None, *, infer_units: bool = False
) -> tuple[Report, ...]:
    """The reports of a document that has been read. Raises NotAReport."""
    outline = outline_of(document)
    identity = identify(outline, load_regions(regions_file))
    readings = recognise(outline)
    if refused := refusal(outline, readings, identity):
        raise NotAReport(document.file, refused.reason, refused.remedy)
    narration = narrative.narrated(outline)
    return (judge(outline, identity, readings, narration, infer_units=infer_units),)


def weighing(document: Document, regions_file: Path | None = None) -> Weighing:
    """What speaks for a document's being one organ's annual report, and what against."""
    outline = outline_of(document)
    identity = identify(outline, load_regions(regions_file))
    return weighed(outline, recognise(outline), identity)

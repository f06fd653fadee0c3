"""The spine for one document: path in, reports out. Pure, so that any executor can map it."""

from __future__ import annotations

from pathlib import Path

from pipeline import identify, narrative
from pipeline.errors import NotAReport
from pipeline.genre import refusal
from pipeline.judge.foreign import attribute
from pipeline.judge.plausible import doubted
from pipeline.judge.residue import lost
from pipeline.judge.rules import check
from pipeline.judge.year import year_doubts
from pipeline.model import Document, Report
from pipeline.narrative.checks import check_narrative, explain_received
from pipeline.outline import outline_of
from pipeline.readers import read
from pipeline.recognise import Recognition, recognise
from pipeline.recognise.values import fact, with_inferred_units
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
    return explained(document, regions_file, infer_units=infer_units)[1]


def explained(
    document: Document, regions_file: Path | None = None, *, infer_units: bool = False
) -> tuple[Recognition, tuple[Report, ...]]:
    """What the forms explain of a document that has been read, and its reports.

    Raises NotAReport.
    """
    outline = outline_of(document)
    identity = identify.identify(outline, load_regions(regions_file))
    attribution = attribute(outline, identity)
    recognition = recognise(document, foreign=attribution.cells)
    if refused := refusal(outline, recognition, identity):
        raise NotAReport(document.file, refused.reason, refused.remedy)
    matches, foreign = attribution.matches(recognition.matches)
    facts = tuple(fact(match) for match in matches)
    checked = check(with_inferred_units(facts) if infer_units else facts, recognition.partial)
    known, doubts = doubted(checked.facts, identity)
    figures = attribution.figures(narrative.figures(outline))
    findings = (
        *document.findings,
        *identify.conflicts(identity),
        *year_doubts(outline, recognition, identity),
        *recognition.findings,
        *foreign,
        *lost(document, recognition, known),
        *checked.findings,
        *doubts,
        *check_narrative(figures),
        *explain_received(figures, known),
    )
    report = Report(
        document.file,
        document.format,
        outline.title,
        identity,
        known,
        figures,
        findings,
        recognition.forms,
    )
    return recognition, (report,)

"""What the verbs for single documents ask of the process that reads them.

The libraries that read are loaded there; this process needs none of them.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli import export
from pipeline.errors import NotAReport
from pipeline.paths import regions_file

if TYPE_CHECKING:
    from pipeline.genre import Weighing
    from pipeline.model import Document, Report


@dataclass(frozen=True, slots=True)
class Asked:
    """A document as the command line names it, and what is wanted of it."""

    file: str
    path: Path
    narrative: bool = False
    infer_units: bool = False
    for_excel: bool = False


def header(narrative: bool) -> str:
    """The first line of what `rows` gives."""
    out = io.StringIO()
    export.write((), out, narrative=narrative)
    return out.getvalue()


def rows(asked: Asked) -> str:
    """CSV without its header. Raises DisclosureError."""
    out = io.StringIO()
    export.write(judged(asked), out, narrative=asked.narrative, for_excel=asked.for_excel)
    return out.getvalue().removeprefix(header(asked.narrative))


def judged(asked: Asked) -> tuple[Report, ...]:
    """The reports that the document holds. Raises DisclosureError."""
    from pipeline.extract import extract

    regions = regions_file(asked.path.parent)
    return extract(asked.path, asked.file, regions, infer_units=asked.infer_units)


@dataclass(frozen=True, slots=True)
class Explained:
    """A document as read, what spoke for and against a report, its reports or why it has none."""

    document: Document
    weighing: Weighing
    reports: tuple[Report, ...]
    refused: NotAReport | None


def explained(asked: Asked) -> Explained:
    """Everything that is known of the document. Raises UnreadableDocument."""
    from pipeline.extract import interpret, weighing
    from pipeline.readers import read

    document, regions = read(asked.path, asked.file), regions_file(asked.path.parent)
    weighed = weighing(document, regions)
    try:
        return Explained(document, weighed, interpret(document, regions), None)
    except NotAReport as refused:
        return Explained(document, weighed, (), refused)

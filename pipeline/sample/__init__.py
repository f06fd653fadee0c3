"""The sample collection: five reports rebuilt from published figures, and a fictional county.

Its documents are written here and its truth is known here; nothing is shared with the code that
reads documents, so that reading the samples tests the reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.model import Status
from pipeline.sample.collection import documents, entries, files

__all__ = ["TruthCell", "remove", "truth", "write"]


@dataclass(frozen=True, slots=True)
class TruthCell:
    """What one cell of one document prints; `unit` is empty where the page does not tell it."""

    file: str
    organ: str
    region_code: str
    report_year: int
    concept: str
    applicant: str
    text: str
    status: Status
    value: Decimal | None
    unit: str


def truth() -> Iterator[TruthCell]:
    """Every printed cell of the collection, in the order of the forms."""
    for planned in documents():
        who = (planned.file, planned.organ, planned.code, planned.year)
        for (concept, applicant), entry in entries(planned).items():
            yield TruthCell(*who, concept, applicant, *entry)


def write(target: Path) -> list[Path]:
    """Write the collection into the folder `target`; the same bytes every time."""
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in files():
        path = target / name
        path.write_bytes(content)
        paths.append(path)
    return paths


def remove(target: Path) -> int:
    """Delete the files that `write` made and nobody has changed since; returns how many."""
    if not target.is_dir():
        return 0
    removed = 0
    for name, content in files():
        path = target / name
        if path.is_file() and path.read_bytes() == content:
            path.unlink()
            removed += 1
    if not any(target.iterdir()):
        target.rmdir()
    return removed

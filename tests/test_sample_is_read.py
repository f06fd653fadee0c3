"""Every document of the sample collection says what its generator printed, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from pipeline import sample
from pipeline.extract import extract
from pipeline.model import Status

FOLDER = Path(__file__).parents[1] / "data/raw/sample"
TRUTH: dict[str, list[sample.TruthCell]] = defaultdict(list)
for _cell in sample.truth():
    TRUTH[_cell.file].append(_cell)


@pytest.mark.parametrize("file", sorted(TRUTH))
def test_every_printed_cell_is_read(file):
    (report,) = extract(FOLDER / file, file, FOLDER / "regions.csv")
    first = TRUTH[file][0]
    identity = report.identity
    assert (identity.organ, identity.region_code, identity.report_year) == (
        first.organ,
        first.region_code,
        first.report_year,
    )
    read = {
        (fact.concept, fact.applicant): (fact.status, fact.value, fact.unit)
        for fact in report.facts
        if fact.status is not Status.DERIVED
    }
    printed = {
        (cell.concept, cell.applicant): (cell.status, cell.value, cell.unit) for cell in TRUTH[file]
    }
    assert read == printed

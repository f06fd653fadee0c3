"""What the pipeline makes of a folder of real pages, of which no one has said what is right.

    python -m tests.field DIR        (make field DIR=...)

Every file of a readable format in the folder and below it is read alone. Printed are the files
accepted and refused, the reasons counted; for each field of the identity how many reports have it,
doubt it or lack it; the cells of the tables by what stands for them; the figures of the prose that
a rule claims and those that none does. A folder gives the same lines each time.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pipeline.errors import InputError
from pipeline.extract import extract
from pipeline.forms import form
from pipeline.judge.sums import equations
from pipeline.model import Fact, Report, Scope, Status
from pipeline.readers import READERS
from pipeline.reference import is_central

# The fields of an identity, and the finding that doubts each.
FIELDS = {"organ": "M-ISSUER", "region": "M-PLACE", "report year": "M-YEAR", "scope": ""}
STATES = ("filled", "filled, doubted", "empty, doubted", "empty, no word", "none by right")
CELLS = (
    "in a sum of the form that holds",
    "a figure that no sum tells",
    "blank",
    "flagged",
    "unreadable",
)
_UNCLAIMED = "read_unclaimed_figures"


@dataclass(slots=True)
class Field:
    """Counts over a folder; `identities` by field and state, `cells` by one of CELLS."""

    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    identities: Counter[tuple[str, str]] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    claimed: int = 0
    claimed_doubted: int = 0
    unclaimed: int = 0


def main() -> int:
    """Exit status 1 where the folder has no file to read."""
    parser = argparse.ArgumentParser(prog="python -m tests.field")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    paths = readable(folder)
    if not paths:
        print(f"{folder}: no file of a format that can be read ({' '.join(READERS)})")
        return 1
    with ProcessPoolExecutor(2) as pool:
        print("\n".join(lines(counted(pool.map(outcome, paths, chunksize=4)))))
    return 0


def readable(folder: Path) -> list[Path]:
    """The files in a folder, and below it, that some reader reads."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in READERS)


def outcome(path: Path) -> tuple[Report, ...] | str:
    """The reports of a file, or why there are none."""
    try:
        return extract(path, path.name)
    except InputError as refusal:
        return refusal.reason.split(":")[0]  # after it stands what this file alone says
    except Exception as defect:  # counted, so that the rest of the folder is measured
        return f"a defect of ours: {type(defect).__name__}"


def counted(outcomes: Iterable[tuple[Report, ...] | str]) -> Field:
    """The outcomes of a folder's files added up."""
    total = Field()
    for made in outcomes:
        if isinstance(made, str):
            total.refused[made] += 1
            continue
        total.accepted += 1
        for report in made:
            total.identities.update(_states(report))
            total.cells.update(_cells(report.facts))
            total.claimed += len(report.narrative)
            total.claimed_doubted += sum(bool(figure.flags) for figure in report.narrative)
            total.unclaimed += _unclaimed(report)
    return total


def _states(report: Report) -> Iterator[tuple[str, str]]:
    identity = report.identity
    values: dict[str, object] = {
        "organ": identity.organ,
        "region": identity.region_code,
        "report year": identity.report_year,
        "scope": "" if identity.scope is Scope.UNKNOWN else identity.scope,
    }
    doubts = {finding.check for finding in report.findings}
    if not identity.organ and "M-ISSUER" in doubts:
        doubts.add("M-PLACE")  # that no issuer is told says that its place is not
    for name, check in FIELDS.items():
        if name == "region" and is_central(identity.organ):
            yield name, STATES[4]  # the State Council's organs belong to no region
            continue
        filled, empty = STATES[:2], STATES[3:1:-1]
        yield name, (filled if values[name] else empty)[check in doubts]


def _cells(facts: Sequence[Fact]) -> Iterator[str]:
    """What stands for each printed cell."""
    proved = _proved(facts)
    for fact in facts:
        if fact.status is Status.UNREADABLE:
            yield "unreadable"
        elif fact.flags:
            yield "flagged"
        elif fact.key in proved:
            yield CELLS[0]
        elif fact.status is not Status.DERIVED:
            yield CELLS[1] if fact.value is not None else "blank"


def _proved(facts: Sequence[Fact]) -> set[str]:
    """The cells of sums that hold of printed figures alone."""
    tables: dict[tuple[str, str, str], dict[tuple[str, str], Fact]] = {}
    for fact in facts:
        if fact.value is not None and fact.status is not Status.DERIVED:
            table = tables.setdefault((fact.form, fact.table, fact.period), {})
            table[fact.concept, fact.applicant] = fact
    return {
        cells[slot].key
        for (form_id, _, _), cells in tables.items()
        for equation in equations(form(form_id), tuple(cells))
        if _total(cells, equation.left) == _total(cells, equation.right)
        for slot in equation.slots
    }


def _total(cells: dict[tuple[str, str], Fact], slots: Iterable[tuple[str, str]]) -> Decimal:
    return sum((cells[slot].value or Decimal(0) for slot in slots), Decimal(0))


def _unclaimed(report: Report) -> int:
    """How many numbers of the prose no rule claims, as the finding says at its beginning."""
    found = (f.message for f in report.findings if f.check == _UNCLAIMED)
    return sum(int(number[0]) for text in found if (number := re.match(r"\d+", text)))


def lines(total: Field) -> list[str]:
    """The counts as a table."""
    refused = total.refused.total()
    said = [f"{total.accepted + refused} files: {total.accepted} accepted, {refused} refused", ""]
    reasons = sorted(total.refused.items(), key=lambda item: (-item[1], item[0]))
    said += [f"{number:>7}  {reason}" for reason, number in reasons]
    said += ["", f"{'identity':14}" + "".join(f"{state:>17}" for state in STATES)]
    for name in FIELDS:
        states = "".join(f"{total.identities[name, state]:>17}" for state in STATES)
        said.append(f"{name:14}{states}")
    every = total.cells.total()
    said += ["", f"{every:>7}  cells of tables"]
    for kind in CELLS:
        share = f"{total.cells[kind] / every:.1%}" if every else "-"
        said.append(f"{total.cells[kind]:>7}  {share:>6}  {kind}")
    said += ["", f"{total.claimed:>7}  figures of prose, {total.claimed_doubted} of them doubted"]
    return [*said, f"{total.unclaimed:>7}  numbers of prose that no rule claims"]


if __name__ == "__main__":
    sys.exit(main())

"""Everything the extractor says of a fixed set of documents, in one file, and what differs in two.

    python -m tests.oracle write FILE.parquet [--documents 2000] [--each 10] [--rendered DIR]
    python -m tests.oracle diff OLD.parquet NEW.parquet

The documents are the corpus, the sample and random reports of fixed seeds: `--documents` of the
mix and `--each` of every oddity alone. Facts come with their flags, findings with the cells they
concern, identities with their evidence, refusals with their reason. A change that is to hold
behaviour shows an empty difference, or each row that moved. `--rendered` keeps the random
documents, which are the same for every version of the extractor, from one run to the next.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pandas as pd

from pipeline.errors import DisclosureError
from pipeline.extract import extract
from pipeline.model import Report
from tests.accuracy.mix import MIXES, load_mix, random_draft
from tests.accuracy.render import render

ROOT = Path(__file__).parents[1]
SEED = "oracle"
COLUMNS = ("document", "kind", "key", "place", "says", "flags")
Row = tuple[str, str, str, str, str, str]
Drawn = tuple[int, str, str]  # the number of a random document, its one oddity, its mix


def main() -> int:
    """Exit status 1 when two files differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle")
    verbs = parser.add_subparsers(dest="verb", required=True)
    write = verbs.add_parser("write")
    write.add_argument("file", type=Path)
    write.add_argument("--documents", type=int, default=2000)
    write.add_argument("--each", type=int, default=10)
    write.add_argument("--rendered", type=Path)
    write.add_argument("--also", type=Path, nargs="*", default=[], metavar="DOCUMENT")
    diff = verbs.add_parser("diff")
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    asked = parser.parse_args()
    if asked.verb == "diff":
        return 1 if print_difference(asked.old, asked.new) else 0
    drawn = [*((n, "", "") for n in range(asked.documents)), *_each_alone(asked.each)]
    with TemporaryDirectory() as folder:
        rendered = asked.rendered or Path(folder)
        rendered.mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor(2) as pool:
            paths = [*committed(), *asked.also]
            paths += pool.map(_rendered, drawn, [rendered] * len(drawn), chunksize=16)
            rows = [row for found in pool.map(said_of, paths, chunksize=8) for row in found]
    pd.DataFrame(rows, columns=list(COLUMNS)).to_parquet(asked.file, index=False)
    print(f"{len(rows)} rows of {len(paths)} documents")
    return 0


def committed() -> list[Path]:
    """The corpus, with what it refuses, and the sample."""
    corpus = ROOT / "tests" / "corpus"
    folders = (corpus / "not_reports", corpus / "odd_reports", ROOT / "data" / "raw" / "sample")
    paths = [*corpus.glob("*/source.*"), *(path for f in folders for path in f.iterdir())]
    return sorted(path for path in paths if path.suffix not in (".csv", ".py"))


def _each_alone(count: int) -> Iterator[Drawn]:
    for mix in MIXES:
        for name, odd in load_mix(mix).items():
            yield from ((n, name, mix) for n in range(count) if odd.weight)


def _rendered(drawn: Drawn, folder: Path) -> Path:
    number, only, mix = drawn
    stem = folder / f"{mix or 'mix'}-{only or 'any'}-{number:04d}"
    if known := next(folder.glob(f"{stem.name}.*"), None):
        return known
    made = random_draft(Random(f"{SEED}-{mix}-{only}-{number}"), only, mix)
    path = stem.with_suffix(f".{made.format}")
    path.write_bytes(render(made))
    return path


def said_of(path: Path) -> list[Row]:
    """Every row of one document; the name of a committed one is its path in the checkout."""
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    try:
        reports = extract(path, name)
    except DisclosureError as error:
        return [(name, "refusal", "", "", str(error), "")]
    return [(name, *row) for report in reports for row in _rows(report)]


def _rows(report: Report) -> Iterator[tuple[str, str, str, str, str]]:
    who = report.identity
    named = f"{who.organ}|{who.organ_type}|{who.region_code}|{who.report_year}|{who.scope}"
    yield "identity", "", report.title, named, " ".join(report.forms)
    for evidence in who.evidence:
        told = f"{evidence.value}|{evidence.method}|{evidence.text}"
        yield "evidence", evidence.field, evidence.where, told, ""
    for fact in report.facts:
        amount = f"{fact.unit}|{fact.amount_yuan}|{fact.unit_source}|{fact.zero_basis}"
        says = f"{fact.form}|{fact.table}|{fact.text}|{fact.status}|{fact.value}|{amount}"
        yield "fact", fact.key, fact.where, says, " ".join(sorted(fact.flags))
    for figure in report.narrative:
        said = f"{figure.category}|{figure.value}{figure.unit}|{figure.qualifier}|{figure.scope}"
        says = f"{said}|{figure.start}|{figure.sentence}"
        yield "figure", figure.concept, figure.where, says, " ".join(sorted(figure.flags))
    for finding in report.findings:
        says = f"{finding.verdict}|{finding.severity}|{finding.message}|{' '.join(finding.cells)}"
        yield "finding", finding.check, finding.where, says, ""


def print_difference(old: Path, new: Path) -> int:
    """Print every row that stands in one file only, and how many of each kind; their number."""
    was, now = (Counter(_read(path)) for path in (old, new))
    gone, come = was - now, now - was
    sign = {**dict.fromkeys(come, "+"), **dict.fromkeys(gone, "-")}
    for row in sorted(sign):
        print(sign[row], *row, sep="\t")
    kinds = Counter((sign[row], row[1]) for row in sign)
    told = ", ".join(f"{mark}{count} {kind}" for (mark, kind), count in sorted(kinds.items()))
    print(told or f"no difference in {was.total()} rows")
    return gone.total() + come.total()


def _read(path: Path) -> list[Row]:
    """The rows of a file; a flag that stands twice says no more than one."""
    frame = pd.read_parquet(path)
    frame["flags"] = [" ".join(sorted(set(flags.split()))) for flags in frame["flags"]]
    return list(frame.itertuples(index=False, name=None))


if __name__ == "__main__":
    sys.exit(main())

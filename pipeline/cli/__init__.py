"""The verbs: each a few lines over a function of the library.

Libraries are imported inside the verbs, so that `disclosure --help` answers at once.
Exit status: 0 fine; 1 a document failed (or, in `check`, an error-level finding); 2 wrong usage.
"""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from pipeline.errors import DisclosureError
from pipeline.names import shown, visible
from pipeline.paths import raw_dir, regions_file

if TYPE_CHECKING:
    from pipeline.model import Report

CHART_SUFFIXES = (".html", ".svg", ".png")
FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))

BOM = click.option(
    "--bom",
    is_flag=True,
    help="CSV for Excel: with the mark by which it knows UTF-8, and an apostrophe before text that "
    "it would run as a formula. Without --bom, text is what the page prints.",
)


class _Verbs(click.Group):
    """The verbs; what is said of a wrong command may quote the name of a file."""

    def invoke(self, ctx: click.Context) -> Any:
        """What the verb gives."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise click.UsageError(visible(error.format_message()), error.ctx) from error


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="disclosure-pipeline")
def main() -> None:
    """Read annual reports on government-information disclosure and compare them honestly."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal keeps its encoding, with ? for the rest; files and pipes get UTF-8,
            # and names in it as the bytes they are.
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="surrogateescape")


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Errors meant for people are one line on standard error and exit status 1."""
    try:
        yield
        return
    except DisclosureError as error:
        said = str(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        said = visible(
            f"{shown(str(error.filename or 'a file'))}: {error.strerror or error}; check that you "
            "may write there, or name another place: --out for a chart, $DISCLOSURE_DATA for the "
            "data"
        )
    click.echo(f"disclosure: {said}", err=True)
    sys.exit(1)


def _read_each(files: Iterable[Path], infer_units: bool = False) -> tuple[list[Report], int]:
    """The reports of every readable file, and how many files gave none; those are named."""
    from pipeline.extract import extract

    reports: list[Report] = []
    failed = 0
    for file in files:
        try:
            regions = regions_file(file.parent)
            reports += extract(file, str(file), regions, infer_units=infer_units)
        except DisclosureError as error:
            failed += 1
            click.echo(f"disclosure: {error}", err=True)
    return reports, failed


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def ingest(folder: Path | None) -> None:
    """Read every report below FOLDER (default: data/raw) and rebuild the warehouse."""
    from pipeline.cli.console import ingest_progress, print_summary
    from pipeline.ingest import ingest as run

    with _plain_errors():
        with ingest_progress() as progress:
            summary = run(folder or raw_dir(), progress=progress)
        print_summary(summary)
    sys.exit(1 if summary.refused or summary.failed else 0)


@main.command()
@FILES
@click.option("--csv", "as_csv", is_flag=True, required=True, help="Print CSV with a header.")
@click.option("--narrative", is_flag=True, help="The figures of the prose instead of the tables.")
@click.option(
    "--infer-units", is_flag=True, help="Fill missing units of money where only one fits."
)
@BOM
def extract(
    files: tuple[Path, ...], as_csv: bool, narrative: bool, infer_units: bool, bom: bool
) -> None:
    """Print the cells of the tables in FILES, one row each, in document order."""
    from pipeline.cli import export

    reports, failed = _read_each(files, infer_units)
    out = io.StringIO()
    export.write(reports, out, narrative=narrative, for_excel=bom)
    click.echo((export.MARK if bom else "") + export.printed(out.getvalue(), sys.stdout), nl=False)
    gc.freeze()  # or the end takes a tenth of the time, for a search for garbage
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def show(file: Path) -> None:
    """Explain one FILE: grids as read, matches, facts, findings, and what was not matched."""
    from pipeline.cli.console import print_document
    from pipeline.extract import interpret
    from pipeline.readers import read

    with _plain_errors():
        document, regions = read(file, str(file)), regions_file(file.parent)
        print_document(document, interpret(document, regions))


@main.command()
@FILES
def check(files: tuple[Path, ...]) -> None:
    """Judge the sums inside each of FILES. Exit status 1 when an error-level rule is broken."""
    from pipeline.cli.console import print_findings

    reports, failed = _read_each(files)
    errors = print_findings(reports)
    sys.exit(1 if failed or errors else 0)


@main.command()
@click.argument("kind", required=False)
def doubts(kind: str | None) -> None:
    """Explain KIND, a flag or the name of a finding; without KIND, list every kind of doubt."""
    from pipeline.cli import catalogue
    from pipeline.cli.console import print_doubt, print_doubts

    if kind is None:
        print_doubts(catalogue.every())
        return
    known = catalogue.named(kind)
    if not known:
        near = ", ".join(catalogue.nearest(kind))
        raise click.BadParameter(
            f"there is no kind of doubt {kind}; "
            + (f"the nearest are {near}; " if near else "")
            + "`disclosure doubts` lists all",
            param_hint="KIND",
        )
    for each in known:
        print_doubt(each)


@main.command()
@click.argument("sql", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV with a header.")
@BOM
def query(sql: str | None, as_csv: bool, bom: bool) -> None:
    """Run one SELECT on the warehouse; without SQL, list its tables and columns."""
    from pipeline.cli import export
    from pipeline.cli.console import print_frame, print_tables
    from pipeline.warehouse import describe
    from pipeline.warehouse import query as run

    with _plain_errors():
        frame = run(sql) if sql else describe()
        if as_csv or bom:
            table = (export.for_excel(frame) if bom else frame).to_csv(index=False)
            click.echo((export.MARK if bom else "") + export.printed(table, sys.stdout), nl=False)
        elif sql:
            print_frame(frame)
        else:
            print_tables(frame)


@main.command()
@click.argument("name", required=False)
@click.option("--collection", default=None, help="Whose reports; needed when there are several.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="A .html, .svg or .png file.")
def chart(
    name: str | None, collection: str | None, language: Literal["zh", "en"], out: Path | None
) -> None:
    """Draw one chart, or without NAME one page with all of them.

    NAME is coverage, outcomes, grant-rate or procurement.
    """
    from pipeline import warehouse
    from pipeline.warehouse.swap import current

    if out and out.suffix not in CHART_SUFFIXES[: None if name else 1]:
        raise click.BadParameter(
            "it ends in .html; a single chart also in .svg or .png", param_hint="--out"
        )
    with _plain_errors():
        current()
        from pipeline import charts, page

        if name is not None and name not in charts.CHARTS:
            known = ", ".join(charts.CHARTS)
            raise click.BadParameter(f"there is no chart {name}; there are {known}")
        collection = collection or warehouse.only_collection()
        path = out or Path("charts") / f"{collection}{f'-{name}' if name else ''}.html"
        if name:
            frame = warehouse.mart(charts.MARTS[name], collection)
            click.echo(charts.save(charts.CHARTS[name](frame, language), path))
        else:
            click.echo(page.write_page(path, collection, language))


@main.command()
@click.option("--remove", is_flag=True, help="Take the sample collection away again.")
def sample(remove: bool) -> None:
    """Write the sample collection: a fictional county and five reconstructed reports."""
    from pipeline import sample as samples

    target = raw_dir() / "sample"
    with _plain_errors():
        if remove:
            count = samples.remove(target)
            said = f"{count} files removed from {target}; run `disclosure ingest` to forget them"
            click.echo(said)
        else:
            click.echo(f"{len(samples.write(target))} files in {target}")

"""The verbs: each a few lines over a function of the library.

Libraries are imported inside the verbs, so that `disclosure --help` answers at once.
Exit status: 0 fine; 1 a document failed (or, in `check`, an error-level finding); 2 wrong usage.
"""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from pipeline.errors import DisclosureError
from pipeline.keeper import Limits
from pipeline.names import shown, visible
from pipeline.paths import raw_dir

if TYPE_CHECKING:
    from types import FrameType

    from pipeline.cli.reading import Asked
    from pipeline.model import Report

Answer = TypeVar("Answer")

CHART_SUFFIXES = (".html", ".svg", ".png")
_SIGNALLED = 128  # exit status of a process that a signal ended, less the signal's number

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


@contextmanager
def _ended_orderly() -> Iterator[None]:
    """TERM and HUP end a verb as Ctrl-C does: what is half done is cleared away."""

    def end(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise SystemExit(_SIGNALLED + number)

    kinds = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # nohup has set HUP aside.
    before = {kind: signal.getsignal(kind) for kind in kinds}
    for kind, handler in before.items():
        if handler == signal.SIG_DFL:
            signal.signal(kind, end)
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def _limits(verb: Callable[..., None]) -> Callable[..., None]:
    """The options by which a document may take more."""
    usual = Limits()
    seconds = click.option(
        "--seconds",
        type=click.IntRange(1),
        default=usual.seconds,
        show_default=True,
        help="How long reading a document may take.",
    )
    memory = click.option(
        "--memory",
        type=click.IntRange(1),
        default=usual.memory,
        show_default=True,
        help="How many GiB of memory reading a document may take.",
    )
    return seconds(memory(verb))


def _each(
    work: Callable[[Asked], Answer],
    files: Iterable[Path],
    seconds: int,
    memory: int,
    **wanted: Any,
) -> Iterator[Answer | None]:
    """What `work` gives of each file as it comes; None for a file that gave nothing, and why."""
    from pipeline.cli.reading import Asked
    from pipeline.keeper.outside import Keeper, quickest

    with Keeper(work, Limits(seconds, memory), context=quickest) as keeper:
        for answer in keeper.answers(Asked(str(file), file, **wanted) for file in files):
            if isinstance(answer, DisclosureError):
                click.echo(f"disclosure: {answer}", err=True)
                yield None
            else:
                yield answer


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@_limits
def ingest(folder: Path | None, seconds: int, memory: int) -> None:
    """Read every report below FOLDER (default: data/raw) and rebuild the warehouse."""
    from pipeline.cli.console import ingest_progress, print_summary
    from pipeline.ingest import ingest as run

    with _plain_errors():
        with _ended_orderly(), ingest_progress() as progress:
            limits = Limits(seconds, memory)
            summary = run(folder or raw_dir(), progress=progress, limits=limits)
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
@_limits
def extract(
    files: tuple[Path, ...],
    as_csv: bool,
    narrative: bool,
    infer_units: bool,
    bom: bool,
    seconds: int,
    memory: int,
) -> None:
    """Print the cells of the tables in FILES, one row each, in document order."""
    from pipeline.cli import export
    from pipeline.cli.reading import header, rows

    wanted = {"narrative": narrative, "infer_units": infer_units, "for_excel": bom}
    failed = False
    with _plain_errors():
        click.echo((export.MARK if bom else "") + header(narrative), nl=False)
        for each in _each(rows, files, seconds, memory, **wanted):
            failed |= each is None
            click.echo(export.printed(each or "", sys.stdout), nl=False)
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_limits
def show(file: Path, seconds: int, memory: int) -> None:
    """Explain one FILE: grids as read, signs of a report, matches, facts, findings, leftovers."""
    from pipeline.cli.console import print_document
    from pipeline.cli.reading import explained

    with _plain_errors():
        for each in _each(explained, [file], seconds, memory):
            if each is None:
                sys.exit(1)
            print_document(each.document, each.weighing, each.reports)
            if each.refused:
                raise each.refused


@main.command()
@FILES
@_limits
def check(files: tuple[Path, ...], seconds: int, memory: int) -> None:
    """Judge the sums inside each of FILES. Exit status 1 when an error-level rule is broken."""
    from pipeline.cli.console import print_findings
    from pipeline.cli.reading import judged

    failed = False

    def reports() -> Iterator[Report]:
        nonlocal failed
        for each in _each(judged, files, seconds, memory):
            failed |= each is None
            yield from each or ()

    with _plain_errors():
        errors = print_findings(reports())
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

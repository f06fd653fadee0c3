"""What the verbs print for people: summaries, one document explained, findings, frames."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.model import Document, Finding, Report, Severity, Verdict, cell_key

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.ingest import IngestSummary
    from pipeline.recognise import Recognition

_ROWS_SHOWN = 200
_NAMED = 3  # files that a line can name
_WIDE = 160  # columns, where the output is no terminal


def _console() -> Console:
    console = Console(highlight=False, soft_wrap=True)
    return console if console.is_terminal else Console(width=_WIDE, highlight=False)


@contextmanager
def ingest_progress() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error; yields a function of (done, total)."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("reading", total=None)

        def step(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield step


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def print_document(document: Document, recognition: Recognition, reports: Sequence[Report]) -> None:
    """One document explained, from the grids as read to what was not matched."""
    console = _console()
    console.print(f"[bold]{escape(document.file)}[/] · {document.format}")
    console.print(f"{len(document.paragraphs)} paragraphs, {len(document.grids)} grids")
    matched = {match.cell: match for match in recognition.matches}
    for number, grid in enumerate(document.grids, start=1):
        console.print(f"\n[bold]grid {number}[/] · {grid.layout} · {grid.where}")
        for row in grid.rows():
            console.print("  " + " | ".join(_cell(cell.text, cell in matched) for cell in row))
    for report in reports:
        _print_report(console, report)
    console.print(f"\n[bold]not matched[/] ({len(recognition.unmatched)} rows with numbers)")
    for line in recognition.unmatched:
        console.print(f"  {line.where}: {escape(line.printed)}")


def _cell(text: str, matched: bool) -> str:
    shown = escape(text.replace("\n", "")) or "·"
    return f"[green]{shown}[/]" if matched else shown


def _print_report(console: Console, report: Report) -> None:
    identity = report.identity
    console.print(f"\n[bold]{escape(report.title) or 'no title'}[/]")
    console.print(
        f"organ {identity.organ or '?'} · region {identity.region_code or '?'} · "
        f"year {identity.report_year or '?'} · scope {identity.scope} · "
        f"forms {', '.join(report.forms) or 'none'}"
    )
    evidence = _table("evidence", "field", "value", "method", "words", "where")
    for item in identity.evidence:
        evidence.add_row(item.field, item.value, item.method, escape(item.text), item.where)
    console.print(evidence)
    facts = _table(
        "facts", "concept", "applicant", "text", "value", "unit", "status", "zero", "where", "flags"
    )
    for fact in report.facts:
        value = "" if fact.value is None else f"{fact.value.normalize():f}"
        facts.add_row(
            cell_key(fact.concept, "", fact.period),
            fact.applicant,
            escape(fact.text),
            value,
            fact.unit,
            fact.status,
            fact.zero_basis or "",
            escape(fact.where),
            ";".join(fact.flags),
        )
    console.print(facts)
    figures = _table("narrative", "concept", "category", "value", "unit", "qualifier", "sentence")
    for figure in report.narrative:
        figures.add_row(
            figure.concept,
            figure.category,
            f"{figure.value.normalize():f}",
            figure.unit,
            figure.qualifier,
            escape(figure.sentence),
        )
    console.print(figures)
    _print_findings(console, report.findings)


def _print_findings(console: Console, findings: Iterable[Finding]) -> None:
    colours = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
    for finding in findings:
        where = f" · {finding.where}" if finding.where else ""
        console.print(
            f"  [{colours[finding.severity]}]{finding.severity} {finding.check} "
            f"{finding.verdict}[/] {escape(finding.message)}{escape(where)}"
        )


def print_findings(reports: Sequence[Report]) -> int:
    """Findings of each report, and how many broken rules are errors."""
    console = _console()
    errors = 0
    for report in reports:
        broken = [f for f in report.findings if f.verdict is Verdict.FAIL]
        worst = [f for f in broken if f.severity is Severity.ERROR]
        errors += len(worst)
        console.print(
            f"[bold]{escape(report.file)}[/]: {len(worst)} errors, "
            f"{len(broken) - len(worst)} other breaks, {len(report.findings) - len(broken)} notes"
        )
        _print_findings(console, report.findings)
    if len(reports) > 1:
        console.print(f"{errors} errors in {len(reports)} reports")
    return errors


def print_frame(frame: pd.DataFrame) -> None:
    """A frame as a table for reading."""
    table = _table("", *map(str, frame.columns))
    for row in frame.head(_ROWS_SHOWN).itertuples(index=False):
        table.add_row(*("" if _is_missing(value) else escape(str(value)) for value in row))
    console = _console()
    console.print(table)
    if len(frame) > _ROWS_SHOWN:
        console.print(f"{_ROWS_SHOWN} of {len(frame)} rows; --csv prints all")


def print_tables(columns: pd.DataFrame) -> None:
    """The tables of the warehouse, each with its grain and its columns."""
    console = _console()
    for (table, kind, grain), rows in columns.groupby(["table", "kind", "grain"], dropna=False):
        console.print(f"\n[bold]{table}[/] ({kind}) {escape(str(grain or ''))}")
        for row in rows.itertuples(index=False):
            comment = "" if _is_missing(row.comment) else escape(str(row.comment))
            console.print(f"  {row.column} [dim]{row.type}[/]  {comment}")


def _is_missing(value: object) -> bool:
    return str(value) in ("None", "nan", "NaT", "<NA>")


def print_summary(summary: IngestSummary) -> None:
    """What an analyst asks first: how much was read, what was refused and why, where it is."""
    console = _console()
    for refusal in (*summary.refused, *summary.failed):
        print(f"disclosure: {refusal}", file=sys.stderr)
    years = f"{min(summary.years)}–{max(summary.years)}" if summary.years else "none"
    lines = {
        "collections": ", ".join(summary.collections),
        "dropped": ", ".join(summary.dropped),
        "files": f"{summary.files} ({summary.read_now} read now, {summary.unchanged} unchanged, "
        f"{summary.ignored} ignored)",
        "reports": str(summary.reports),
        "refused": f"{len(summary.refused)} refused, {len(summary.failed)} failed",
        "cells": f"{summary.facts} printed, {summary.flagged} flagged",
        "years": years,
        "organs": f"{summary.organs} in {summary.regions} regions",
        "unplaced": _unplaced(summary.unplaced),
        "warehouse": f"{summary.warehouse} ({'new' if summary.rebuilt else 'unchanged'})",
        "time": f"{summary.seconds:.1f} s",
    }
    for name, text in lines.items():
        if text:
            console.print(f"{name:<12} {escape(text)}")


def _unplaced(files: Sequence[str]) -> str:
    """Files whose organ may be one that another report names in full."""
    if not files:
        return ""
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    return (
        f"{len(files)} files whose organ lies in no known region ({', '.join(files[:_NAMED])}"
        f"{more}); a township can be added in a regions.csv"
    )

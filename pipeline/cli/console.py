"""What the verbs print for people: summaries, one document explained, findings, frames."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipeline import doubt
from pipeline.cli.catalogue import Known
from pipeline.doubt import Severity, Use, Verdict
from pipeline.model import Document, Finding, Report, cell_key
from pipeline.names import shown, visible

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.genre import Weighing
    from pipeline.ingest import IngestSummary

_ROWS_SHOWN = 200
_NAMED = 3  # files that a line can name
_WIDE = 160  # columns, where the output is no terminal


class _Screen(Console):
    """A console that is sent nothing of a document or a name but what is seen."""

    def render_str(self, text: str, **options: Any) -> Text:
        """The text with its markup read."""
        return super().render_str(visible(text), **options)


def _console() -> Console:
    console = _Screen(highlight=False, emoji=False, soft_wrap=True)
    return console if console.is_terminal else _Screen(width=_WIDE, highlight=False, emoji=False)


@contextmanager
def ingest_progress() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error; yields a function of (done, total)."""
    from rich import progress

    console = Console(stderr=True)
    with progress.Progress(
        *(progress.TextColumn("reading"), progress.BarColumn()),
        *(progress.MofNCompleteColumn(), progress.TimeRemainingColumn()),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def print_document(document: Document, weighing: Weighing, reports: Sequence[Report]) -> None:
    """One document explained, from the grids as read to what was not matched."""
    console = _console()
    console.print(f"[bold]{escape(shown(document.file))}[/] · {document.format}")
    console.print(f"{len(document.paragraphs)} paragraphs, {len(document.grids)} grids")
    matched = {fact.where for report in reports for fact in report.facts}
    for number, grid in enumerate(document.grids, start=1):
        console.print(f"\n[bold]grid {number}[/] · {grid.layout} · {escape(grid.where)}")
        for row in grid.rows():
            cells = []
            for cell in row:
                text = escape(cell.text.replace("\n", "")) or "·"
                cells.append(f"[green]{text}[/]" if cell.where in matched else text)
            console.print(f"  {' | '.join(cells)}")
    _print_weighing(console, weighing)
    for report in reports:
        _print_report(console, report)
    unmatched = [f for r in reports for f in r.findings if f.check == doubt.UNMATCHED.finding]
    console.print(f"\n[bold]not matched[/] ({len(unmatched)} rows with numbers)")
    for finding in unmatched:
        console.print(f"  {escape(f'{finding.where}: {finding.message}')}")


def _print_weighing(console: Console, weighing: Weighing) -> None:
    total, needed = weighing.total, weighing.needed
    signs = _table(f"is it a report? {total} of {needed}", "weight", "sign", "words", "where")
    for sign in weighing.signs:
        signs.add_row(f"{sign.weight:+d}", *map(escape, (sign.says, sign.words, sign.where)))
    console.print()
    console.print(signs)


def _print_report(console: Console, report: Report) -> None:
    identity = report.identity
    console.print(f"\n[bold]{escape(report.title) or 'no title'}[/]")
    console.print(
        f"organ {escape(identity.organ) or '?'} · region {identity.region_code or '?'} · "
        f"year {identity.report_year or '?'} · scope {identity.scope} · "
        f"forms {', '.join(report.forms) or 'none'}"
    )
    evidence = _table("evidence", "field", "value", "method", "words", "where")
    for item in identity.evidence:
        found = (item.field, item.value, item.method, item.text, item.where)
        evidence.add_row(*map(escape, found))
    console.print(evidence)
    columns = ("concept", "applicant", "text", "value", "unit", "status", "zero", "where", "flags")
    facts = _table("facts", *columns)
    for fact in report.facts:
        key = cell_key(fact.concept, "", fact.period)
        value = "" if fact.value is None else f"{fact.value.normalize():f}"
        facts.add_row(
            *(key, fact.applicant, escape(fact.text), value, escape(fact.unit), fact.status),
            *(fact.zero_basis or "", escape(fact.where), ";".join(fact.flags)),
        )
    console.print(facts)
    figures = _table("narrative", "concept", "category", "value", "unit", "qualifier", "sentence")
    for figure in report.narrative:
        value = f"{figure.value.normalize():f}"
        stated = (figure.concept, figure.category, value, figure.unit, figure.qualifier)
        figures.add_row(*map(escape, (*stated, figure.sentence)))
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


def print_findings(reports: Iterable[Report]) -> int:
    """Findings of each report as it comes, and how many broken rules are errors."""
    console = _console()
    errors = number = 0
    for report in reports:
        number += 1
        broken = [f for f in report.findings if f.verdict is Verdict.FAIL]
        worst = [f for f in broken if f.severity is Severity.ERROR]
        errors += len(worst)
        console.print(
            f"[bold]{escape(shown(report.file))}[/]: {len(worst)} errors, "
            f"{len(broken) - len(worst)} other breaks, {len(report.findings) - len(broken)} notes"
        )
        _print_findings(console, report.findings)
    if number > 1:
        console.print(f"{errors} errors in {number} reports")
    return errors


def print_doubts(kinds: Iterable[Known]) -> None:
    """Every kind of doubt in a line, and below them what their uses say."""
    console = _console()
    table = _table("", "flag, or finding without one", "finding", "severity", "use", "what it says")
    for known in kinds:
        kind = known.kind
        flag = kind.flag if kind.flags else kind.finding
        use = kind.use.replace("_", " ")
        said = escape(f"{known.en}\n{known.zh}")
        table.add_row(flag, kind.finding, kind.severity, use, said)
    console.print(table)
    console.print("\n[bold]use[/]: may the figure be used?")
    for use in Use:
        console.print(f"  {use.replace('_', ' '):11} {escape(use.en)} {escape(use.do_en)}")
        console.print(f"  {'':11} {escape(use.zh)}{escape(use.do_zh)}")


def print_doubt(known: Known) -> None:
    """One kind of doubt, in English and in Chinese."""
    kind, use, side = known.kind, known.kind.use, known.kind.side
    flag = kind.flag if kind.flags else ""
    found = f"{kind.finding} · {kind.severity} · {kind.verdict}"
    forms = ", ".join(known.forms)
    console = _console()
    english = {
        "flag": flag or "none: no cell is flagged for it",
        "finding": found,
        "side": f"{side}: {side.en}",
        "forms": forms,
        "may it be used?": use.en,
        "what to do": use.do_en,
    }
    chinese = {
        "标记": flag or "无：不标记任何单元格",
        "发现": found,
        "哪一方": f"{side}：{side.zh}",
        "表式": forms,
        "能否使用": use.zh,
        "怎么办": use.do_zh,
    }
    for sentence, lines in ((known.en, english), (known.zh, chinese)):
        console.print(f"\n[bold]{escape(sentence)}[/]")
        width = max(map(cell_len, lines))
        for name, words in lines.items():
            if words:
                console.print(f"  {name}{' ' * (width - cell_len(name))}  {escape(words)}")


def print_frame(frame: pd.DataFrame) -> None:
    """A frame as a table for reading."""
    table = _table("", *(escape(str(name)) for name in frame.columns))
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
    files, unplaced = summary.unplaced, ""
    if files:  # their organ may be one that another report names in full
        more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
        named = ", ".join(map(shown, files[:_NAMED]))
        unplaced = (
            f"{len(files)} files whose organ lies in no known region ({named}{more}); a township "
            "can be added in a regions.csv"
        )
    lines = {
        "collections": ", ".join(map(shown, summary.collections)),
        "dropped": ", ".join(map(shown, summary.dropped)),
        "files": f"{summary.files} ({summary.read_now} read now, {summary.unchanged} unchanged, "
        f"{summary.ignored} ignored)",
        "damaged": f"{summary.damaged} documents read again because what was stored of them was "
        "damaged"
        if summary.damaged
        else "",
        "reports": str(summary.reports),
        "refused": f"{len(summary.refused)} refused, {len(summary.failed)} failed",
        "cells": f"{summary.facts} printed, {summary.flagged} flagged",
        "years": f"{min(summary.years)}–{max(summary.years)}" if summary.years else "none",
        "organs": f"{summary.organs} in {summary.regions} regions",
        "unplaced": unplaced,
        "warehouse": f"{summary.warehouse} ({'new' if summary.rebuilt else 'unchanged'})",
        "time": f"{summary.seconds:.1f} s",
    }
    for name, text in lines.items():
        if text:
            console.print(f"{name:<12} {escape(text)}")

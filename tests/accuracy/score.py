"""What an extraction made of a report, cell by cell.

Every figure of the form of 2014 says that no filled national table has been seen. That is no doubt
about the page: a cell of that form is right and unflagged where this is its only flag.
Rows and tables of the older forms that cannot be told are no facts but findings: a cell whose row
or table a warning names is lost with a flag. Of the later forms every cell is a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from unicodedata import normalize

from pipeline.doubt import Severity
from pipeline.model import Fact, Report, Status
from tests.accuracy.figures import Key
from tests.accuracy.older_page import MONEY
from tests.accuracy.page import STATISTICS, Draft

_BY_DESIGN = "read:form_unconfirmed"
_LOST = ("read_lost_table", "read_lacking_table")
_YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}


@dataclass(slots=True)
class Score:
    """Counts of printed cells; `silent` are wrong, lost or invented without a flag, `phantom` the
    rows for cells that the page does not hold, flagged or not."""

    cells: int = 0
    right: int = 0
    flagged: int = 0
    silent: list[str] = field(default_factory=list)
    phantom: list[str] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)


def score(made: Draft, reports: Sequence[Report]) -> Score:
    """Compare what was extracted with what was printed."""
    facts = [_as_of_a_known_form(fact) for report in reports for fact in report.facts]
    printed: dict[Key, Fact] = {}
    result = Score(cells=len(made.values))
    for fact in facts:
        key = (fact.concept, fact.applicant or fact.period)
        if not _is_on_page(made, key, fact):
            result.phantom.append(f"{_name(key)}: {fact.text!r} {fact.status.value}")
        if fact.status is Status.DERIVED:
            _judge_derived(made, key, fact, result)
        elif key not in made.values:
            if key not in made.extra and not fact.flags:
                result.silent.append(f"{_name(key)}: invented {fact.text!r}")
        elif key in printed:
            result.silent.append(f"{_name(key)}: twice")
        else:
            printed[key] = fact
    for key in made.values:
        if key not in printed and _is_told(made, key, reports):
            result.flagged += 1
            if key not in made.hidden | made.suspect:
                result.doubted.append(f"{_name(key)}: lost, and a finding names it")
        else:
            _judge(made, key, printed.get(key), result)
    return result


def _is_on_page(made: Draft, key: Key, fact: Fact) -> bool:
    """Whether the page has the cell, or at least its label; of a group or a derived one, a part."""
    held = made.values.keys() | made.labelled | made.extra
    if fact.status is not Status.DERIVED and key[0] not in _GROUPS:
        return key in held
    prefix = {**_GROUPS, _TOTAL: "req_outcome_"}.get(key[0], key[0])
    return any(code == key[0] or code.startswith(prefix) for code, _ in held)


def _is_told(made: Draft, key: Key, reports: Sequence[Report]) -> bool:
    """Whether a warning names the row that prints the cell, or its table."""
    is_flat = made.format == "txt"
    rows = [
        (sheet.id, row)
        for sheet in made.sheets
        if is_flat or sheet.id == STATISTICS
        for row in sheet.rows
        if any(cell.key == key for cell in row)
    ]
    words = {
        _plain(cell.text)
        for table, row in rows
        for cell in row
        if cell.role == "label" or (table != STATISTICS and cell.key is None and cell.text)
    }
    words |= {_plain(text) for named, text in made.named.items() if named == key}
    tables = {table for table, _ in rows}
    if is_flat and not tables:  # its row is one cell of words
        tables = {sheet.id for sheet in made.sheets}
    return bool(words or tables) and any(
        any(word in _plain(finding.message) for word in words)
        or (finding.check in _LOST and _names(finding.message, tables))
        for report in reports
        for finding in report.findings
        if finding.severity in (Severity.WARNING, Severity.ERROR)
    )


def _names(message: str, tables: set[str]) -> bool:
    """Whether a message is of one of the tables; of the older forms a page has but one."""
    return STATISTICS in tables or any(f"table {table} " in message for table in tables)


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def _as_of_a_known_form(fact: Fact) -> Fact:
    if fact.form != "t2014":
        return fact
    return fact._replace(flags=tuple(flag for flag in fact.flags if flag != _BY_DESIGN))


def _judge(made: Draft, key: Key, fact: Fact | None, result: Score) -> None:
    text = next((cell.text for cell in made.cells() if cell.key == key), "nothing to be seen")
    wanted = made.values[key]
    said = f"{_name(key)}: printed {text!r} = {wanted}"
    if fact is None:
        result.silent.append(f"{said}, lost")
        return
    right = _is_right(made, key, fact)
    said += f", read {fact.text!r} = {fact.value} {fact.status.value} {';'.join(fact.flags)}"
    if right and not fact.flags and key not in made.suspect:
        result.right += 1
    elif fact.flags:
        result.flagged += 1
        if key not in made.hidden | made.suspect:
            result.doubted.append(said + (" (right)" if right else ""))
    else:
        result.silent.append(said)


def _is_right(made: Draft, key: Key, fact: Fact) -> bool:
    wanted = made.values[key]
    if wanted is None or fact.value is None:
        return wanted is None and fact.value is None and fact.status in ("blank", "dash")
    is_money = key[0] in ("procurement_amount", *MONEY)
    unit = made.units.get(key, "" if is_money else fact.unit)
    return fact.value * _YUAN.get(fact.unit, 1) == wanted * _YUAN.get(unit, 1) or (
        wanted == 0 == fact.value
    )


def _judge_derived(made: Draft, key: Key, fact: Fact, result: Score) -> None:
    """A derived total must be the true one, or what is printed, or flagged."""
    true = {made.values.get(key), _true_total(made, key)}
    if fact.value not in true and not fact.flags:
        result.silent.append(f"{_name(key)}: derived {fact.value}, truly {_true_total(made, key)}")


_TOTAL = "req_processed_total"
_GROUPS = {
    "req_outcome_denied": "req_denied_",
    "req_outcome_unable": "req_unable_",
    "req_outcome_not_processed": "req_notproc_",
    "req_outcome_other": "req_other_",
}


def _true_total(made: Draft, key: Key) -> Decimal:
    concept, who = key
    prefix = _GROUPS.get(concept)
    return sum(
        (
            value
            for (code, other), value in made.figures.items()
            if (code == concept or (prefix and code.startswith(prefix)))
            and (other == who or (who == "legal_total" and other.startswith("legal_")))
        ),
        Decimal(0),
    )


def _name(key: Key) -> str:
    return "/".join(part for part in key if part)

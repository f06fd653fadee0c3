"""Rows of bare figures whose labels stand elsewhere, named by the order of the form.

The labels must stand in the document in that order, the rows be as many as those of the form, the
rows that have a label be at their places, and every sum of the table hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from pipeline.forms import Form, Heading, Sheet
from pipeline.model import Cell
from pipeline.recognise.columns import Column
from pipeline.recognise.ordered import bears_out
from pipeline.recognise.rows import BareRow, PlacedRow, heading_of, unknown_words
from pipeline.text import is_value_like, parse_value

_Values = Mapping[str, Mapping[str, Decimal]]  # by the ids of rows and of columns


def named_by_order(
    form: Form,
    sheet: Sheet,
    rows: Sequence[BareRow],
    columns: Sequence[Column],
    labels: Iterable[str],
) -> list[PlacedRow]:
    """The rows of figures with the headings that the form's order gives them, or none.

    `labels` are what the document says in reading order.
    """
    ids = [column.heading.id for column in columns if column.heading]
    wanted = [row for row in sheet.rows if not row.group and not row.optional]
    filled = [bare for bare in rows if _figures(bare, len(ids))]
    if not sheet.total or len(ids) != len(sheet.leaf_columns) or len(filled) != len(wanted):
        return []
    bare = [row for row in filled if not unknown_words(row.row, sheet)]
    lost = [heading for heading, row in zip(wanted, filled, strict=True) if row in bare]
    named = all(
        row in bare or heading_of(row.row, sheet) is heading
        for heading, row in zip(wanted, filled, strict=True)
    )
    if not bare or not named or not _stand_in_order(lost, labels):
        return []
    table = [dict(zip(ids, _figures(row, len(ids)), strict=True)) for row in filled]
    values = {
        heading.id: {name: parse_value(cell.text).value or Decimal(0) for name, cell in row.items()}
        for heading, row in zip(wanted, table, strict=True)
    }
    if not bears_out(form, sheet, table) or not _adds_up_below(form, values, ids):
        return []
    return [PlacedRow(row, heading) for heading, row in zip(wanted, filled, strict=True)]


def _stand_in_order(headings: Sequence[Heading], labels: Iterable[str]) -> bool:
    """Whether a label of each heading stands in the document, each after the one before."""
    said = iter(labels)
    return all(any(text in heading.labels for text in said) for heading in headings)


def _figures(bare: BareRow, width: int) -> Sequence[Cell]:
    """The cells of a row's figures and blanks, where they are as many as the columns."""
    row = bare.row
    after = row.cells[row.label_at + 1 :]
    if len(after) != width:
        filled = [at for at, cell in enumerate(after) if cell.text]
        after = after[filled[0] : filled[-1] + 1] if filled else ()
    fits = len(after) == width and all(is_value_like(cell.text) for cell in after)
    return after if fits else ()


def _adds_up_below(form: Form, values: _Values, columns: Sequence[str]) -> bool:
    """Whether every sum and balance down the columns holds."""
    down = [rule for rule in form.sums if rule.axis == "concept" and rule.total in values]
    sums = [([rule.total], [*form.opened(rule, values.__contains__)]) for rule in down]
    balances = [
        (rule.left, rule.right)
        for rule in form.balances
        if values.keys() >= {*rule.left, *rule.right}
    ]
    return all(
        sum(values[row][name] for row in left) == sum(values[row][name] for row in right)
        for left, right in (*sums, *balances)
        for name in columns
    )

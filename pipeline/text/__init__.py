"""Printed text → what can be compared: labels, figures, years, numbers of sections, one script."""

from pipeline.text.figures import (
    FIGURE,
    FIGURE_IN_PROSE,
    LARGEST,
    NUMBER,
    NUMERAL,
    PICTURE,
    WRITTEN,
    Value,
    change_and_total,
    counts_in_sizes,
    has_sign,
    is_figure,
    is_numeral,
    is_other_money,
    is_value_like,
    money_unit,
    money_units,
    numeral,
    parse_value,
    plain_unit,
)
from pipeline.text.labels import INVISIBLE, is_note, label, notes_in, squeezed, trimmed
from pipeline.text.notes import leaves_label
from pipeline.text.script import is_traditional, simplified
from pipeline.text.sections import is_numbered, section_number
from pipeline.text.units import COUNT_UNIT, YUAN
from pipeline.text.years import plausible_year, years_in_digits

__all__ = [
    "COUNT_UNIT",
    "FIGURE",
    "FIGURE_IN_PROSE",
    "INVISIBLE",
    "LARGEST",
    "NUMBER",
    "NUMERAL",
    "PICTURE",
    "WRITTEN",
    "YUAN",
    "Value",
    "change_and_total",
    "counts_in_sizes",
    "has_sign",
    "is_figure",
    "is_note",
    "is_numbered",
    "is_numeral",
    "is_other_money",
    "is_traditional",
    "is_value_like",
    "label",
    "leaves_label",
    "money_unit",
    "money_units",
    "notes_in",
    "numeral",
    "parse_value",
    "plain_unit",
    "plausible_year",
    "section_number",
    "simplified",
    "squeezed",
    "trimmed",
    "years_in_digits",
]

"""Printed text → what can be compared: labels, figures, years, numbers of sections, one script."""

from pipeline.text.figures import (
    YUAN,
    Value,
    has_sign,
    is_numeral,
    is_value_like,
    money_unit,
    money_units,
    parse_value,
    plain_unit,
)
from pipeline.text.labels import INVISIBLE, is_note, label, squeezed, trimmed
from pipeline.text.script import simplified
from pipeline.text.sections import is_numbered, section_number
from pipeline.text.years import plausible_year, years_in_digits

__all__ = [
    "INVISIBLE",
    "YUAN",
    "Value",
    "has_sign",
    "is_note",
    "is_numbered",
    "is_numeral",
    "is_value_like",
    "label",
    "money_unit",
    "money_units",
    "parse_value",
    "plain_unit",
    "plausible_year",
    "section_number",
    "simplified",
    "squeezed",
    "trimmed",
    "years_in_digits",
]

"""Printed text → what can be compared: labels, figures, simplified script."""

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
from pipeline.text.script import is_traditional, simplified

__all__ = [
    "INVISIBLE",
    "YUAN",
    "Value",
    "has_sign",
    "is_note",
    "is_numeral",
    "is_traditional",
    "is_value_like",
    "label",
    "money_unit",
    "money_units",
    "parse_value",
    "plain_unit",
    "simplified",
    "squeezed",
    "trimmed",
]

"""Grids + forms → Readings: printed rows and columns tied to the rows and columns of a form.

Every form reads the document on its own, but for a table that another form of the same columns
outdoes. Rivals are kept, and `judge` settles them.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.forms import Form, load_forms
from pipeline.outline import Outline
from pipeline.recognise.match import Match, Reading, doubted
from pipeline.recognise.printed import PrintedRow, kept_rows, runs_on
from pipeline.recognise.reading import read_with
from pipeline.recognise.signs import lonely_blanks
from pipeline.recognise.stretches import Headers

__all__ = [
    "Match",
    "PrintedRow",
    "Reading",
    "doubted",
    "lonely_blanks",
    "recognise",
    "runs_on",
]


def recognise(outline: Outline, forms: Sequence[Form] | None = None) -> tuple[Reading, ...]:
    """Each form's reading of every table of a document."""
    every = forms or load_forms()
    kept = kept_rows(outline)
    headers = Headers(every)
    return tuple(read_with(form, outline, kept, headers) for form in every)

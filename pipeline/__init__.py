"""Annual reports on government-information disclosure: read, load, compare.

from pipeline.extract import extract     # one document → its reports
from pipeline.ingest import ingest       # many documents → the warehouse
from pipeline import mart, query         # the warehouse → DataFrames
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.errors import DisclosureError, InputError, NotAReport, UnreadableDocument
from pipeline.model import Document, Fact, Finding, Grid, Identity, NarrativeFigure, Report

if TYPE_CHECKING:
    from pipeline.warehouse import mart, query

__all__ = [
    "DisclosureError",
    "Document",
    "Fact",
    "Finding",
    "Grid",
    "Identity",
    "InputError",
    "NarrativeFigure",
    "NotAReport",
    "Report",
    "UnreadableDocument",
    "mart",
    "query",
]


def __getattr__(name: str) -> Any:
    if name in ("mart", "query"):  # pandas and duckdb are loaded when they are first needed
        return getattr(import_module("pipeline.warehouse"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""What the national forms print, and how issuers print it otherwise."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def data(name: str) -> Any:
    """What a TOML file of this room says, or the rows of a CSV file."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    if name.endswith(".toml"):
        return tomllib.loads(text)
    return list(csv.DictReader(text.splitlines()))


FORM: dict[str, Any] = data("form.toml")
HEADINGS: list[str] = FORM["headings"]
# Table three, in the order of the form; a label stands in one to three of the columns of labels.
APPLICATIONS: list[dict[str, str]] = data("applications.csv")
_ODD: dict[str, dict[str, Any]] = data("oddities.toml")
ODDITIES: dict[str, str] = _ODD["meaning"]


def application_rows(form: str) -> list[dict[str, str]]:
    """The rows of `applications.csv` that this form has."""
    return [row for row in APPLICATIONS if row["form"] in ("", form)]


def printed_label(label: str, oddities: Sequence[str]) -> str:
    """The label as a report with these oddities prints it."""
    for oddity in oddities:
        for form, page in _ODD["labels"].get(oddity, ()):
            label = label.replace(form, page)
        if oddity == "comma_numbering":
            label = re.sub(r"^(\d)\.", r"\1、", label)
    return label

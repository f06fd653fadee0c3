"""Kinds of administrative organs, told by the ending of the name."""

from __future__ import annotations

import csv
from enum import StrEnum
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("organ_types.csv")


class Kind(StrEnum):
    """The `organ_type` of an identity; `organ_types.csv` has the words."""

    GOVERNMENT = "government"
    GOVERNMENT_OFFICE = "government_office"
    TOWNSHIP_GOVERNMENT = "township_government"
    SUBDISTRICT_OFFICE = "subdistrict_office"
    DEPARTMENT = "department"
    DEVELOPMENT_ZONE = "development_zone"
    VERTICAL_BRANCH = "vertical_branch"
    PUBLIC_INSTITUTION = "public_institution"


def kind_of(name: str) -> Kind | None:
    """The kind whose ending matches the most of the name; None if no ending does."""
    for length in range(min(len(name), _longest()), 0, -1):
        if kind := _endings().get(name[-length:]):
            return kind
    return None


@cache
def _endings() -> dict[str, Kind]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            ending: Kind(row["organ_type"])
            for row in csv.DictReader(file)
            for ending in row["endings"].split(";")
        }


@cache
def _longest() -> int:
    return max(map(len, _endings()))

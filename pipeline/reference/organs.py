"""Kinds of administrative organs, told by the ending of the name, and the names in full."""

from __future__ import annotations

import csv
from enum import StrEnum
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("organ_types.csv")
_SHORT_FORMS = Path(__file__).with_name("organ_short_forms.csv")


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


def full_form(name: str) -> str:
    """The name with a short form at its end written out: 昆山市卫健委 → 昆山市卫生健康委员会."""
    for short, full in _short_forms().items():
        if name.endswith(short):
            return name.removesuffix(short) + full
    return name


@cache
def _short_forms() -> dict[str, str]:
    with _SHORT_FORMS.open(encoding="utf-8", newline="") as file:
        return {row["short"]: row["full"] for row in csv.DictReader(file)}


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

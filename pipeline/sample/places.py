"""The fictional county: its townships, and the rows that tell a reader where they are."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.sample.wording import data

PROVINCE, CITY, COUNTY = "示例省", "示例市", "示例县"
YEARS = range(2019, 2025)


@dataclass(frozen=True, slots=True)
class Town:
    """A township-level unit; `busy` (0 to 3) is how much the public asks of it."""

    name: str
    code: str
    kind: str
    busy: int

    @property
    def organ(self) -> str:
        """The full name of the organ that reports."""
        office = "办事处" if self.kind == "subdistrict" else "人民政府"
        return f"{PROVINCE}{CITY}{COUNTY}{self.name}{office}"

    @property
    def self_name(self) -> str:
        """What the organ calls itself in its prose."""
        return {"subdistrict": "本街道", "town": "本镇", "township": "本乡"}[self.kind]


# A row is one of `regions.csv`, with `busy`; no real code begins with 99.
_ROWS: list[dict[str, str]] = data("places.csv")
TOWNS = tuple(Town(row["name"], row["code9"], row["kind"], int(row["busy"])) for row in _ROWS)


def region_rows() -> list[tuple[str, ...]]:
    """The columns of `regions.csv`, and the county's units in them."""
    columns = tuple(column for column in _ROWS[0] if column != "busy")
    return [columns, *(tuple(row[column] for column in columns) for row in _ROWS)]

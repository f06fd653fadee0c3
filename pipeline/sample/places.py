"""The fictional county: its townships, and the rows that tell a reader where they are."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE, CITY, COUNTY = "示例省", "示例市", "示例县"
COUNTY_CODE = "990121"  # no real code begins with 99
EDITIONS = ("2016-07-31", "2023-06-30")
YEARS = range(2019, 2025)

REGION_COLUMNS = (
    "code9",
    "name",
    "first_vintage",
    "last_vintage",
    "kind",
    "county6",
    "county_name",
    "city_name",
    "province_name",
    "note",
)


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


TOWNS = (
    Town("云岫街道", f"{COUNTY_CODE}001", "subdistrict", 3),
    Town("汀兰街道", f"{COUNTY_CODE}002", "subdistrict", 3),
    Town("澜溪街道", f"{COUNTY_CODE}003", "subdistrict", 2),
    Town("云岫镇", f"{COUNTY_CODE}100", "town", 1),
    Town("霁川镇", f"{COUNTY_CODE}101", "town", 2),
    Town("松籁镇", f"{COUNTY_CODE}102", "town", 1),
    Town("墨溪镇", f"{COUNTY_CODE}103", "town", 1),
    Town("青禾渡镇", f"{COUNTY_CODE}104", "town", 0),
    Town("枫桥渡镇", f"{COUNTY_CODE}105", "town", 1),
    Town("鹿吟乡", f"{COUNTY_CODE}200", "township", 0),
    Town("竹影乡", f"{COUNTY_CODE}201", "township", 0),
    Town("雁归乡", f"{COUNTY_CODE}202", "township", 0),
)


def region_rows() -> list[tuple[str, ...]]:
    """The county's units in the columns of `REGION_COLUMNS`."""
    where = (COUNTY_CODE, COUNTY, CITY, PROVINCE)
    return [(town.code, town.name, *EDITIONS, town.kind, *where, "fictional") for town in TOWNS]

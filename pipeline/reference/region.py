"""A region: one unit under one name, in one place above it."""

from __future__ import annotations

from typing import NamedTuple

# What the tables print in the place of a county that is none.
NO_COUNTY = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Region(NamedTuple):
    """A unit under one name; `kind` is province, city, county or a kind of township-level unit.

    `first_edition` and `last_edition` are the years of the first and the last edition that list it;
    above the townships those of the ministry's yearly lists, where these have it. The `code` is a
    key of that edition, and empty for a township of a time from which no edition is known.
    """

    code: str
    name: str
    kind: str
    county_code: str
    county_name: str
    city_name: str
    province_name: str
    first_edition: int
    last_edition: int

    @property
    def full_name(self) -> str:
        """Province, city, county and name in a row, each said once."""
        parts: list[str] = []
        for part in (self.province_name, self.city_name, self.county_name, self.name):
            if part and part not in NO_COUNTY and part not in parts:
                parts.append(part)
        return "".join(parts)

    @property
    def is_township(self) -> bool:
        return self.kind not in ("county", "city", "province")

    def contains(self, other: Region) -> bool:
        """Whether the other unit lies in this one, or is it."""
        if self.kind == "province":
            return other.province_name == self.province_name
        if self.kind == "city":
            return (other.province_name, other.city_name) == (self.province_name, self.city_name)
        if self.kind == "county":
            return (other.county_code, other.county_name) == (self.county_code, self.county_name)
        return other == self

    def stands_in(self, year: int) -> bool:
        """Whether an edition of the year lists it."""
        return self.first_edition <= year <= self.last_edition


REGION_COLUMNS = Region._fields


def above_townships(
    kind: str, code: str, name: str, city: str, province: str, first: int, last: int
) -> Region:
    """A county, a city or a province."""
    county = (code, name) if kind == "county" else ("", "")
    return Region(code, name, kind, *county, city, province, first, last)

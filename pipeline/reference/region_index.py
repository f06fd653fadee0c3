"""What a look at the tables of regions needs first, made of them.

python -m pipeline.reference.region_index    # after one of the two tables has changed
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from pipeline.reference.history import History
from pipeline.reference.region import Region
from pipeline.reference.regions import COUNTIES, NAMES, NATIONAL, units_of
from pipeline.text.years import FIRST_YEAR


def index_of(table: bytes, history: History) -> dict[Path, bytes]:
    """The files beside the tables and what they hold, a line each: townships by name, counties."""
    names, tails = set(), set()
    for line in table.splitlines()[1:]:
        _, name, _, tail = line.split(b",", 3)
        names.add(name)
        tails.add(tail)
    lines = (",".join(map(str, line)) + "\n" for line in _units(tails, history))
    return {
        NAMES: b"".join(name + b"\n" for name in sorted(names)),
        COUNTIES: "".join(lines).encode(),
    }


def _units(tails: set[bytes], history: History) -> Iterator[tuple[str | int, ...]]:
    """The units that a report may be of: those of the history, then those of the bureau alone."""
    gains: dict[Region, list[str]] = {}
    for after, before, year in history.gains():
        if year > FIRST_YEAR:
            gains.setdefault(after, []).append(f"{before.code}@{year}")
    listed = {(unit.code, unit.name) for unit in history.units}
    listed |= {(unit.name, unit.province_name) for unit in history.units if unit.kind != "county"}
    # No organ of Hong Kong, Macao or Taiwan reports under these rules; 台湾事务办公室 is elsewhere.
    reporting = {tail.decode().split(",")[3] for tail in tails}
    units = [
        unit
        for unit in history.units
        if unit.last_edition >= FIRST_YEAR and unit.province_name in reporting
    ]
    for unit in units_of(tails):
        of = unit.name, unit.province_name
        if (of if unit.kind != "county" else (unit.code, unit.name)) not in listed:
            units.append(unit)
    for unit in sorted(units):
        names = unit.kind, unit.code, unit.name, unit.city_name, unit.province_name
        yield *names, *unit[-2:], " ".join(gains.get(unit, ()))


if __name__ == "__main__":
    for path, content in index_of(gzip.decompress(NATIONAL.read_bytes()), History()).items():
        path.write_bytes(gzip.compress(content, mtime=0))

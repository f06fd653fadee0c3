"""What a look at the table of regions needs first, made of it: its names and its counties.

python -m pipeline.reference.region_index    # after regions.csv.gz has changed
"""

from __future__ import annotations

import gzip
from pathlib import Path

from pipeline.reference.regions import COUNTIES, NAMES, NATIONAL, counties_of


def index_of(table: bytes) -> dict[Path, bytes]:
    """The files beside the table and what they hold, a line each: townships by name, counties."""
    names, tails = set(), set()
    for line in table.splitlines()[1:]:
        _, name, _, tail = line.split(b",", 3)
        names.add(name)
        tails.add(tail)
    counties = (
        (unit.code, unit.name, unit.city_name, unit.province_name, *map(str, unit[-2:]))
        for unit in counties_of(tails)
    )
    lines = "".join(",".join(county) + "\n" for county in counties)
    return {NAMES: b"".join(name + b"\n" for name in sorted(names)), COUNTIES: lines.encode()}


if __name__ == "__main__":
    for path, content in index_of(gzip.decompress(NATIONAL.read_bytes())).items():
        path.write_bytes(gzip.compress(content, mtime=0))

"""Facts about the world: regions, kinds of organ, metrics, crosswalk, breaks.

`regions.csv.gz` holds the township-level units of the statistics bureau's yearly editions
2016–2023, one row for a unit under one name in one county over consecutive editions, sorted by
code; 街道办事处 at the end of a name is written 街道, a note in brackets after it is left out. A
code may be given to another unit in a later edition, so neither the code nor the name alone says
which unit is meant. `township_names.txt.gz` and `counties.txt.gz` are made of it, so that most
documents are read without it; `python -m pipeline.reference.region_index` makes them anew.

`central_organs.csv` are the organs of the State Council, which belong to no region.
`organ_types.csv` lists how the names of organs end, `organ_short_forms.csv` the short forms that
stand for one full name only: 发改局 or 住建局 may be any of several; `place_short_forms.csv` does
it for places that are not cut by rule.
"""

from pipeline.reference.organ_names import (
    can_stand,
    is_central,
    is_relative,
    said_once,
    without_desk,
)
from pipeline.reference.organs import (
    GOVERNMENTS,
    ONE_OR_UNKNOWN,
    RURAL,
    OrganKind,
    Sameness,
    full_form,
    full_place,
    kind_of,
    may_be_one,
    place_in,
)
from pipeline.reference.regions import Region, Regions, load_regions

__all__ = [
    "GOVERNMENTS",
    "ONE_OR_UNKNOWN",
    "RURAL",
    "OrganKind",
    "Region",
    "Regions",
    "Sameness",
    "can_stand",
    "full_form",
    "full_place",
    "is_central",
    "is_relative",
    "kind_of",
    "load_regions",
    "may_be_one",
    "place_in",
    "said_once",
    "without_desk",
]

"""Facts about the world: regions, kinds of organ, metrics, crosswalk, breaks.

`regions.csv.gz` holds the township-level units of the statistics bureau's yearly editions
2016–2023, one row for a unit under one name in one county over consecutive editions, sorted by
code; 街道办事处 at the end of a name is written 街道, a note in brackets after it is left out. A
code may be given to another unit in a later edition, so neither the code nor the name alone says
which unit is meant.

`county_history.csv.gz` holds the counties, cities and provinces of the civil affairs ministry's
yearly lists since 1981, with what became of each; it was compiled from the published lists and is
in the public domain (CC0). The two number townships differently, and counties alike. So a code is
a key with its edition only: that of a township is the bureau's, any other the ministry's.

`township_names.txt.gz` and `counties.txt.gz`, the units since 2008, are made of the two, so that
most documents are read without them; `python -m pipeline.reference.region_index` makes them anew.

`central_organs.csv` are the organs of the State Council, which belong to no region.
`organ_types.csv` lists how the names of organs end, `organ_short_forms.csv` the short forms that
stand for one full name only: 发改局 or 住建局 may be any of several; `place_short_forms.csv` does
it for places that are not cut by rule.
"""

from pipeline.reference.of_year import RegionsOfYear, in_year
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
from pipeline.reference.region import Region
from pipeline.reference.regions import Regions, load_regions

__all__ = [
    "GOVERNMENTS",
    "ONE_OR_UNKNOWN",
    "RURAL",
    "OrganKind",
    "Region",
    "Regions",
    "RegionsOfYear",
    "Sameness",
    "can_stand",
    "full_form",
    "full_place",
    "in_year",
    "is_central",
    "is_relative",
    "kind_of",
    "load_regions",
    "may_be_one",
    "place_in",
    "said_once",
    "without_desk",
]

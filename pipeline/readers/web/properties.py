"""What is known of the properties of CSS: `properties.csv`, the only table of them.

`does` names the rule in `values` that judges a value unless it is one of the `harmless` ones, and
`in_tables` the one for any value on a part of a table, where that differs. What is set `apart` is
seen as a piece of its own; what `hides` matters even far outside a table. A name with an asterisk
stands for all that begin like it; `-box`, `-drawn`, `-font`, `-odd` and `-rule` are what
`stylesheet` leaves behind in an element's style.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.readers.web import values
from pipeline.readers.web.values import Traits


class Property(NamedTuple):
    """What a property does, by its value."""

    does: Callable[[str], Traits] = values.odd
    in_tables: Callable[[str], Traits] | None = None
    harmless: frozenset[str] = frozenset()
    apart: bool = False
    hides: bool = False


def _known() -> dict[str, Property]:
    with Path(__file__).with_name("properties.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {
        name: Property(
            getattr(values, does),
            getattr(values, in_tables) if in_tables else None,
            frozenset(harmless.split()),
            apart == "yes",
            hides == "yes",
        )
        for name, does, in_tables, harmless, apart, hides in rows
    }


PROPERTIES = _known()
HIDING = frozenset(name for name, known in PROPERTIES.items() if known.hides)
COLOURS = frozenset(("color", "background", "background-color"))
_UNKNOWN = Property()
_FAMILIES = tuple((name[:-1], known) for name, known in PROPERTIES.items() if name[-1] == "*")


@lru_cache(maxsize=4000)
def traits(name: str, value: str, of_table: bool) -> Traits:
    """What a declaration does; nothing where it is known to leave the text as it is."""
    if name.endswith(("animation", "animation-name")):
        return ("animated",)
    if value in values.NO_EFFECT and (name, value) != ("display", "none"):
        return ()
    known = PROPERTIES.get(name)
    if known is None:
        alike = (each for start, each in _FAMILIES if name.startswith(start))
        known = next(alike, _UNKNOWN)
    if of_table and known.in_tables:
        return known.in_tables(value)
    return () if value in known.harmless else known.does(value)

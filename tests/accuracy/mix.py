"""Which form and which oddities a report has: the committed mixes, and what goes together."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from tests.accuracy.figures import SIZES
from tests.accuracy.flat import flat_layouts, untraced
from tests.accuracy.odd_flat import FLAT, OLDER_FLAT
from tests.accuracy.odd_labels import LABELS
from tests.accuracy.odd_tables import TABLES
from tests.accuracy.odd_values import VALUES
from tests.accuracy.older_labels import OLDER_LABELS
from tests.accuracy.older_page import older_draft
from tests.accuracy.older_rows import OLDER_ROWS
from tests.accuracy.older_values import OLDER_VALUES
from tests.accuracy.page import Draft, draft
from tests.accuracy.render import FORMATS

Oddity = Callable[[Draft, Random], bool]
ODDITIES: dict[str, Oddity] = {**VALUES, **LABELS, **TABLES, **FLAT}
OLDER_ODDITIES: dict[str, Oddity] = {
    **OLDER_VALUES,
    **OLDER_LABELS,
    **OLDER_ROWS,
    **OLDER_FLAT,
}
PLAIN = "none"  # the name of no oddity: the report is drawn without any
MODERN = "2019-2021"
MIXES = (MODERN, "2014", "2008")
_TABLES = {
    "2019": ("t2019", "t2019"),
    "2021": ("t2021", "t2021"),
    "2021+2019": ("t2021", "t2019"),
}
_PLACES = [(format_, layout) for format_, layouts in FORMATS.items() for layout in layouts]
_IN_MIX = {
    layout for _, layout in _PLACES if layout not in flat_layouts() or flat_layouts()[layout].in_mix
}


@dataclass(frozen=True, slots=True)
class Odd:
    """One row of a mix; oddities that touch the same thing are not combined.

    `formats` are formats or single layouts of them; a layout with a minus is none of them: there
    the oddity would leave no trace.
    """

    name: str
    weight: float
    hides_value: bool
    formats: frozenset[str]
    touches: frozenset[str]

    def fits(self, format_: str, layout: str) -> bool:
        """Whether pages of this layout have the oddity."""
        return bool(self.formats & {format_, layout}) and f"-{layout}" not in self.formats


def load_mix(mix: str = MODERN) -> dict[str, Odd]:
    """A committed mix by the name of the oddity; the older forms share one table."""
    column = "weight" if mix == MODERN else mix
    return {
        row["oddity"]: Odd(
            row["oddity"],
            float(row[column]),
            row["hides_value"] == "yes",
            frozenset(row["formats"].split()),
            frozenset(row["touches"].split()),
        )
        for row in _committed("mix.csv" if mix == MODERN else "mix_older.csv")
    }


@cache
def _committed(name: str) -> tuple[dict[str, str], ...]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def random_draft(rng: Random, only: str = "", mix: str = "", layout: str = "") -> Draft:
    """A report of the mix, or of any, with up to three oddities or with the one named; in any
    layout of the mix or in the one named."""
    while True:
        made = _drawn(rng, only, mix, layout)
        if made is not None:
            made.hide(*untraced(made))
            return made


def _drawn(rng: Random, only: str, mix: str, wanted: str) -> Draft | None:
    """A report, or None where it gives the oddity nothing to work on."""
    odd = "" if only == PLAIN else only
    form = _random_form(rng, odd, mix, wanted)
    odds = load_mix(form["mix"])
    format_, layout = _place(rng, form, odds.get(odd), wanted)
    size = rng.choice(SIZES)
    if form["mix"] == MODERN:
        made = draft(rng, format_, layout, _TABLES[form["form"]], size)
    else:
        made = older_draft(rng, format_, layout, form["form"], size)
    made.form, made.mix = form["form"], form["mix"]
    if not only:
        _add_oddities(made, rng, odds.values())
    elif odd:
        made.oddities.append(odd)
        return made if _oddity(made, odd)(made, rng) else None
    return made


def _random_form(rng: Random, only: str, mix: str, layout: str) -> dict[str, str]:
    possible = [
        row
        for row in _committed("forms.csv")
        if mix in ("", row["mix"])
        and (not only or only in load_mix(row["mix"]))
        and _places(row, load_mix(row["mix"]).get(only), layout)
    ]
    return rng.choices(possible, [float(row["weight"]) for row in possible])[0]


def _places(form: dict[str, str], odd: Odd | None, layout: str) -> list[tuple[str, str]]:
    """The formats and layouts that a form, an oddity and a layout go with."""
    printed = set(form["formats"].split())
    return [
        place
        for place in _PLACES
        if printed & set(place) and (odd is None or odd.fits(*place)) and layout in ("", place[1])
    ]


def _place(rng: Random, form: dict[str, str], odd: Odd | None, layout: str) -> tuple[str, str]:
    """A format and a layout: the one named, or one of the mix, or one that only the oddity has."""
    places = _places(form, odd, layout)
    places = [place for place in places if layout or place[1] in _IN_MIX] or places
    format_ = rng.choice(list(dict.fromkeys(format_ for format_, _ in places)))
    return format_, rng.choice([layout for f, layout in places if f == format_])


def _oddity(made: Draft, name: str) -> Oddity:
    return (ODDITIES if made.mix == MODERN else OLDER_ODDITIES)[name]


def _add_oddities(made: Draft, rng: Random, odds: Iterable[Odd]) -> None:
    possible = [odd for odd in odds if odd.weight and odd.fits(made.format, made.layout)]
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
        odd = rng.choices(possible, [odd.weight for odd in possible])[0]
        possible = [other for other in possible if not other.touches & odd.touches]
        if odd in possible:  # it touches nothing, and must not come twice
            possible.remove(odd)
        if _oddity(made, odd.name)(made, rng):
            made.oddities.append(odd.name)
        if not possible:
            return

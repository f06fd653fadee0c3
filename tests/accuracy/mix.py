"""Which oddities a report has: the committed mix, and what goes together."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.accuracy.figures import SIZES
from tests.accuracy.odd_labels import LABELS
from tests.accuracy.odd_tables import TABLES
from tests.accuracy.odd_values import VALUES
from tests.accuracy.page import Draft, draft
from tests.accuracy.render import FORMATS

ODDITIES: dict[str, Callable[[Draft, Random], bool]] = {**VALUES, **LABELS, **TABLES}
_FORMS = (("t2019", "t2019"), ("t2021", "t2021"), ("t2021", "t2021"), ("t2021", "t2019"))


@dataclass(frozen=True, slots=True)
class Odd:
    """One row of the mix; oddities that touch the same thing are not combined."""

    name: str
    weight: float
    hides_value: bool
    formats: frozenset[str]
    touches: frozenset[str]


def load_mix() -> dict[str, Odd]:
    """The committed mix by name."""
    with (Path(__file__).parent / "mix.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["oddity"]: Odd(
                row["oddity"],
                float(row["weight"]),
                row["hides_value"] == "yes",
                frozenset(row["formats"].split()),
                frozenset(row["touches"].split()),
            )
            for row in csv.DictReader(stream)
        }


def random_draft(rng: Random, only: str = "") -> Draft:
    """A report with up to three oddities, or with the one named."""
    mix = load_mix()
    while True:
        formats = sorted(mix[only].formats) if only else list(FORMATS)
        format_ = rng.choice(formats)
        layout = rng.choice(FORMATS[format_])
        made = draft(rng, format_, layout, rng.choice(_FORMS), rng.choice(SIZES))
        if not only:
            _add_oddities(made, rng, [odd for odd in mix.values() if format_ in odd.formats])
            return made
        if ODDITIES[only](made, rng):
            made.oddities.append(only)
            return made


def _add_oddities(made: Draft, rng: Random, possible: list[Odd]) -> None:
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
        odd = rng.choices(possible, [odd.weight for odd in possible])[0]
        possible = [other for other in possible if not other.touches & odd.touches]
        if odd in possible:  # it touches nothing, and must not come twice
            possible.remove(odd)
        if ODDITIES[odd.name](made, rng):
            made.oddities.append(odd.name)
        if not possible:
            return

"""Signs that a document is one organ's annual report, or is none, each with its weight."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from pipeline.genre.shape import QUOTED

_WEIGHTS = Path(__file__).with_name("weights.csv")
_NO_REPORT = "not an annual report on government-information disclosure"
_LONGEST_SHOWN = 60  # characters of the words of a sign
ENOUGH = 4  # a title alone; without one, two of the other signs


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document yields no report, and what to do about it."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What speaks for a report (`weight` above 0) or against it, with its words and their place.

    `says` tells what it is; what speaks against has a `remedy`.
    """

    name: str
    weight: int
    says: str
    words: str
    where: str
    remedy: str = ""

    @property
    def quoted(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.says}: “{self.words[:QUOTED]}”{place}" if self.words else self.says


def _kinds() -> dict[str, dict[str, str]]:
    with _WEIGHTS.open(encoding="utf-8", newline="") as stream:
        return {row["sign"]: row for row in csv.DictReader(stream)}


KINDS = _kinds()


def sign(name: str, words: str, where: str, weight: int | None = None, says: str = "") -> Sign:
    """A sign of a kind that `weights.csv` lists; with less weight, or other words, if given."""
    kind = KINDS[name]
    told = says or kind["says"]
    heavy = int(kind["weight"]) if weight is None else weight
    return Sign(name, heavy, told, words[:_LONGEST_SHOWN], where, kind["remedy"])


@dataclass(frozen=True, slots=True)
class Weighing:
    """All signs that a document gives, those against it in the order in which they are told."""

    signs: tuple[Sign, ...]

    @property
    def total(self) -> int:
        return sum(sign.weight for sign in self.signs)

    @property
    def needed(self) -> int:
        """The total from which on a document is a report."""
        return ENOUGH

    @property
    def refusal(self) -> Refusal | None:
        """Why the document is no report; None if enough speaks for it."""
        if self.total >= ENOUGH:
            return None
        good = [sign for sign in self.signs if sign.weight > 0]
        # What weighs little is the reason only if there would be enough without it.
        little = 0 if sum(sign.weight for sign in good) >= ENOUGH else -ENOUGH
        bad = next((sign for sign in self.signs if sign.weight < little), None)
        had = ", ".join(sign.says for sign in good)
        if bad:
            return Refusal(bad.quoted + (f", which outweighs {had}" if had else ""), bad.remedy)
        found = {KINDS[sign.name]["missed_as"] for sign in good}
        wanted = dict.fromkeys(kind["missed_as"] for kind in KINDS.values())
        lacks = ", ".join(name for name in wanted if name and name not in found)
        has = f"it has {had}, and lacks {lacks}" if had else f"it lacks {lacks}"
        return Refusal(f"{_NO_REPORT}: {has}", "remove it from the collection, or fix its title")

"""Invented figures that agree with one another within a report and from year to year."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from pipeline.sample.places import YEARS, Town
from pipeline.sample.wording import APPLICATIONS

Key = tuple[str, str]  # concept, applicant
Figures = dict[Key, Decimal]

LEGAL = (
    "legal_commercial",
    "legal_research",
    "legal_public_interest",
    "legal_law_service",
    "legal_other",
)
APPLICANTS = ("natural_person", *LEGAL, "total")

DISPUTE_PATHS = ("review", "lit_direct", "lit_after_review")
DISPUTE_ENDS = ("upheld", "corrected", "other", "pending")


def draw(low: int, high: int, *key: object) -> int:
    """A number from low to high that depends on nothing but `key`."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return low + int.from_bytes(digest[:8], "big") % (high - low + 1)


def figures(town: Town, year: int) -> Figures:
    """Every figure either national form may ask of this town for this year."""
    counts = _documents(town, year) | _items(town, year) | _decisions(town, year)
    counts |= _applications(town, year) | _disputes(town, year)
    return {key: Decimal(value) for key, value in counts.items()}


def _documents(town: Town, year: int) -> dict[Key, int]:
    made, stock, repealed = 0, draw(3, 24, town.name, "documents"), 0
    public = stock
    for past in range(YEARS[0], year + 1):
        made = draw(0, 4 + town.busy, town.name, past, "made")
        repealed = min(stock, draw(0, 2, town.name, past, "repealed"))
        stock += made - repealed
        public += made
    counts = {
        "newly_made": made,
        "newly_disclosed": made,
        "disclosed_total": public,
        "issued": made,
        "repealed": repealed,
        "in_force": stock,
    }
    documents = {(f"normative_docs_{column}", ""): count for column, count in counts.items()}
    return documents | {(f"rules_{column}", ""): 0 for column in counts}


def _items(town: Town, year: int) -> dict[Key, int]:
    counts: dict[Key, int] = {}
    reach = {"licensing": 28, "other_services": 90, "penalty": 16, "coercion": 6, "admin_fee": 4}
    for row, most in reach.items():
        items = draw(0, most, town.name, row, "items")
        change = 0
        for past in range(YEARS[0], year + 1):
            items += change
            change = max(-items, draw(-5, 11, town.name, row, past, "change"))
            if draw(0, 2, town.name, row, past, "still") == 0:
                change = 0
        counts[f"{row}_items_prev_year", ""] = items
        counts[f"{row}_items_change", ""] = change
    return counts


def _decisions(town: Town, year: int) -> dict[Key, int]:
    """Decisions, and amounts in yuan; which unit is printed is another matter."""
    reach = (40, 180, 620, 3400)[town.busy]
    penalties = (0, 3, 12, 60)[town.busy] if year >= 2021 else 0
    projects = draw(0, 4 + 9 * town.busy, town.name, year, "projects")
    projects *= draw(0, 3, town.name, year, "purchase") > 0
    mean = draw(18_000, 160_000, town.name, year, "mean")
    fee = draw(2_000, 90_000, town.name, year, "fee") if town.busy >= 2 else 0
    counts = {
        "licensing_decisions": draw(reach // 3, reach, town.name, year, "licensing"),
        "other_services_decisions": draw(0, reach * 2, town.name, year, "services"),
        "penalty_decisions": draw(0, penalties, town.name, year, "penalty"),
        "coercion_decisions": draw(0, penalties // 10, town.name, year, "coercion"),
        "procurement_projects": projects,
        "procurement_amount": projects * mean // 10 * 10,
        "admin_fee_amount": fee // 100 * 100,
        "nar_info_fee_amount": draw(0, 3, town.name, year, "info") * 120 * (town.busy == 3),
    }
    return {(concept, ""): count for concept, count in counts.items()}


def _applications(town: Town, year: int) -> dict[Key, int]:
    """Table three, column by column: what comes in is dealt with or carried on."""
    rows = [row["code"] for row in APPLICATIONS if row["code"] != "req_outcome_other"]
    counts: dict[Key, int] = {(row, who): 0 for row in rows for who in APPLICANTS}
    for order, who in enumerate(APPLICANTS[:-1]):
        carried = draw(0, town.busy, town.name, who, "opening") if order < 2 else 0
        for past in range(YEARS[0], year + 1):
            new, carried_in = _new_requests(town, past)[order], carried
            carried = min(new, draw(0, town.busy, town.name, past, who, "open"))
        counts["req_received_new", who] = new
        counts["req_carried_in", who] = carried_in
        counts["req_carried_out", who] = carried
        processed = counts["req_processed_total", who] = new + carried_in - carried
        for nth in range(processed):
            counts[_outcome(town, year, who, nth), who] += 1
    for row in rows:
        counts[row, "total"] = sum(counts[row, who] for who in APPLICANTS[:-1])
    for who in APPLICANTS:  # the older form has no leaves here
        leaves = (row for row in rows if row.startswith("req_other_"))
        counts["req_outcome_other", who] = sum(counts[leaf, who] for leaf in leaves)
    return counts


def _new_requests(town: Town, year: int) -> list[int]:
    """How many requests each kind of applicant makes in a year."""
    reach = ((0, 1), (0, 4), (5, 16), (24, 62))[town.busy]
    requests = draw(*reach, town.name, year, "requests")
    shares = [0] * (len(APPLICANTS) - 1)
    for nth in range(requests if town.busy or year % 2 else 0):
        pick = draw(0, 99, town.name, year, nth, "who")
        shares[0 if pick < 82 else 1 if pick < 93 else 4 if pick < 97 else 5] += 1
    return shares


def _outcome(town: Town, year: int, who: str, nth: int) -> str:
    """How a request ends: the rows without a weight stay at nought."""
    weights = {row["code"]: int(row["weight"]) for row in APPLICATIONS if row["weight"]}
    pick = draw(1, sum(weights.values()), town.name, year, who, nth, "outcome")
    for outcome, weight in weights.items():
        pick -= weight
        if pick <= 0:
            return outcome
    raise AssertionError("weights do not cover their sum")


def _disputes(town: Town, year: int) -> dict[Key, int]:
    counts: dict[Key, int] = {}
    for path, most in zip(DISPUTE_PATHS, (3, 2, 1), strict=True):
        reach = most if town.busy == 3 else int(town.busy == 2 and path == "review")
        for end in DISPUTE_ENDS:
            counts[f"{path}_{end}", ""] = draw(0, reach, town.name, year, path, end)
        counts[f"{path}_total", ""] = sum(counts[f"{path}_{end}", ""] for end in DISPUTE_ENDS)
    return counts

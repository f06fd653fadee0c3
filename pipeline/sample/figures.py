"""Invented figures that agree with one another within a report and from year to year."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from pipeline.sample.places import YEARS, Town
from pipeline.sample.wording import GROUPS, OTHER_GROUP, SINGLE

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

# How often a request ends so; the rest of the form's outcomes stay at nought.
OUTCOME_WEIGHTS = {
    "req_outcome_granted": 38,
    "req_outcome_partial": 9,
    "req_denied_law_prohibited": 1,
    "req_denied_security_stability": 1,
    "req_denied_third_party": 4,
    "req_denied_internal_affairs": 3,
    "req_denied_process_info": 3,
    "req_denied_enforcement_file": 2,
    "req_denied_admin_query": 2,
    "req_unable_not_held": 22,
    "req_unable_needs_creation": 3,
    "req_unable_unclear": 1,
    "req_notproc_petition": 4,
    "req_notproc_repeat": 3,
    "req_notproc_reissue": 1,
    "req_other_no_correction": 2,
    "req_other_misc": 1,
}
OUTCOMES = tuple(code for code, _ in (*SINGLE, *(row for _, rows in GROUPS for row in rows)))
LEAVES = tuple(code for code, _ in OTHER_GROUP[1])  # of （六）, on the form of 2021
DISPUTE_PATHS = ("review", "lit_direct", "lit_after_review")
DISPUTE_ENDS = ("upheld", "corrected", "other", "pending")
ITEM_ROWS = ("licensing", "other_services", "penalty", "coercion")

REQUESTS_A_YEAR = ((0, 1), (0, 4), (5, 16), (24, 62))  # by `Town.busy`


def draw(low: int, high: int, *key: object) -> int:
    """A number from low to high that depends on nothing but `key`."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return low + int.from_bytes(digest[:8], "big") % (high - low + 1)


def figures(town: Town, year: int) -> Figures:
    """Every figure either national form may ask of this town for this year."""
    counts = {
        **_documents(town, year),
        **_items(town, year),
        **_money(town, year),
        **_applications(town, year),
        **_disputes(town, year),
    }
    return {key: Decimal(value) for key, value in counts.items()}


def _documents(town: Town, year: int) -> dict[Key, int]:
    made, stock, repealed = 0, draw(3, 24, town.name, "documents"), 0
    public = stock
    for past in range(YEARS[0], year + 1):
        made = draw(0, 4 + town.busy, town.name, past, "made")
        repealed = min(stock, draw(0, 2, town.name, past, "repealed"))
        stock += made - repealed
        public += made
    rules = ("newly_made", "newly_disclosed", "disclosed_total", "issued", "repealed", "in_force")
    return {
        **{(f"rules_{column}", ""): 0 for column in rules},
        ("normative_docs_newly_made", ""): made,
        ("normative_docs_newly_disclosed", ""): made,
        ("normative_docs_disclosed_total", ""): public,
        ("normative_docs_issued", ""): made,
        ("normative_docs_repealed", ""): repealed,
        ("normative_docs_in_force", ""): stock,
    }


def _items(town: Town, year: int) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for row, most in (*zip(ITEM_ROWS, (28, 90, 16, 6), strict=True), ("admin_fee", 4)):
        items = draw(0, most, town.name, row, "items")
        change = 0
        for past in range(YEARS[0], year + 1):
            items += change
            change = max(-items, draw(-5, 11, town.name, row, past, "change"))
            if draw(0, 2, town.name, row, past, "still") == 0:
                change = 0
        found[f"{row}_items_prev_year", ""] = items
        found[f"{row}_items_change", ""] = change
    return found | _decisions(town, year)


def _decisions(town: Town, year: int) -> dict[Key, int]:
    reach = (40, 180, 620, 3400)[town.busy]
    penalties = (0, 3, 12, 60)[town.busy] if year >= 2021 else 0
    return {
        ("licensing_decisions", ""): draw(reach // 3, reach, town.name, year, "licensing"),
        ("other_services_decisions", ""): draw(0, reach * 2, town.name, year, "services"),
        ("penalty_decisions", ""): draw(0, penalties, town.name, year, "penalty"),
        ("coercion_decisions", ""): draw(0, penalties // 10, town.name, year, "coercion"),
    }


def _money(town: Town, year: int) -> dict[Key, int]:
    """Amounts in yuan; which unit is printed is another matter."""
    projects = draw(0, 4 + 9 * town.busy, town.name, year, "projects")
    projects *= draw(0, 3, town.name, year, "purchase") > 0
    mean = draw(18_000, 160_000, town.name, year, "mean")
    fee = draw(2_000, 90_000, town.name, year, "fee") if town.busy >= 2 else 0
    return {
        ("procurement_projects", ""): projects,
        ("procurement_amount", ""): projects * mean // 10 * 10,
        ("admin_fee_amount", ""): fee // 100 * 100,
        ("nar_info_fee_amount", ""): draw(0, 3, town.name, year, "info") * 120 * (town.busy == 3),
    }


def _applications(town: Town, year: int) -> dict[Key, int]:
    """Table three, column by column: what comes in is dealt with or carried on."""
    arriving = ("req_received_new", "req_carried_in")
    rows = (*arriving, *OUTCOMES, *LEAVES, "req_processed_total", "req_carried_out")
    found: dict[Key, int] = {(row, who): 0 for row in rows for who in APPLICANTS}
    for order, who in enumerate(APPLICANTS[:-1]):
        carried = draw(0, town.busy, town.name, who, "opening") if order < 2 else 0
        for past in range(YEARS[0], year + 1):
            new = _new_requests(town, past)[order]
            carried_in, carried = (
                carried,
                min(new, draw(0, town.busy, town.name, past, who, "open")),
            )
        found["req_received_new", who] = new
        found["req_carried_in", who] = carried_in
        found["req_carried_out", who] = carried
        processed = found["req_processed_total", who] = new + carried_in - carried
        for nth in range(processed):
            found[_outcome(town, year, who, nth), who] += 1
    for row in rows:
        found[row, "total"] = sum(found[row, who] for who in APPLICANTS[:-1])
    for who in APPLICANTS:  # the older form has no leaves here
        found["req_outcome_other", who] = sum(found[leaf, who] for leaf in LEAVES)
    return found


def _new_requests(town: Town, year: int) -> tuple[int, ...]:
    requests = draw(*REQUESTS_A_YEAR[town.busy], town.name, year, "requests")
    if town.busy == 0 and year % 2 == 0:
        requests = 0
    shares = [0] * (len(APPLICANTS) - 1)
    for nth in range(requests):
        pick = draw(0, 99, town.name, year, nth, "who")
        shares[0 if pick < 82 else 1 if pick < 93 else 4 if pick < 97 else 5] += 1
    return tuple(shares)


def _outcome(town: Town, year: int, who: str, nth: int) -> str:
    pick = draw(1, sum(OUTCOME_WEIGHTS.values()), town.name, year, who, nth, "outcome")
    for outcome, weight in OUTCOME_WEIGHTS.items():
        pick -= weight
        if pick <= 0:
            return outcome
    raise AssertionError("weights do not cover their sum")


def _disputes(town: Town, year: int) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for path, most in zip(DISPUTE_PATHS, (3, 2, 1), strict=True):
        for end in DISPUTE_ENDS:
            reach = most if town.busy == 3 else int(town.busy == 2 and path == "review")
            found[f"{path}_{end}", ""] = draw(0, reach, town.name, year, path, end)
        found[f"{path}_total", ""] = sum(found[f"{path}_{end}", ""] for end in DISPUTE_ENDS)
    return found

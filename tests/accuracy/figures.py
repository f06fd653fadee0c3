"""Random figures that obey every rule the forms print: what an organ could truthfully report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

Key = tuple[str, str]  # concept, and applicant or period
Figures = dict[Key, Decimal]

LEGAL = (
    "legal_commercial",
    "legal_research",
    "legal_public_interest",
    "legal_law_service",
    "legal_other",
)
APPLICANTS = ("natural_person", *LEGAL, "total")
DENIED = tuple(
    f"req_denied_{name}"
    for name in (
        "state_secret",
        "law_prohibited",
        "security_stability",
        "third_party",
        "internal_affairs",
        "process_info",
        "enforcement_file",
        "admin_query",
    )
)
UNABLE = tuple(f"req_unable_{name}" for name in ("not_held", "needs_creation", "unclear"))
NOT_PROCESSED = tuple(
    f"req_notproc_{name}" for name in ("petition", "repeat", "publication", "excessive", "reissue")
)
OTHER_2021 = tuple(f"req_other_{name}" for name in ("no_correction", "fee_unpaid", "misc"))
OTHER_2019 = ("req_outcome_other",)
PATHS = ("review", "lit_direct", "lit_after_review")
ENDS = ("upheld", "corrected", "other", "pending")
ITEM_ROWS = ("licensing", "other_services", "penalty", "coercion", "admin_fee")

# How many requests, documents, decisions an organ of a kind has at most.
_SIZES = {
    "township": (4, 3, 60),
    "bureau": (90, 60, 20_000),
    "city": (6_000, 900, 11_500_000),
}
SIZES = tuple(_SIZES)


def outcomes(form: str) -> tuple[str, ...]:
    """The rows of table three that share out the requests handled, in the form's order."""
    other = OTHER_2021 if form == "t2021" else OTHER_2019
    return (
        "req_outcome_granted",
        "req_outcome_partial",
        *DENIED,
        *UNABLE,
        *NOT_PROCESSED,
        *other,
    )


def legal_figures(rng: Random, table_two: str, table_three: str, size: str) -> Figures:
    """One report's figures in the given forms of table two and table three."""
    requests, documents, decisions = _SIZES[size]
    figures = _disclosure(rng, table_two, documents, decisions)
    figures |= _applications(rng, outcomes(table_three), requests)
    for path in PATHS:
        ends = [_count(rng, requests // 20 + 1, 0.6) for _ in ENDS]
        figures |= {(f"{path}_{end}", ""): n for end, n in zip(ENDS, ends, strict=True)}
        figures[f"{path}_total", ""] = sum(ends, Decimal(0))
    return figures


def _count(rng: Random, largest: int, nought: float) -> Decimal:
    """A count, small ones likelier than large ones."""
    if rng.random() < nought:
        return Decimal(0)
    return Decimal(int(largest ** rng.random()))


def _disclosure(rng: Random, form: str, documents: int, decisions: int) -> Figures:
    made = ("newly_made", "newly_disclosed", "disclosed_total")
    if form == "t2021":
        made = ("issued", "repealed", "in_force")
    figures: Figures = {}
    for row in ("rules", "normative_docs"):
        for column in made:
            figures[f"{row}_{column}", ""] = _count(rng, documents, 0.3)
    for row in ("licensing", "other_services", "penalty", "coercion"):
        figures[f"{row}_decisions", ""] = _count(rng, decisions, 0.2)
    if form == "t2021":
        del figures["other_services_decisions", ""]
        figures["admin_fee_amount", ""] = _count(rng, decisions, 0.5) / rng.choice((1, 10, 1000))
        return figures
    for row in ITEM_ROWS:
        before = _count(rng, documents * 4, 0.2)
        figures[f"{row}_items_prev_year", ""] = before
        change = _count(rng, documents, 0.4)
        figures[f"{row}_items_change", ""] = max(-before, change * rng.choice((1, -1)))
    projects = _count(rng, documents, 0.4)
    figures["procurement_projects", ""] = projects
    mean = Decimal(rng.randrange(500, 900_000))
    figures["procurement_amount", ""] = projects * mean
    return figures


def _applications(rng: Random, rows: Sequence[str], requests: int) -> Figures:
    figures: Figures = {}
    for who in APPLICANTS[:-1]:
        rare = 0.2 if who == "natural_person" else 0.6
        new, carried = _count(rng, requests, rare), _count(rng, requests // 9 + 1, 0.7)
        carried_out = Decimal(rng.randint(0, int(new + carried)) // 4)
        shares = dict.fromkeys(rows, Decimal(0))
        weights = [9.0, 3.0, *(rng.random() for _ in rows[2:])]
        for _ in range(min(int(new + carried - carried_out), 400)):
            shares[rng.choices(rows, weights)[0]] += 1
        shares[rows[0]] += new + carried - carried_out - sum(shares.values())
        figures |= {
            ("req_received_new", who): new,
            ("req_carried_in", who): carried,
            ("req_carried_out", who): carried_out,
            ("req_processed_total", who): sum(shares.values(), Decimal(0)),
        }
        figures |= {(row, who): n for row, n in shares.items()}
    concepts = dict.fromkeys(concept for concept, _ in figures)
    for concept in concepts:
        total = sum((figures[concept, who] for who in APPLICANTS[:-1]), Decimal(0))
        figures[concept, "total"] = total
    return figures

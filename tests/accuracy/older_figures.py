"""Random figures that obey what the tables of 2014 and 2008 say of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

Counts = dict[str, Decimal]

CHANNELS = ("gazette", "website", "weibo", "wechat", "other")
DENIED_2014 = tuple(
    f"t14_denied_{name}"
    for name in (
        "state_secret",
        "trade_secret",
        "privacy",
        "security",
        "not_gov_info",
        "other_law",
    )
)
REPLIES_2014 = tuple(
    f"t14_reply_{name}"
    for name in (
        "already_public",
        "granted",
        "partial",
        "denied",
        "not_this_organ",
        "not_exist",
        "told_amend",
        "told_other_channel",
    )
)
WAYS_2014 = tuple(f"t14_req_{name}" for name in ("in_person", "fax", "online", "letter"))
WAYS_2008 = tuple(
    f"t08_req_{name}" for name in ("in_person", "fax", "email", "web", "letter", "other")
)
REFUSED_2008 = tuple(
    f"t08_refused_{name}"
    for name in (
        "not_gov_info",
        "not_exist",
        "not_held",
        "unclear",
        "exempt1_secret",
        "exempt2_trade",
        "exempt3_privacy",
        "exempt4_process",
        "exempt5_enforcement",
        "exempt6_law",
        "other",
    )
)
SUMS = {
    "t14_req_received": WAYS_2014,
    "t14_req_closed": ("t14_req_closed_on_time", "t14_req_closed_extended"),
    "t14_req_replied": REPLIES_2014,
    "t14_reply_denied": DENIED_2014,
    "t14_review_total": ("t14_review_upheld", "t14_review_corrected", "t14_review_other"),
    "t14_lit_total": ("t14_lit_upheld", "t14_lit_corrected", "t14_lit_other"),
    "t14_staff_total": ("t14_staff_fulltime", "t14_staff_parttime"),
    "t08_req_total": WAYS_2008,
    "t08_replied_total": ("t08_reply_granted", "t08_reply_partial", "t08_reply_refused"),
    "t08_reply_refused": REFUSED_2008,
}

# How many requests, how many pieces of information an organ of a kind has at most.
_SIZES = {"township": (5, 400), "bureau": (90, 9_000), "city": (6_000, 2_500_000)}


def figures_2014(rng: Random, size: str) -> Counts:
    """One organ's year on the form of 2014."""
    requests, pieces = _SIZES[size]
    found = _disclosure_2014(rng, pieces) | _responses_2014(rng, pieces // 40)
    received = _count(rng, requests, 0.3)
    found |= _shared("t14_req_received", received, rng)
    closed = max(received - rng.choice((0, 0, 0, 1)), Decimal(0))
    found |= _shared("t14_req_closed", closed, rng)
    found |= _shared("t14_req_replied", closed, rng)
    found |= _shared("t14_reply_denied", found["t14_reply_denied"], rng)
    for path in ("t14_review_total", "t14_lit_total"):
        found |= _shared(path, _count(rng, requests // 10 + 1, 0.6), rng)
    found["t14_complaints"] = _count(rng, requests // 10 + 1, 0.7)
    found["t14_req_fee_amount"] = _money(rng, requests, 0.7)
    found["t14_budget"] = _money(rng, requests * 4, 0.3)
    found["t14_dedicated_units"] = _count(rng, requests // 8 + 1, 0.3)
    found["t14_reading_points"] = _count(rng, requests // 4 + 3, 0.2)
    found |= _shared("t14_staff_total", _count(rng, requests // 2 + 3, 0.1), rng)
    found["t14_meetings"] = _count(rng, 40, 0.1)
    found["t14_training_sessions"] = _count(rng, 30, 0.2)
    found["t14_training_people"] = _count(rng, pieces // 3, 0.2)
    return found


def figures_2008(rng: Random, size: str) -> Counts:
    """One organ's figures for one period on the coded tables of before 2014."""
    requests, pieces = _SIZES[size]
    disclosed = _count(rng, pieces, 0.05)
    found = {
        "t08_disclosed_total": disclosed,
        "t08_disclosed_fulltext": disclosed - _up_to(rng, disclosed, 3),
        "t08_normative_docs_new": _up_to(rng, min(disclosed, Decimal(300)), 2),
        "t08_service_info": _count(rng, pieces // 3, 0.2),
        "t08_web_visits": _count(rng, pieces * 9, 0.2),
        "t08_on_request_catalogue": _count(rng, requests * 6, 0.4),
    }
    for asked in ("onsite_visitors", "online_inquiries", "phone_inquiries"):
        found[f"t08_{asked}"] = _count(rng, requests * 10, 0.3)
    received = _count(rng, requests, 0.3)
    found |= _shared("t08_req_total", received, rng)
    found |= _shared("t08_replied_total", received - _up_to(rng, received, 8), rng)
    found |= _shared("t08_reply_refused", found["t08_reply_refused"], rng)
    for end in ("review", "litigation", "appeal"):
        found[f"t08_{end}"] = _count(rng, requests // 10 + 1, 0.6)
    return found


def _count(rng: Random, largest: int, nought: float) -> Decimal:
    """A count, small ones likelier than large ones."""
    if rng.random() < nought:
        return Decimal(0)
    return Decimal(int(max(largest, 1) ** rng.random()))


def _up_to(rng: Random, most: Decimal, part: int) -> Decimal:
    """A count of at most so manieth of another."""
    return Decimal(rng.randint(0, int(most)) // part)


def _money(rng: Random, largest: int, nought: float) -> Decimal:
    """An amount in 万元 with up to four decimals."""
    return _count(rng, largest * 100, nought) / rng.choice((1, 10, 100, 10_000))


def _shared(total: str, value: Decimal, rng: Random) -> Counts:
    """A total and the parts it is the sum of."""
    parts = SUMS[total]
    return {total: value} | dict(zip(parts, _parts(rng, value, parts), strict=True))


def _parts(rng: Random, value: Decimal, parts: Sequence[str]) -> list[Decimal]:
    weights = [rng.random() ** 3 for _ in parts]
    shares = [int(value * Decimal(weight / sum(weights))) for weight in weights]
    for _ in range(int(value) - sum(shares)):
        shares[rng.randrange(len(shares))] += 1
    return [Decimal(share) for share in shares]


def _disclosure_2014(rng: Random, pieces: int) -> Counts:
    """The same information in several channels counts once in the total."""
    found = {f"t14_channel_{name}": _count(rng, pieces, 0.3) for name in CHANNELS}
    most, every = int(max(found.values())), int(sum(found.values()))
    total = Decimal(rng.randint(most, every))
    normative = _up_to(rng, min(total, Decimal(300)), 2)
    return {
        "t14_disclosed_total": total,
        "t14_normative_docs_disclosed": normative,
        "t14_normative_docs_made": normative + _count(rng, 40, 0.5),
    } | found


def _responses_2014(rng: Random, most: int) -> Counts:
    found = {"t14_hot_issues_responded": _count(rng, most, 0.3)}
    for event in ("press_conf", "online_interview"):
        total = _count(rng, most, 0.4)
        found[f"t14_{event}"] = total
        found[f"t14_{event}_principal"] = _up_to(rng, total, 1)
    for written in ("interpretations", "social_media_responses", "other_responses"):
        found[f"t14_{written}"] = _count(rng, most * 4, 0.3)
    return found

"""Where a name may be found, the place to believe first before the others: `methods.csv`.

A `strong` place names the issuer by itself; a `weak` one needs a second place that agrees. The
places without a strength only speak against a name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TITLED = ("title", "heading")  # the methods of names that a title gives
_UPLOADER = re.compile("政务服务|政务公开|大数据|数据|信息中心|行政审批|网信|融媒|网络|档案")


@cache
def _methods() -> tuple[Mapping[str, str], ...]:
    with Path(__file__).with_name("methods.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def in_order() -> tuple[str, ...]:
    """The methods that may name the issuer, each weaker than the one before."""
    return tuple(row["method"] for row in _methods() if row["strength"])


@cache
def weak() -> frozenset[str]:
    """The methods that name it for sure only where another place agrees."""
    return frozenset(row["method"] for row in _methods() if row["strength"] == "weak")


def needs_another(method: str, name: str) -> bool:
    """Whether this place names the issuer for sure only where another agrees.

    发布机构 may be whoever put the page online, an office for such things.
    """
    return method in weak() or (method == "issuer_line" and _UPLOADER.search(name) is not None)


@cache
def places() -> Mapping[str, str]:
    """What people call the place that each method of evidence looks at."""
    return {row["method"]: row["place"] for row in _methods()}

"""The units that cells, labels and prose count in: the one list of them, longer ones first."""

from __future__ import annotations

from decimal import Decimal

YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}

# Patterns for one unit; 条（次） is one as printed.
MONEY_UNIT = "万元|亿元|元"
COUNT_UNIT = (
    r"[件条]\(次\)|件次|条次|篇次|人次|场次|批次"
    "|件|条|份|个|项|次|宗|起|例|则|篇|期|人|场"
)
UNIT = f"{MONEY_UNIT}|{COUNT_UNIT}"

"""The units that cells, labels and prose count in: the one list of them, longer ones first."""

from __future__ import annotations

from decimal import Decimal

YUAN = {
    "十万元": Decimal(100_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
    "百元": Decimal(100),
    "千元": Decimal(1_000),
    "元": Decimal(1),
}

# Patterns for one unit; 条（次） is one as printed.
MONEY_UNIT = "|".join(YUAN)
COUNT_UNIT = (
    r"[件条]\(次\)|件次|条次|篇次|人次|场次|批次"
    "|件|条|份|个|项|次|宗|起|例|则|篇|期|人|场"
)
UNIT = f"{MONEY_UNIT}|{COUNT_UNIT}"
# A word of size before a unit: 万件, 千条. 十 alone numbers rows.
SIZE = "(?:[十百千]?万|[十百千万]?亿|[百千])"
# Money that has no fixed factor to the yuan, and coins, which no report counts in.
FOREIGN = (
    "(?:美|港|欧|日|澳|加|韩|台)元|美金|港币|日圆|英镑|韩币|台币|卢布|法郎"
    "|USD|HKD|EUR|JPY|GBP|[$€£]"
)
COIN = "[角分]"

"""Traditional → simplified script: `script.csv`, the only table of it.

A row is one character, or a word of as many characters on either side: what another script has
another word for (資訊 → 信息), or what stays as it is (於潜 is a town, 屬於 is not). A character
that is simplified script itself, or that an official name is written with (乾, 藉, 濛, 塚), has
no row of its own. The characters are from OpenCC's table (Apache License 2.0), as far as the
everyday set GB 2312 or a name of `reference/regions.csv.gz` has the simplified one.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path


def simplified(text: str) -> str:
    """The text in simplified script, of the same length; places keep the names they have."""
    signs, written, table = _patterns()
    return written.sub(lambda found: table[found[0]], text) if signs.search(text) else text


def is_traditional(text: str) -> bool:
    """Whether a text has more characters that only traditional script has than of the other."""
    only_traditional, only_simplified = _telling()
    more = sum((char in only_traditional) - (char in only_simplified) for char in text)
    return more > 0


@cache
def _table() -> dict[str, str]:
    with Path(__file__).with_name("script.csv").open(encoding="utf-8", newline="") as file:
        return {row["traditional"]: row["simplified"] for row in csv.DictReader(file)}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """What tells at a glance that there is something to do; all that is to be replaced; by what."""
    table = _table()
    single = {char for char in table if len(char) == 1}
    kept = {char for word in table.values() for char in word}
    signs = single | {char for word in table for char in word} - kept
    words = sorted(table.keys() - single, key=len, reverse=True)
    written = rf"{'|'.join(words)}|[{''.join(sorted(single))}]"
    return re.compile(f"[{''.join(sorted(signs))}]"), re.compile(written), table


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that only traditional, and those that only simplified script is written with.

    Big5 holds the characters of traditional script, 后 and 里 among them.
    """
    table = {char: plain for char, plain in _table().items() if len(char) == 1}
    plain = (char for char in table.values() if char.encode("big5", "ignore") == b"")
    return frozenset(table), frozenset(plain)

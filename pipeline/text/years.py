"""Years as they are printed: 2021年, 二〇二一年, 2O21年, and spans of time."""

from __future__ import annotations

import re

FIRST_YEAR, LAST_YEAR = 2008, 2035
TO = r"[至到\-—~～－–―]{1,2}"  # between the beginning and the end of a span

_DIGITS = str.maketrans("〇○零OoIl一二三四五六七八九", "0000011123456789")
_WRITTEN_YEAR = re.compile(
    r"二[〇○零Oo0][〇○零Oo0一二三][〇○零Oo0一二三四五六七八九](?=年)"
    r"|(?<![\dA-Za-z])2(?!\d{3})[〇○Oo0][0-3〇○OoIl][\d〇○OoIl](?=年)"
)


def years_in_digits(text: str) -> str:
    """The text with the years that are written in words, or with letters, in digits.

    Every character keeps its place.
    """
    if "年" not in text:
        return text
    return _WRITTEN_YEAR.sub(lambda found: found.group().translate(_DIGITS), text)


def plausible_year(text: str | None) -> int | None:
    """The year, if a report on it can exist."""
    year = int(text) if text else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None

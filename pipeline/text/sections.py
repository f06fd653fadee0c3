"""The numbers that lines begin with: 一、总体情况, 1.概述, （二）主动公开, 第三章."""

from __future__ import annotations

import re

from pipeline.text.figures import numeral

_HAN = "一二三四五六七八九十"
# What the forms number their sections with; tables number their rows 1. 2.
SECTION = rf"[{_HAN}]{{1,3}}、"
LINE_NUMBER_IN_WORDS = rf"(?:{SECTION}|[(（][{_HAN}]{{1,3}}[)）]|第[{_HAN}]{{1,3}}[章节])"
# 1.5万元 begins with no number of a line; 1.2021年 does.
_IN_DIGITS = r"\d{1,2}(?:、|[.．](?!\d(?!\d{3}年)))"
LINE_NUMBER = rf"(?:{LINE_NUMBER_IN_WORDS}|[{_HAN}]{{1,3}}[.．]|{_IN_DIGITS}|[(（]\d{{1,2}}[)）])"
_NUMBER = re.compile(LINE_NUMBER)
_SECTION = re.compile(rf"([{_HAN}]{{1,3}})[、.．]|(?={_IN_DIGITS})(\d+)")


def is_numbered(line: str) -> bool:
    """Whether a line begins with a number of any level: 一、 1. （二） 第三章."""
    return _NUMBER.match(line) is not None


def section_number(line: str, *, digits: bool = True) -> int:
    """The number of the section that a line opens: 3 for 三、 and, with `digits`, for 3. and 3、.

    0 for a line that opens none.
    """
    number = _SECTION.match(line)
    if number is None or not (number[1] or digits):
        return 0
    return int(numeral(number[2] or number[1]) or 0)

"""One grammar of figures: what a number looks like in a cell, in a line and in prose; what it says.

Whoever asks whether something is a figure makes the pattern of these pieces, or asks the functions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.model import Status
from pipeline.text.labels import MARKS, TURNING, squeezed, trimmed
from pipeline.text.notes import is_harmless, refers
from pipeline.text.units import COIN, COUNT_UNIT, FOREIGN, MONEY_UNIT, SIZE, UNIT, YUAN

WRITTEN = "〇零一二两三四五六七八九十百千"
# No more commas than a count has: a search takes no longer than its text.
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
# A figure among others in a line: 12, -3, 1,234件.
FIGURE = rf"[-+]?{NUMBER}(?:{UNIT})?"
# A figure with its unit in a sentence: 12件, 18万余人次.
FIGURE_IN_PROSE = rf"(?<!\d){NUMBER}[余多]?[千万亿]?[余多]?(?:{UNIT})"
# The number of a figure in a sentence, in digits or words; not the 3 of 第3 or of 2.3.
NUMERAL = rf"(?<![\d.第{WRITTEN}])(?:{NUMBER}|(?<!数)[{WRITTEN}]+)万?"

# No quantity that these organs count has fifteen digits: figures have run together.
LARGEST = Decimal(10) ** 14

_DASH = re.compile(r"^[/\\|\-‐‑–—―−_~*]+$")
_NIL_WORDS = frozenset(
    {"无", "暂无", "没有", "不涉及", "无此项", "未涉及", "不适用", "无收费", "未收费"}
)
PICTURE = "\ufffc"  # stands in a text where something is drawn that may show a figure
_VALUE = re.compile(
    r"^(?:(?P<about>约|近|大约)|(?P<currency>人民币:?¥?|¥)){0,2}"
    rf"(?P<sign>[+\-]+|增加?|新增|减少?)?(?P<number>{NUMBER})"
    rf"(?P<over>余|多)?(?P<unit>[万亿][余多]元|{UNIT}|[万亿])?(?:(?<=元)[整正])?"
    r"(?P<more>余|多|左右|以上)?(?:\((?P<note>.*)\))?[;。]?$",
    re.DOTALL,
)
# 12[1] and 12*: a mark after the number leads to a note.
_MARK_AFTER = re.compile(r"(?<=\w)\s*(?:[\[〔][\d*注（）()、,.]{1,5}[\]〕]|[*＊※†]{1,3})\s*$")
# 125000（12.5万元）: the amount once more, in another unit.
_AMOUNT = re.compile(
    rf"(?:[约即折合共总计=]|等于|人民币)*(?P<number>{NUMBER})(?P<unit>{MONEY_UNIT})"
)
# What a break may leave of a number: 1, of 1,234.
_PART = re.compile(r"[-+.,/\d]*\d")
# 减少1,共12: a change, and what is there after it.
_CHANGE = re.compile(
    rf"(?P<sign>[+\-]|增加?|新增|减少?)(?P<number>{NUMBER})(?:{UNIT})?[,;、(]?"
    rf"(?:现有|现共|合计|总计|总共|共有|共计|共)(?P<whole>{NUMBER})(?:{UNIT})?\)?"
)
_LONE_UNIT = re.compile(rf"^\(?(?P<unit>{UNIT})\)?$")
_CURRENCY = "(?:人民币[:/]?)?"
_UNITS = rf"{_CURRENCY}(?:{MONEY_UNIT})(?:[/、或]{_CURRENCY}(?:{MONEY_UNIT}))*"
# 单位：元谋县人民政府 names an organ.
_NO_PLACE = r"(?!\w{1,3}(?:[省市县区镇乡州旗]|街道))"
_UNIT_IS = r"单位(?:均|都|一律|统一)?[:为是,]{0,2}\(?"
# Behind counts that stand before what is looked for: 单位：件、千元.
_STATED_UNITS = re.compile(
    rf"{_UNIT_IS}(?:(?:{COUNT_UNIT})[/、,;或和及]?)*(?P<said>{_UNITS}|{SIZE}(?=\)|$)){_NO_PLACE}"
    rf"|\((?P<noted>{_UNITS}|{SIZE})(?:/?人民币)?\)"
    rf"|额[:/]?(?P<beside>{_UNITS})|[以按](?P<counted>{_UNITS})(?:为单位|计)"
    rf"|(?P<first>{MONEY_UNIT})为单位"
)
_SAID = rf"{_UNIT_IS}(?:(?:{UNIT})[/、,;或和及]?)*"
_SIZED = rf"{SIZE}(?:{COUNT_UNIT})"
_POWER = "(?:[×x*]10[0-9]*|10{2,})"  # （10） numbers a row
_IN_THOUSANDS = rf"{_SAID}(?:{_POWER}|[km](?!\w))|[(/]{_POWER}(?:\)|$)|thousand|million|’000"
_SIZED_COUNT = re.compile(
    rf"{_SAID}(?:{_SIZED}{_NO_PLACE}|{SIZE}(?!\w)|[%‰])|[(/](?:{SIZE}|{_SIZED})(?:\)|$)"
    rf"|[以按]{_SIZED}(?:为单位|计)|^{_SIZED}$|{_IN_THOUSANDS}",
    re.IGNORECASE,
)
_OTHER_MONEY = re.compile(
    rf"{_SAID}{COIN}(?!\w)|[(/]{COIN}(?:\)|$)|{FOREIGN}|{_IN_THOUSANDS}", re.IGNORECASE
)
# How else units are written: 仟圆, in other brackets, in quotes.
_ONE_WRITING = str.maketrans(
    "圆仟佰拾[]【】〔〕〖〗〈〉《》{}'", "元千百十()()()()()()()’", '"“”‘「」'
)

_WORDS = re.compile(rf"^(?P<number>[{WRITTEN}]+)(?P<unit>{UNIT})?$")
_DIGITS = "零一二三四五六七八九"
_PLACES = {"千": 1000, "百": 100, "十": 10, "": 1}


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says: `value` in `unit` (empty when none is printed in the cell)."""

    status: Status
    value: Decimal | None = None
    unit: str = ""
    doubts: tuple[Kind, ...] = ()


def plain_unit(text: str) -> str:
    """The unit that a cell holds and nothing else (`条`, `（万元）`), or an empty string."""
    found = _LONE_UNIT.match(squeezed(text))
    return found["unit"] if found else ""


def money_unit(text: str) -> str:
    """The unit of money that a header or note states, or an empty string."""
    return next(iter(money_units(text)), "")


@lru_cache(maxsize=10_000)
def money_units(text: str) -> tuple[str, ...]:
    """Every unit of money that a header or note states, in order."""
    found = _STATED_UNITS.finditer(squeezed(text).translate(_ONE_WRITING))
    stated = (each[each.lastgroup or 0] for each in found)
    return tuple(
        unit for units in stated for unit in re.findall(MONEY_UNIT, units) or [f"{units}元"]
    )


@lru_cache(maxsize=10_000)
def counts_in_sizes(text: str) -> bool:
    """Whether a header or note says that counts are in thousands, in 万件, or shares."""
    return _SIZED_COUNT.search(squeezed(text).translate(_ONE_WRITING)) is not None


@lru_cache(maxsize=10_000)
def is_other_money(text: str) -> bool:
    """Whether a header or note states a unit of money that has no factor to the yuan."""
    return _OTHER_MONEY.search(squeezed(text).translate(_ONE_WRITING)) is not None


@lru_cache(maxsize=10_000)
def is_numeral(text: str) -> bool:
    """Whether a cell holds a number as a value cell would print it."""
    parsed = parse_value(text)
    return parsed.value is not None and not _may_number_a_row(parsed, text)


@lru_cache(maxsize=10_000)
def is_value_like(text: str) -> bool:
    """Whether a cell could be a value: a number, a dash, a nil word, nothing, or a picture."""
    if PICTURE in text:
        return is_value_like(text.replace(PICTURE, ""))
    parsed = parse_value(text)
    value = parsed.status is not Status.TEXT or squeezed(text) in _NIL_WORDS
    return value and not _may_number_a_row(parsed, text)


def _may_number_a_row(parsed: Value, text: str) -> bool:
    """Whether this is 一 … 十, which number the rows of a form as often as they count."""
    written = parsed.status is Status.REPAIRED and parsed.value != 0
    return written and len(squeezed(text)) == 1


@lru_cache(maxsize=10_000)
def is_figure(text: str) -> bool:
    """Whether a text is a number, what a break leaves of one, or what stands in its place."""
    if parse_value(text).status is Status.BLANK:
        return False
    return is_value_like(text) or _PART.fullmatch(squeezed(text)) is not None


@lru_cache(maxsize=10_000)
def parse_value(text: str) -> Value:
    """Read one value cell. Blank stays blank, nonsense stays text; nothing is made up.

    A sign is read only in the cells that carry one; callers flag it elsewhere. Words that mean
    "none" are text without a flag; other text in a value cell is doubted as `not_a_number`, and
    where something is drawn nothing is read.
    A count in words (`十二`) is repaired, with the doubt `numeral`.
    """
    if PICTURE in text:
        return Value(Status.UNREADABLE, doubts=(doubt.DRAWN,))
    unmarked = _MARK_AFTER.sub("", MARKS.sub("", text))
    if unmarked != text:
        value = parse_value(unmarked)
        return replace(value, doubts=(*value.doubts, doubt.FOOTNOTE_MARK))
    plain = squeezed(text)
    if not plain:
        return Value(Status.BLANK)
    if not text.isascii() and _is_turned(text):
        return Value(Status.TEXT, doubts=(doubt.NOT_A_NUMBER,))
    if _DASH.match(plain):
        return Value(Status.DASH)
    if plain in _NIL_WORDS:
        return Value(Status.TEXT)
    if found := _VALUE.match(plain):
        return _number(found, text)
    if change := change_and_total(plain):
        return Value(Status.NUMBER, change[0], doubts=(doubt.NOTE,))
    words = _WORDS.match(plain)
    if words and (number := _in_words(words["number"])) is not None:
        return Value(Status.REPAIRED, Decimal(number), words["unit"] or "", (doubt.NUMERAL,))
    return Value(Status.TEXT, doubts=(doubt.NOT_A_NUMBER,))


@lru_cache(maxsize=10_000)
def change_and_total(text: str) -> tuple[Decimal, Decimal] | None:
    """The change and what is there after it, where a cell says both: 减少1,共12."""
    found = _CHANGE.fullmatch(squeezed(text))
    if found is None:
        return None
    number, whole = (Decimal(found[name].replace(",", "")) for name in ("number", "whole"))
    return (-number if found["sign"].startswith(("-", "减")) else number), whole


def _is_turned(text: str) -> bool:
    """Whether digits stand on both sides of a mark that turns their order: 123 shows as 132."""
    return not set(TURNING).isdisjoint(text.strip(TURNING)) and any(map(str.isdecimal, text))


def _number(found: re.Match[str], printed: str) -> Value:
    doubts: list[Kind] = []
    sign = found["sign"] or ""
    number = Decimal(found["number"].replace(",", ""))
    if sign.startswith(("-", "减")):
        number = -number
    if len(sign) > 1 and sign[0] in "+-":
        doubts.append(doubt.SIGN)
    if re.match("0[0-9,]", found["number"]):
        doubts.append(doubt.LEADING_ZERO)
    note = found["note"] or ""
    if note and not is_harmless(note, number):
        doubts.append(doubt.FOOTNOTE_MARK if refers(note) else doubt.NOTE)
    unit = found["unit"] or ""
    if found["about"] or found["over"] or found["more"] or re.search("[余多]", unit):
        doubts.append(doubt.APPROXIMATE)
    if re.search(r"\d[,，.]?\s+[,，.]?\d", trimmed(printed).partition("(")[0].partition("（")[0]):
        doubts.append(doubt.SPLIT_DIGITS)
    status = Status.ZERO if number == 0 else Status.NUMBER
    if unit[:1] in ("万", "亿"):  # 万 and 万余元 stand for 万元
        unit = f"{unit[0]}元"
    if again := _AMOUNT.fullmatch(note):
        unit = _unit_of(number, unit, again)
        if not unit:
            return Value(Status.TEXT, doubts=tuple(doubts))
    unit = unit or plain_unit(note) or money_unit(f"({note})")
    if not unit and "¥" in (found["currency"] or ""):
        unit = "元"
    return Value(status, number, unit, tuple(doubts))


def _unit_of(number: Decimal, printed: str, again: re.Match[str]) -> str:
    """The unit in which a number is the amount that its note gives; empty where there is none."""
    amount = Decimal(again["number"].replace(",", "")) * YUAN[again["unit"]]
    units = [printed] if printed else [again["unit"], *YUAN]
    return next((unit for unit in units if number * YUAN.get(unit, Decimal(0)) == amount), "")


@lru_cache(maxsize=10_000)
def has_sign(text: str) -> bool:
    """Whether a plus, a minus or a word of change stands before the number."""
    found = _VALUE.match(squeezed(text))
    return bool(found and found["sign"])


@lru_cache(maxsize=10_000)
def numeral(printed: str) -> Decimal | None:
    """The number of a sentence (1,234, 26.8万, 十二); None where its value is open (三五, 百)."""
    plain = squeezed(printed)
    digits = plain.removesuffix("万")
    if re.fullmatch(NUMBER, digits):
        value = Decimal(digits.replace(",", ""))
    elif (words := _in_words(digits)) is not None:
        value = Decimal(words)
    else:
        return None
    value = value * 10_000 if digits != plain else value
    return Decimal(int(value)) if value == int(value) else value


def _in_words(words: str) -> int | None:
    """The number below 10 000 that is spelled out; None for 一百二, which says 120 or 102."""
    if not words or set(words) - set(WRITTEN):
        return None
    plain = words.replace("两", "二").replace("〇", "零").replace("百十", "百一十")
    number = digit = 0
    for char in plain:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        else:
            number, digit = number + (digit or 1) * _PLACES[char], 0
    number += digit
    spelled = _spelled(number)
    return number if plain in (spelled, spelled[1:] if 10 <= number < 20 else spelled) else None


def _spelled(number: int) -> str:
    """A number below 10 000 in words, each gap between its digits a 零."""
    words = ""
    gap = False
    for name, place in _PLACES.items():
        digit = number // place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
        gap = not digit
    return words or "零"

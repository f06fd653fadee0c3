"""Printed text → comparable label; printed text → status, Decimal, unit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipeline.model import Status

YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}

# U+202E is left out: it shows the digits after it in reverse.
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_MINUS = str.maketrans("\u2212\u2010\u2011", "---")
# NFKC would make figures of them: footnote marks above, below or in a circle.
_MARKS = re.compile(
    "[\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]"
)
_NOTE = re.compile(
    r"\([^()]{3,}\)|\((?:略|注|项|件|条|个|次|篇|人|人次|元|万|万元)\)|\[[^\[\]]*\]|\(\d{4}\)"
)
_ENUMERATION = re.compile(
    r"^(?:其中[:,]?)?"
    r"(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,:]|\d{1,2}[、.,:)](?!\d))?"
)
_DASH = re.compile(r"^[/\\|\-‐‑–—―−_~*]+$")
_NIL_WORDS = frozenset(
    {"无", "暂无", "没有", "不涉及", "无此项", "未涉及", "不适用", "无收费", "未收费"}
)
_VALUE_WORDS = _NIL_WORDS | {"\ufffc"}  # a picture may show a figure
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"万元|亿元|元|件次|条次|件|项|条|个|次|宗|起|例|则|份|人次|人|篇"
_VALUE = re.compile(
    r"^(?:(?P<about>约|近|大约)|(?P<currency>人民币:?¥?|¥)){0,2}"
    rf"(?P<sign>[+\-]+|增加?|新增|减少?)?(?P<number>{_NUMBER})"
    rf"(?P<over>余|多)?(?P<unit>[万亿][余多]元|{_UNIT}|[万亿])?(?:(?<=元)[整正])?"
    r"(?P<more>余|多|左右|以上)?(?P<note>\(.*\))?[;。]?$",
    re.DOTALL,
)
# 12[1] and 12*: a mark after the number leads to a note.
_MARK_AFTER = re.compile(r"(?<=\w)\s*(?:[\[〔][\d*注（）()、,.]{1,5}[\]〕]|[*＊※†]{1,3})\s*$")
# A note in a cell that turns its figure into another: a decrease, another year, a part.
_CHANGING = re.compile(r"^\((?:减|负|-|上年|去年|上一年|20\d\d年|累计|不含\D*$)")
_LONE_UNIT = re.compile(rf"^\(?(?P<unit>{_UNIT})\)?$")
_MONEY = "万元|亿元|元"
_CURRENCY = "(?:人民币[:/]?)?"
_UNITS = rf"{_CURRENCY}(?:{_MONEY})(?:[/、或]{_CURRENCY}(?:{_MONEY}))*"
_STATED_UNITS = re.compile(
    rf"单位[:为是]?\(?(?P<said>{_UNITS})|\((?P<noted>{_UNITS}|万)(?:/?人民币)?\)"
    rf"|额[:/]?(?P<beside>{_UNITS})"
)

_WORDS = re.compile(rf"^(?P<number>[〇零一二两三四五六七八九十百]+)(?P<unit>{_UNIT})?$")
_DIGITS: tuple[str, ...] = ("", *"一二三四五六七八九")


def _written(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + _DIGITS[ones]


# Counts in words; 一百二 is none of them, for it says 120 or 102.
_WRITTEN = {_written(number): number for number in range(1, 1000)}
_WRITTEN |= {_written(number)[1:]: number for number in range(10, 20)}
_WRITTEN |= {"零": 0, "〇": 0, "两": 2}


# The traditional forms of the characters that the forms' labels are written with.
_TRADITIONAL = str.maketrans(
    "規範製發廢現數許處罰強費業單萬億購採項內開總對務決計個維糾結訴訟複審關報舉條請無"
    "國級機構織會團續辦轉屬於類過執詢權護證應當為與從後經來還時間補編資減額獲確認據書"
    "繼繳納實際給電傳網線點財員專職設長門號訪諮聯種歷屆積圍違責樣閱覽議討論調徵損該僅"
    "檔體進並復營慮協區極統標題層變動術導監環準則併臨穩眾擬雜況組沒縣鎮鄉臺諸啟檢們鄰"
    "廳壓衛參備錄濟熱稱訓話讀錯問聞頁駁記",
    "规范制发废现数许处罚强费业单万亿购采项内开总对务决计个维纠结诉讼复审关报举条请无"
    "国级机构织会团续办转属于类过执询权护证应当为与从后经来还时间补编资减额获确认据书"
    "继缴纳实际给电传网线点财员专职设长门号访咨联种历届积围违责样阅览议讨论调征损该仅"
    "档体进并复营虑协区极统标题层变动术导监环准则并临稳众拟杂况组没县镇乡台诸启检们邻"
    "厅压卫参备录济热称训话读错问闻页驳记",
)


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says: `value` in `unit` (empty when none is printed in the cell)."""

    status: Status
    value: Decimal | None = None
    unit: str = ""
    flags: tuple[str, ...] = ()


def trimmed(text: str) -> str:
    """The text without invisible characters and without white space around it."""
    return text.translate(_INVISIBLE).strip(" \t\r\n\v\f\u00a0\u3000")


@lru_cache(maxsize=10_000)
def squeezed(text: str) -> str:
    """NFKC form without any white space or invisible character; minus signs are hyphens."""
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_MINUS)
    return re.sub(r"\s+", "", plain)


def simplified(text: str) -> str:
    """The forms' characters in simplified script; other words for 信息 and 项目 are undone."""
    return text.replace("資訊", "信息").replace("專案", "项目").translate(_TRADITIONAL)


# A collection prints the same few hundred labels and small numbers over and over.
@lru_cache(maxsize=10_000)
def label(text: str) -> str:
    """The comparable form of a printed label: no spaces, numbering, 其中, notes or punctuation.

    `（二）部分公开（区分处理的，只计这一情形，不计其他情形）` → `部分公开`. A label that is nothing
    but a note keeps its words.
    """
    whole = simplified(squeezed(_MARKS.sub("", text)))
    kept = _ENUMERATION.sub("", _NOTE.sub("", whole)) or whole
    return re.sub(r"[\W_]+", "", kept)


def is_note(text: str) -> bool:
    """Whether a text is nothing but a note in brackets."""
    whole = squeezed(text)
    return bool(whole) and not _NOTE.sub("", whole)


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
    found = _STATED_UNITS.finditer(simplified(squeezed(text)))
    stated = (each[each.lastgroup or 0] for each in found)
    return tuple(unit for units in stated for unit in re.findall(_MONEY, units) or [f"{units}元"])


def is_numeral(text: str) -> bool:
    """Whether a cell holds a number as a value cell would print it."""
    parsed = parse_value(text)
    return parsed.value is not None and not _may_number_a_row(parsed, text)


@lru_cache(maxsize=10_000)
def is_value_like(text: str) -> bool:
    """Whether a cell could be a value: a number, a dash, a nil word, nothing, or a picture."""
    parsed = parse_value(text)
    value = parsed.status is not Status.TEXT or squeezed(text) in _VALUE_WORDS
    return value and not _may_number_a_row(parsed, text)


def _may_number_a_row(parsed: Value, text: str) -> bool:
    """Whether this is 一 … 十, which number the rows of a form as often as they count."""
    written = parsed.status is Status.REPAIRED and parsed.value != 0
    return written and len(squeezed(text)) == 1


@lru_cache(maxsize=10_000)
def parse_value(text: str) -> Value:
    """Read one value cell. Blank stays blank, nonsense stays text; nothing is made up.

    A sign is read only in the cells that carry one; callers flag it elsewhere. Words that mean
    "none" are text without a flag; other text in a value cell is flagged `read:not_a_number`.
    A count in words (`十二`) is repaired, with the flag `read:numeral`.
    """
    unmarked = _MARK_AFTER.sub("", _MARKS.sub("", text))
    if unmarked != text:
        value = parse_value(unmarked)
        return replace(value, flags=(*value.flags, "read:footnote_mark"))
    plain = squeezed(text)
    if not plain:
        return Value(Status.BLANK)
    if _DASH.match(plain):
        return Value(Status.DASH)
    if plain in _NIL_WORDS:
        return Value(Status.TEXT)
    if found := _VALUE.match(plain):
        return _number(found, text)
    if (words := _WORDS.match(plain)) and words["number"] in _WRITTEN:
        number = Decimal(_WRITTEN[words["number"]])
        return Value(Status.REPAIRED, number, words["unit"] or "", ("read:numeral",))
    return Value(Status.TEXT, flags=("read:not_a_number",))


def _number(found: re.Match[str], printed: str) -> Value:
    flags: list[str] = []
    sign = found["sign"] or ""
    number = Decimal(found["number"].replace(",", ""))
    if sign.startswith(("-", "减")):
        number = -number
    if len(sign) > 1 and sign[0] in "+-":
        flags.append("read:sign")
    if re.match(r"0\d", found["number"]):
        flags.append("read:leading_zero")
    if found["note"] and _CHANGING.search(found["note"]):
        flags.append("read:note")
    unit = found["unit"] or ""
    if found["about"] or found["over"] or found["more"] or re.search("[余多]", unit):
        flags.append("source:approximate")
    if re.search(r"\d[,，.]?\s+[,，.]?\d", trimmed(printed).partition("(")[0].partition("（")[0]):
        flags.append("read:split_digits")
    status = Status.ZERO if number == 0 else Status.NUMBER
    note = found["note"] or ""
    unit = _whole_unit(unit) or plain_unit(note) or money_unit(note)
    if not unit and "¥" in (found["currency"] or ""):
        unit = "元"
    return Value(status, number, unit, tuple(flags))


def _whole_unit(unit: str) -> str:
    """The unit that `万`, `万余元` or the like stands for."""
    return f"{unit[0]}元" if unit[:1] in ("万", "亿") else unit


def has_sign(text: str) -> bool:
    """Whether a plus, a minus or a word of change stands before the number."""
    found = _VALUE.match(squeezed(text))
    return bool(found and found["sign"])

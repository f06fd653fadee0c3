"""The grammar of `narrative.toml`, as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.narrative.prose import LISTED_UNIT
from pipeline.text import NUMERAL, WRITTEN
from pipeline.text.patterns import Patterns
from pipeline.text.years import TO

CHANNELS = {
    "website": "nar_disclosed_website",
    "wechat": "nar_disclosed_wechat",
    "weibo": "nar_disclosed_weibo",
    "other_channel": "nar_disclosed_other_channel",
}

# 信息8项目 or 一件事 are no counts, and 8条/月 is a rate.
_NOT_A_UNIT = "(?![例款龙线理目事套章额]|/[月日天周季人每])"
# What may stand between a number and what it counts in 收到8件申请.
_NUMBER = "{N}"


@dataclass(frozen=True, slots=True)
class Frame:
    """What must stand right before a number with its unit, and what right behind it.

    Both are texts, for `compiled`.
    """

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One entry: which figures it gives and what must, or must not, stand around them.

    Figures have `frames` and `units`, zeros `patterns`. All are texts, for `compiled`; no
    sentence fits one that does not fit `needs`.
    """

    concepts: tuple[str, ...]
    frames: tuple[Frame, ...]
    units: frozenset[str]
    patterns: tuple[str, ...]
    needs: str
    never: str
    about: str
    certain: str
    reject: str
    reject_after: str
    reject_between: str
    settles: str
    after: str
    channel: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything `narrative.toml` says; `words` by the names the code uses.

    `count` is a number with its unit; no text has one without `counted`, and none says a zero
    without `none`.
    """

    figures: tuple[Wording, ...]
    zeros: tuple[Wording, ...]
    counted: re.Pattern[str]
    count: re.Pattern[str]
    none: re.Pattern[str]
    item: re.Pattern[str]
    counted_item: re.Pattern[str]
    words: Patterns


@cache
def rules() -> Rules:
    """The grammar, read once."""
    data = tomllib.loads(Path(__file__).with_name("narrative.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = data["words"] | {"to": TO}
    for name, text in data["words"].items():  # a role may be made of those above it
        words[name] = _expanded(text, words)
    patterns = {key: words[key] for key in (*CHANNELS, "device", "through", "several")}
    for kind in ("period", "scope", "neutral", "disclosure", "list", "heading", "unclaimed"):
        for key, text in data[kind].items():  # a pattern may be made of those above it
            patterns[key] = _expanded(text, words | patterns)
    patterns |= {f"{key}_aside": text for key, text in data["aside"].items()}
    # Who may stand twice (县政府办, 全镇); possessive, so that no prefix takes long to refuse.
    when, who = f"(?:{patterns['when']})*+", f"(?:{patterns['organ']})?"
    patterns["neutral"] = f"{patterns['ordinal']}{when}{who}{when}{who}{when}"
    for key in CHANNELS:
        patterns[f"bare_{key}"] = f"(?P<name>{words[key]}){patterns['bare']}"
        patterns[f"{key}_item"] = patterns["channel_item"].replace("CHANNEL", words[key])
    return Rules(
        figures=tuple(_wording(entry, words) for entry in data["figure"]),
        zeros=tuple(_wording(entry, words) for entry in data["zero"]),
        counted=re.compile(rf"[\d{WRITTEN}]万?[余多]?(?:{words['units']})"),
        count=re.compile(_count(words["units"])),
        none=re.compile(words["none"]),
        item=re.compile(
            rf"{patterns['between']}{patterns['name']}{patterns['link_of_item']}"
            rf"{_about_count(LISTED_UNIT)}{patterns['share']}"
        ),
        counted_item=re.compile(
            rf"{patterns['between']}{_about_count(LISTED_UNIT)}{patterns['name_behind']}"
        ),
        words=Patterns(patterns),
    )


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a wording, compiled when a sentence first has a word of it."""
    return re.compile(pattern)


def _wording(entry: dict[str, Any], words: dict[str, str]) -> Wording:
    keys = (
        "needs",
        "never",
        "about",
        "certain",
        "reject",
        "reject_after",
        "reject_between",
        "settles",
    )
    concepts = tuple(entry.get("concepts", [entry.get("concept")]))
    counted = "units" in entry
    return Wording(
        concepts=concepts,
        frames=tuple(_frames(entry, words)) if counted else (),
        units=frozenset(words.get(entry["units"], entry["units"]).split("|"))
        if counted
        else frozenset(),
        patterns=() if counted else tuple(_expanded(text, words) for text in entry["patterns"]),
        after=entry.get("after", ""),
        channel=entry.get("channel", False),
        **{key: _expanded(entry.get(key, ""), words) for key in keys},
    )


def _frames(entry: dict[str, Any], words: dict[str, str]) -> Iterator[Frame]:
    """The orders in which verb, object and number may stand, and what is spelled out besides."""
    own = {key: entry[key] for key in ("verb", "object", "gap") if key in entry}
    roles = words | own | {"behind": entry.get("behind", "")}
    orders = {
        "verb object number": "{verb}{gap}{object}{link}{N}",
        "object number": "{object}{link}{N}",
        "object verb number": "{object}{joint}{verb}{link}{N}",
        "verb number": "{verb}{link}{N}",
        "verb number object": "{verb}{counts}{N}{gap}{object}{behind}",
    }
    for order in (*(orders[name] for name in entry.get("orders", ())), *entry.get("frames", ())):
        before, after = _expanded(_expanded(order, roles), words).split(_NUMBER)
        yield Frame(f"(?:{before})$", after)


def _expanded(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda found: words[found[1]], pattern)


_ABOUT = "大约|约|将近|接近|近|超过|超|逾|突破|不少于|至少"
about_before = re.compile(rf"(?:{_ABOUT})$")


def _count(units: str, numeral: str = NUMERAL) -> str:
    """A number with what qualifies it behind and its unit, as named groups."""
    return (
        rf"(?P<n>{numeral})(?P<over>余|多)?(?P<unit>{units}){_NOT_A_UNIT}"
        rf"(?!以[下内]|中的|里的|\d+条)(?P<beyond>以上|左右)?"
    )


def _about_count(units: str) -> str:
    """A number in digits with all that qualifies it and its unit."""
    return rf"(?P<about>{_ABOUT})?(?=[0-9]){_count(units)}"

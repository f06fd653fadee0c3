"""The wordings of `narrative.toml`, as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Wording:
    """One entry: which figures it gives and what must, or must not, stand around it.

    Its patterns are texts, for `compiled`; no sentence fits one that does not fit `needs`.
    """

    concepts: tuple[str, ...]
    patterns: tuple[str, ...]
    needs: str
    about: str
    reject: str
    reject_after: str
    reject_between: str
    settles: str
    after: str
    channel: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything `narrative.toml` says; `words` by the names the code uses.

    Nothing of `figures` fits a sentence without `counted`, nothing of `zeros` one without `none`.
    """

    figures: tuple[Wording, ...]
    zeros: tuple[Wording, ...]
    counted: re.Pattern[str]
    none: re.Pattern[str]
    item: re.Pattern[str]
    words: Patterns


@cache
def rules() -> Rules:
    """The wordings, read once."""
    data = tomllib.loads(Path(__file__).with_name("narrative.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = data["words"] | {"to": TO}
    listing = data["list"]
    patterns = {key: words[key] for key in CHANNELS}
    for key in CHANNELS:
        patterns[f"{key}_item"] = (
            rf"(?:通过|在|利用)?[^,;、\d]{{0,12}}?{words[key]}{words['quoted']}"
            rf"{listing['channel_verbs']}"
        )
    patterns |= {key: listing[key] for key in ("intro", "stop_start", "stop_in")}
    neutral = data["neutral"]
    # Who may stand twice (县政府办, 全镇); possessive, so that no prefix takes long to refuse.
    when, who = f"(?:{neutral['words']})*+", f"(?:{neutral['organ']})?"
    patterns |= {
        "neutral": f"{neutral['ordinal']}{when}{who}{when}{who}{when}",
        "other_period": data["period"].pop("other"),
    }
    times = words | {"another": data["period"].pop("another")}
    patterns |= {key: _expanded(text, times) for key, text in data["period"].items()}
    patterns |= data["scope"] | {f"{key}_aside": text for key, text in data["aside"].items()}
    for key in ("topic", "topic_clause", "not_topic", "through", "several"):
        patterns[key] = neutral[key]
    item = (
        r"(?:[,;、]+(?:以及)?|以及|和|及)?(?:\d{1,2}[.、](?!\d))?(?P<name>[^,;:、\d%][^,;:\d%]{0,29}?)"
        rf"(?:共计|共|:|为|有|达)*{_numeral(LISTED_UNIT, arabic=True)}"
        r"(?:,?占(?:比|总数的?|总量的?)*\d+(?:\.\d+)?%)?"
    )
    return Rules(
        figures=tuple(_wording(entry, words) for entry in data["figure"]),
        zeros=tuple(_wording(entry, words) for entry in data["zero"]),
        counted=_counted(data["figure"], words),
        none=re.compile(words["none"]),
        item=re.compile(item),
        words=Patterns(patterns),
    )


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a wording, compiled when a sentence first has a word of it."""
    return re.compile(pattern)


def _wording(entry: dict[str, Any], words: dict[str, str]) -> Wording:
    keys = ("needs", "about", "reject", "reject_after", "reject_between", "settles")
    return Wording(
        concepts=tuple(entry.get("concepts", [entry.get("concept")])),
        patterns=tuple(_expanded(text, words) for text in entry["patterns"]),
        after=entry.get("after", ""),
        channel=entry.get("channel", False),
        **{key: _expanded(entry.get(key, ""), words) for key in keys},
    )


def _counted(entries: Sequence[dict[str, Any]], words: dict[str, str]) -> re.Pattern[str]:
    """The end of a numeral and one of the units that the wordings ask for."""
    patterns = " ".join(pattern for entry in entries for pattern in entry["patterns"])
    named = re.findall(r"\{N:([^}]+)\}", patterns)
    units = sorted({words.get(unit, unit) for unit in named})
    return re.compile(rf"[\d{WRITTEN}]万?[余多]?(?:{'|'.join(units)})")


def _expanded(pattern: str, words: dict[str, str]) -> str:
    pattern = re.sub(
        r"\{N:([^}]+)\}", lambda found: _numeral(words.get(found[1], found[1])), pattern
    )
    return re.sub(r"\{([a-z_]+)\}", lambda found: words[found[1]], pattern)


def _numeral(units: str, arabic: bool = False) -> str:
    """A numeral with what qualifies it and its unit, as named groups."""
    return (
        r"(?P<about>大约|约|将近|接近|近|超过|超|逾|突破|不少于|至少)?"
        rf"{'(?=[0-9])' if arabic else ''}(?P<n>{NUMERAL})(?P<over>余|多)?"
        rf"(?P<unit>{units}){_NOT_A_UNIT}(?!以[下内]|\d+条)(?P<beyond>以上|左右)?"
    )

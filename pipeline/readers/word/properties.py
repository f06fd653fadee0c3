"""The properties that Word's markup gives to runs and paragraphs, as keys and as numbers."""

from __future__ import annotations

import re
from typing import TypeAlias, cast

from lxml import etree

from pipeline.readers.word.ink import W

Element: TypeAlias = etree._Element
Attributes: TypeAlias = tuple[tuple[str, str], ...]
Property: TypeAlias = tuple[str, Attributes, bytes]  # tag, attributes, its inside
Level: TypeAlias = dict[str, Property]  # what a style says, or a run by itself
Values: TypeAlias = dict[str, dict[str, str]]

VALUE = f"{W}val"
RUN_PROPERTIES, PARAGRAPH_PROPERTIES = f"{W}rPr", f"{W}pPr"
FONTS, SHADING = f"{W}rFonts", f"{W}shd"
UNKNOWN = "unknown"  # the tag of what is not known, or said twice
_BY_ATTRIBUTE = (FONTS, f"{W}ind", f"{W}spacing")
_MEASURE = re.compile(r"([+-]?\d{1,9}(?:\.\d{1,9})?)(mm|cm|in|pt|pc|pi|%)?")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_OFF = ("0", "false", "off", "none", "nil")


def tags(names: str, prefix: str = W) -> tuple[str, ...]:
    """The names with their namespace."""
    return tuple(prefix + name for name in names.split())


def told(element: Element) -> Property:
    """A property as a key."""
    inside = etree.tostring(element, with_tail=False) if len(element) else b""
    return element.tag, cast(Attributes, tuple(element.items())), inside


def measure(text: str | None, to_point: int, default: int = 0) -> int:
    """A length in units of which so many make a point; the default if it is none."""
    if text and len(text) < 10 and text.isascii() and text.isdigit():
        return int(text)
    found = _MEASURE.fullmatch(text or "")
    if not found:
        return default
    size = float(found[1]) * (_POINTS[found[2]] * to_point if found[2] in _POINTS else 1)
    return int(size)


def number(element: Element | None, default: int) -> int:
    """The value of a property, or the default where there is none or it is no number."""
    return default if element is None else measure(element.get(VALUE), 1, default)


def is_on(value: str | None) -> bool:
    """Whether a property with this value, or with none, holds."""
    return value is None or value.lower() not in _OFF


def lay(over: Level, under: Level) -> None:
    """Put one level over another; of what is told by several attributes, each by itself."""
    for tag, each in over.items():
        if tag in _BY_ATTRIBUTE and tag in under:
            attributes = {**dict(under[tag][1]), **dict(each[1])}
            each = (tag, tuple(attributes.items()), each[2])
        under[tag] = each


def level_of(properties: tuple[Property, ...], known: frozenset[str]) -> Level:
    """The properties by their tags."""
    level: Level = {}
    for each in properties:
        tag = each[0] if each[0] in known and each[0] not in level else UNKNOWN
        level[tag] = each
    return level


def together(*levels: Level) -> Level:
    """The properties of all levels, those of later ones over those of earlier."""
    properties: Level = {}
    for level in levels:
        lay(level, properties)
    return properties


def values_of(properties: Level) -> Values:
    """The attributes of the properties, by their tags."""
    return {tag: dict(each[1]) for tag, each in properties.items()}


def is_set(values: Values, tag: str) -> bool:
    """Whether a property is there, and not switched off."""
    return tag in values and is_on(values[tag].get(VALUE))


def value_of(values: Values, tag: str) -> str | None:
    """What a property says, if it is there."""
    return values[tag].get(VALUE) if tag in values else None

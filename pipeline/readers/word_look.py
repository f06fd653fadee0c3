"""How text stands on a Word page, after its own properties and the styles that it names.

What is known to leave a figure as it is, is passed over; a property that hides, raises or strikes
out is told; what may do so, or is not known, leaves the look unsure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, TypeAlias, cast

from lxml import etree

from pipeline.readers.word_ink import (
    BLACK,
    WHITE,
    Colour,
    W,
    fill_colour,
    highlight,
    is_dark,
    is_faint,
    run_colour,
    shading,
    theme_of,
)

Element: TypeAlias = etree._Element
Attributes: TypeAlias = tuple[tuple[str, str], ...]
Property: TypeAlias = tuple[str, Attributes, bytes]  # tag, attributes, its inside
Level: TypeAlias = dict[str, Property]

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DEEPEST = 20  # styles based on each other; Word's own go some five deep
_SIZE = 20  # half points, where nothing says another
_SMALLEST = 8  # half points: what is smaller is not read on paper
_RAISED = 4  # half points, up or down; by less, figures are put right in their cells
_SHRUNK, _STRETCHED = 50, 200  # per cent of the width of type, between which it is read
_TIGHT, _LOOSE = -40, 200  # twips between characters: beyond, they overlap or fall apart
_OFF_LEFT, _OFF_RIGHT = -600, 6000  # twips from either side: beyond, text leaves its cell
_LINE = 240  # what stands for one line where lines are told by their number
_CHARACTER = 210  # twips: a character of the usual size, in which indents are counted
_HEIGHT = 6  # twips of a line that each half point of type needs at least
_MEASURE = re.compile(r"([+-]?\d{1,9}(?:\.\d{1,9})?)(mm|cm|in|pt|pc|pi|%)?")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_UNKNOWN = "unknown"
_OFF = ("0", "false", "off", "none", "nil")


def _tags(names: str, prefix: str = W) -> frozenset[str]:
    return frozenset(prefix + name for name in names.split())


VALUE = f"{W}val"
RUN_PROPERTIES, PARAGRAPH_PROPERTIES = f"{W}rPr", f"{W}pPr"
_FONTS, _SHADING = f"{W}rFonts", f"{W}shd"
# Fonts, weight, language and the traces of editing.
_HARMLESS = _tags(
    "rFonts b bCs i iCs u lang kern noProof snapToGrid szCs caps smallCaps rPrChange oMath"
    " ins del moveFrom moveTo"
) | _tags("ligatures numForm numSpacing stylisticSets cntxtAlts", _W14)
_HARMLESS_BUT_FONTS = _HARMLESS - {_FONTS}
# Runs that differ in these are no one piece, though each shows what it says.
_DRESS = _tags("bdr em effect emboss imprint outline shadow") | _tags(
    "glow shadow reflection textOutline scene3d props3d", _W14
)
_TOGGLES = _tags("vanish strike")
_JUDGED = _tags(
    "rStyle sz color highlight shd vertAlign position dstrike vanish strike specVanish webHidden"
    " spacing w fitText rtl cs eastAsianLayout rFonts"
) | {f"{_W14}textFill"}
_DOUBTFUL = (*sorted(_tags("specVanish webHidden rtl cs fitText eastAsianLayout")), _UNKNOWN)
_KNOWN = _DRESS | _JUDGED
_GROUND = _tags("pStyle numPr framePr ind bidi spacing shd")
_BY_ATTRIBUTE = (_FONTS, f"{W}ind", f"{W}spacing")
_SYMBOLS = frozenset(("wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol"))


class Way(Enum):
    """What becomes of text."""

    PLAIN = "plain"
    HIDDEN = "hidden"
    STRUCK = "struck"
    RAISED = "raised"
    FAINT = "faint"
    SYMBOL = "symbol"  # set in a font whose signs are not the characters


class Look(NamedTuple):
    """How a run stands on the page. `number` is the same for runs that look alike, `size` in half
    points; an unsure look may show another text than it holds."""

    way: Way
    number: int
    size: int
    unsure: bool


class Ground(NamedTuple):
    """How a paragraph stands. `line` is the height that its lines may have, `before` the room
    above it, in twips, 0 for as much as it takes; no `backdrop` for that of its cell."""

    style: str
    numbered: bool = False
    unsure: bool = False
    framed: bool = False  # it stands elsewhere, before other text or above it
    backdrop: tuple[Colour, ...] = ()
    line: int = 0
    before: int = 0


class TableGround(NamedTuple):
    """What the style of a table does to its cells: what may lie behind their text, and whether it
    may hide some."""

    backdrop: tuple[Colour, ...] = ()
    unsure: bool = False


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


def is_symbolic(font: str | None) -> bool:
    """Whether the signs of a font are other than their characters."""
    return (font or "").strip().lower() in _SYMBOLS


def too_low(room: int, size: int) -> bool:
    """Whether a line so many twips high cuts type of a size in half points; 0 is high enough."""
    return 0 < room < size * _HEIGHT


class _Style(NamedTuple):
    """What a style says; `based` is the name of that which it is based on."""

    run: Level
    paragraph: Level
    based: str = ""


_NO_STYLE = _Style({}, {})


@dataclass(slots=True)
class Styles:
    """The styles of a document and its theme; what was made of them is remembered."""

    defaults: Level = field(default_factory=dict)  # of runs
    placing: Level = field(default_factory=dict)  # of paragraphs
    named: dict[tuple[str, str], Element] = field(default_factory=dict)
    usual: dict[str, str] = field(default_factory=dict)  # the default style, by type
    twice: set[tuple[str, str]] = field(default_factory=set)
    theme: dict[str, Colour] = field(default_factory=dict)
    page: tuple[Colour, ...] = (WHITE,)
    silent: frozenset[str] = _HARMLESS
    _alone: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _whole: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _looks: dict[tuple[object, ...], Look] = field(default_factory=dict)
    _numbers: dict[tuple[object, ...], int] = field(default_factory=dict)
    _grounds: dict[tuple[Property, ...], Ground] = field(default_factory=dict)
    _tables: dict[str, TableGround] = field(default_factory=dict)  # of each style alone

    def look(
        self, properties: Element | None, ground: Ground, backdrop: tuple[Colour, ...]
    ) -> Look:
        """How a run with these properties looks in a paragraph, over a backdrop."""
        direct = self._told(properties)
        key = (ground.style, direct, backdrop)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._look(ground.style, _level(direct), backdrop)
        return look

    def ground(self, properties: Element | None) -> Ground:
        """How a paragraph with these properties stands."""
        direct = _placing(properties)
        ground = self._grounds.get(direct)
        if ground is None:
            ground = self._grounds[direct] = self._ground(_level(direct, _GROUND))
        return ground

    def table(self, name: str) -> TableGround:
        """What the style of this name does to the cells of a table."""
        named = name if ("table", name) in self.named else self.usual.get("table", "")
        names, unknown = self._chain("table", named)
        grounds = [self._table(each) for each in names]
        behind = dict.fromkeys(colour for each in grounds for colour in each.backdrop)
        return TableGround(tuple(behind), unknown or any(each.unsure for each in grounds))

    def colour_behind(self, shaded: Element) -> Colour | None:
        """The colour with which a cell or a table is shaded."""
        return shading(dict(told(shaded)[1]), self.theme)

    def _told(self, properties: Element | None) -> tuple[Property, ...]:
        if properties is None:
            return ()
        silent = self.silent
        return tuple([told(each) for each in properties if each.tag not in silent])

    def _chain(self, kind: str, name: str) -> tuple[list[str], bool]:
        """The style and those that it is based on, and whether more is not known of them."""
        names: list[str] = []
        unknown = False
        while (kind, name) in self.named:
            unknown = unknown or (kind, name) in self.twice
            if len(names) == _DEEPEST:
                return names, True
            names.append(name)
            name = self._own(kind, name).based
        return names, unknown

    def _own(self, kind: str, name: str) -> _Style:
        """What a style says by itself."""
        if (kind, name) not in self._alone:
            style = self.named[kind, name]
            based = style.find(f"{W}basedOn")
            self._alone[kind, name] = _Style(
                _level(self._told(style.find(RUN_PROPERTIES))),
                _level(_placing(style.find(PARAGRAPH_PROPERTIES)), _GROUND),
                "" if based is None else based.get(VALUE, ""),
            )
        return self._alone[kind, name]

    def _style(self, kind: str, name: str) -> _Style:
        """What a style says with all that it is based on; one of another type says nothing."""
        if (kind, name) not in self.named:
            return _NO_STYLE
        if (kind, name) not in self._whole:
            names, unknown = self._chain(kind, name)
            whole = _Style({}, {})
            for each in reversed(names):
                own = self._own(kind, each)
                _lay(own.run, whole.run)
                _lay(own.paragraph, whole.paragraph)
            if unknown:
                whole.run[_UNKNOWN] = (_UNKNOWN, (), b"")
            self._whole[kind, name] = whole
        return self._whole[kind, name]

    def _look(self, style: str, direct: Level, backdrop: tuple[Colour, ...]) -> Look:
        named = dict(direct.get(f"{W}rStyle", ("", (), b""))[1]).get(VALUE, "")
        levels = (
            self.defaults,
            self._style("paragraph", style).run,
            self._style("character", named).run,
        )
        return self._judged(levels, direct, backdrop)

    def _judged(
        self, levels: tuple[Level, ...], direct: Level, backdrop: tuple[Colour, ...]
    ) -> Look:
        """The look that these properties make, those of later levels before those of earlier."""
        properties: Level = {}
        for level in (*levels, direct):
            _lay(level, properties)
        values = {tag: dict(each[1]) for tag, each in properties.items()}
        hidden = _switch(f"{W}vanish", levels, direct)
        struck = _switch(f"{W}strike", levels, direct)
        if _is_set(values, f"{W}dstrike"):
            struck = True
        size = measure(_value(values, f"{W}sz"), 2, _SIZE)
        raised = abs(measure(_value(values, f"{W}position"), 2)) >= _RAISED
        raised = raised or _value(values, f"{W}vertAlign") in ("superscript", "subscript")
        ink, own, sure = self._ink(properties, values)
        behind = own or backdrop
        faint = ink is not None and any(is_faint(ink, colour) for colour in behind)
        symbol = any(map(is_symbolic, values.get(_FONTS, {}).values()))
        odd = [
            *(tag for tag in _DOUBTFUL if _is_set(values, tag)),
            *_out_of(values, f"{W}w", _SHRUNK, _STRETCHED, 100),
            *_out_of(values, f"{W}spacing", _TIGHT, _LOOSE, 0),
        ]
        dress = sorted(
            each for tag, each in properties.items() if tag in _DRESS and _is_set(values, tag)
        )
        seen = None if ink is None or is_dark(ink) else ink
        traits = (
            size,
            seen,
            own if own != (WHITE,) else (),
            struck,
            raised,
            faint,
            symbol,
            *odd,
            *dress,
        )
        way = (
            Way.HIDDEN
            if hidden
            else Way.STRUCK
            if struck
            else Way.SYMBOL
            if symbol
            else Way.RAISED
            if raised
            else Way.FAINT
            if faint
            else Way.PLAIN
        )
        unsure = bool(odd) or not sure or faint or size < _SMALLEST or None in (hidden, struck)
        if way is Way.HIDDEN:
            unsure = _UNKNOWN in properties
        number_of = self._numbers.setdefault(traits, len(self._numbers))
        return Look(way, number_of, size, unsure)

    def _ink(
        self, properties: Level, values: dict[str, dict[str, str]]
    ) -> tuple[Colour | None, tuple[Colour, ...], bool]:
        """The colour of the text, what is put behind this text alone, and whether that is sure."""
        ink = run_colour(values.get(f"{W}color", {}), self.theme)
        sure = ink is not None or _value(values, f"{W}color") in (None, "auto")
        if f"{_W14}textFill" in properties:
            inside = properties[f"{_W14}textFill"][2] or b"<nothing/>"
            fill, plain = fill_colour(etree.fromstring(inside), self.theme)
            ink, sure = fill or ink, sure and plain
        marked = highlight(values.get(f"{W}highlight", {}))
        if marked is not None:
            return ink or BLACK, (marked,), sure
        shaded = shading(values[_SHADING], self.theme) if _SHADING in values else None
        return ink, _some(shaded), sure

    def _ground(self, direct: Level) -> Ground:
        usual = self.usual.get("paragraph", "")
        named = dict(direct.get(f"{W}pStyle", ("", (), b""))[1]).get(VALUE, "")
        style = named if ("paragraph", named) in self.named else usual
        levels = self.placing, self._style("paragraph", style).paragraph, direct
        return self._placed(style, levels)

    def _placed(self, style: str, levels: tuple[Level, ...]) -> Ground:
        """Where these properties put a paragraph."""
        properties: Level = {}
        for level in levels:
            _lay(level, properties)
        values = {tag: dict(each[1]) for tag, each in properties.items()}
        spacing = values.get(f"{W}spacing", {})
        line = measure(spacing.get(f"{W}line"), 20, _LINE)
        rule = spacing.get(f"{W}lineRule", "auto")
        shaded = shading(values[_SHADING], self.theme) if _SHADING in values else None
        indents = _indents(values.get(f"{W}ind", {}))
        framed = f"{W}framePr" in values
        unsure = (
            framed
            or _is_set(values, f"{W}bidi")
            or not all(_OFF_LEFT <= indent <= _OFF_RIGHT for indent in indents)
            or (rule == "auto" and line < _LINE // 2)
        )
        return Ground(
            style,
            _is_numbered(properties.get(f"{W}numPr")),
            unsure,
            framed,
            _some(shaded),
            max(1, line) if rule == "exact" else 0,
            measure(spacing.get(f"{W}before"), 20),
        )

    def _table(self, name: str) -> TableGround:
        """What a style of tables does by itself: each part must show text in its own colours."""
        if name in self._tables:
            return self._tables[name]
        style, unsure = self.named["table", name], False
        backdrop: list[Colour] = []
        base = self._shaded(style)
        parts = {part.get(f"{W}type", ""): part for part in style.iterchildren(f"{W}tblStylePr")}
        row = self._shaded(parts["firstRow"]) if "firstRow" in parts else None
        for kind, part in [("", style), *parts.items()]:
            own = self._shaded(part)
            if kind in ("nwCell", "neCell"):  # corners of the first row, which is shaded
                own = own or row
            backdrop += _some(own)
            level = _level(self._told(part.find(RUN_PROPERTIES)))
            look = self._judged((self.defaults, level), {}, (own or base or WHITE,))
            placed = _level(_placing(part.find(PARAGRAPH_PROPERTIES)), _GROUND)
            ground = self._placed("", (self.placing, placed))
            unsure = (
                unsure
                or look.way is not Way.PLAIN
                or look.unsure
                or ground.unsure
                or ground.numbered
                or too_low(ground.line, look.size)
                or part.find(f"{W}trPr/{W}hidden") is not None
            )
        found = self._tables[name] = TableGround(tuple(dict.fromkeys(backdrop)), unsure)
        return found

    def _shaded(self, style: Element) -> Colour | None:
        for place in (f"{W}tcPr", f"{W}tblPr"):
            shaded = style.find(f"{place}/{_SHADING}")
            if shaded is not None and (colour := self.colour_behind(shaded)):
                return colour
        return None


def styles_of(
    root: Element | None, theme: Element | None, page: Element | None, *, symbols: bool
) -> Styles:
    """The styles of a document, from its parts; `symbols` if fonts of signs are named in it."""
    styles = Styles(theme=theme_of(theme), silent=_HARMLESS_BUT_FONTS if symbols else _HARMLESS)
    behind = None if page is None else run_colour({f"{W}val": page.get(f"{W}color", "")}, {})
    if behind:
        styles.page = (behind,)
    for each in root if root is not None else ():
        if each.tag == f"{W}docDefaults":
            properties = each.find(f"{W}rPrDefault/{RUN_PROPERTIES}")
            styles.defaults = _level(styles._told(properties))
            properties = each.find(f"{W}pPrDefault/{PARAGRAPH_PROPERTIES}")
            styles.placing = _level(_placing(properties), _GROUND)
        elif each.tag == f"{W}style":
            key = each.get(f"{W}type", "paragraph"), each.get(f"{W}styleId", "")
            if key in styles.named:
                styles.twice.add(key)
            styles.named[key] = each
            if is_on(each.get(f"{W}default", "0")):
                styles.usual[key[0]] = key[1]
    return styles


def _lay(over: Level, under: Level) -> None:
    """Put one level over another; of what is told by several attributes, each by itself."""
    for tag, each in over.items():
        if tag in _BY_ATTRIBUTE and tag in under:
            attributes = {**dict(under[tag][1]), **dict(each[1])}
            each = (tag, tuple(attributes.items()), each[2])
        under[tag] = each


def _level(properties: tuple[Property, ...], known: frozenset[str] = _KNOWN) -> Level:
    level: Level = {}
    for each in properties:
        tag = each[0] if each[0] in known and each[0] not in level else _UNKNOWN
        level[tag] = each
    return level


def _placing(properties: Element | None) -> tuple[Property, ...]:
    if properties is None:
        return ()
    return tuple([told(each) for each in properties if each.tag in _GROUND])


def _switch(tag: str, levels: tuple[Level, ...], direct: Level) -> bool | None:
    """Whether a toggle is on; None where styles contradict each other, and programs with them."""
    if tag in direct:
        return is_on(dict(direct[tag][1]).get(VALUE))
    said = [is_on(dict(level[tag][1]).get(VALUE)) for level in levels if tag in level]
    return None if len(said) > 1 and any(said) else any(said)


def _is_set(values: dict[str, dict[str, str]], tag: str) -> bool:
    return tag in values and is_on(values[tag].get(VALUE))


def _value(values: dict[str, dict[str, str]], tag: str) -> str | None:
    return values[tag].get(VALUE) if tag in values else None


def _out_of(
    values: dict[str, dict[str, str]], tag: str, least: int, most: int, default: int
) -> list[tuple[str, int]]:
    """A measure that is out of bounds, with its tag."""
    size = measure(_value(values, tag), 20 if tag == f"{W}spacing" else 1, default)
    return [] if least <= size <= most else [(tag, size)]


def _indents(told: dict[str, str]) -> tuple[int, int]:
    """Where a paragraph begins and how far from its right side it ends, in twips."""

    def side(*names: str) -> int:
        for name in names:
            if f"{W}{name}Chars" in told:
                return measure(told[f"{W}{name}Chars"], 1) * _CHARACTER // 100
            if f"{W}{name}" in told:
                return measure(told[f"{W}{name}"], 20)
        return 0

    hanging = side("hanging")
    begins = side("left", "start") + (-hanging if hanging else side("firstLine"))
    return begins, side("right", "end")


def _is_numbered(numbering: Property | None) -> bool:
    if numbering is None or not numbering[2]:
        return False
    ordinal = etree.fromstring(numbering[2]).find(f"{W}numId")
    return ordinal is not None and number(ordinal, 1) != 0


def _some(colour: Colour | None) -> tuple[Colour, ...]:
    return () if colour is None else (colour,)

"""The styles of a Word document, and how runs, paragraphs and tables stand that name them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.readers.word.ground import Ground, ground_of, placing, placing_level, too_low
from pipeline.readers.word.ink import WHITE, Colour, W, run_colour, shading, theme_of
from pipeline.readers.word.look import HARMLESS, HARMLESS_BUT_FONTS, KNOWN, Look, Way, look_of
from pipeline.readers.word.properties import (
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    SHADING,
    UNKNOWN,
    VALUE,
    Element,
    Level,
    Property,
    is_on,
    lay,
    level_of,
    told,
)

_DEEPEST = 20  # styles based on each other; Word's own go some five deep
_TYPE = f"{W}type"
_CORNERS = ("nwCell", "neCell")


class TableGround(NamedTuple):
    """What the style of a table does to its cells: what may lie behind their text, and whether it
    may hide some."""

    backdrop: tuple[Colour, ...] = ()
    unsure: bool = False


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
    silent: frozenset[str] = HARMLESS
    _alone: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _whole: dict[tuple[str, str], _Style] = field(default_factory=dict)
    _looks: dict[tuple[object, ...], Look] = field(default_factory=dict)
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
            look = self._looks[key] = self._look(ground.style, level_of(direct, KNOWN), backdrop)
        return look

    def ground(self, properties: Element | None) -> Ground:
        """How a paragraph with these properties stands."""
        direct = placing(properties)
        ground = self._grounds.get(direct)
        if ground is None:
            ground = self._grounds[direct] = self._ground(placing_level(properties))
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
                level_of(self._told(style.find(RUN_PROPERTIES)), KNOWN),
                placing_level(style.find(PARAGRAPH_PROPERTIES)),
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
                lay(own.run, whole.run)
                lay(own.paragraph, whole.paragraph)
            if unknown:
                whole.run[UNKNOWN] = (UNKNOWN, (), b"")
            self._whole[kind, name] = whole
        return self._whole[kind, name]

    def _look(self, style: str, direct: Level, backdrop: tuple[Colour, ...]) -> Look:
        named = dict(direct.get(f"{W}rStyle", ("", (), b""))[1]).get(VALUE, "")
        levels = (
            self.defaults,
            self._style("paragraph", style).run,
            self._style("character", named).run,
        )
        return look_of(levels, direct, backdrop, self.theme)

    def _ground(self, direct: Level) -> Ground:
        usual = self.usual.get("paragraph", "")
        named = dict(direct.get(f"{W}pStyle", ("", (), b""))[1]).get(VALUE, "")
        style = named if ("paragraph", named) in self.named else usual
        levels = self.placing, self._style("paragraph", style).paragraph, direct
        return ground_of(style, levels, self.theme)

    def _table(self, name: str) -> TableGround:
        """What a style of tables does by itself: each part must show text in its own colours."""
        if name in self._tables:
            return self._tables[name]
        style, unsure = self.named["table", name], False
        backdrop: list[Colour] = []
        base = self._shaded(style)
        parts = [style, *style.iterchildren(f"{W}tblStylePr")]
        first = next((part for part in parts if part.get(_TYPE) == "firstRow"), style)
        row = self._shaded(first)
        for part in parts:
            own = self._shaded(part)
            if part.get(_TYPE) in _CORNERS:  # corners of the first row, which is shaded
                own = own or row
            backdrop += [own] if own else []
            level = level_of(self._told(part.find(RUN_PROPERTIES)), KNOWN)
            behind = (own or base or WHITE,)
            look = look_of((self.defaults, level), {}, behind, self.theme)
            placed = placing_level(part.find(PARAGRAPH_PROPERTIES))
            ground = ground_of("", (self.placing, placed), self.theme)
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
            shaded = style.find(f"{place}/{SHADING}")
            if shaded is not None and (colour := self.colour_behind(shaded)):
                return colour
        return None


def styles_of(
    root: Element | None, theme: Element | None, page: Element | None, *, symbols: bool
) -> Styles:
    """The styles of a document, from its parts; `symbols` if fonts of signs are named in it."""
    styles = Styles(theme=theme_of(theme), silent=HARMLESS_BUT_FONTS if symbols else HARMLESS)
    behind = None if page is None else run_colour({f"{W}val": page.get(f"{W}color", "")}, {})
    if behind:
        styles.page = (behind,)
    for each in root if root is not None else ():
        if each.tag == f"{W}docDefaults":
            properties = each.find(f"{W}rPrDefault/{RUN_PROPERTIES}")
            styles.defaults = level_of(styles._told(properties), KNOWN)
            properties = each.find(f"{W}pPrDefault/{PARAGRAPH_PROPERTIES}")
            styles.placing = placing_level(properties)
        elif each.tag == f"{W}style":
            key = each.get(_TYPE, "paragraph"), each.get(f"{W}styleId", "")
            if key in styles.named:
                styles.twice.add(key)
            styles.named[key] = each
            if is_on(each.get(f"{W}default", "0")):
                styles.usual[key[0]] = key[1]
    return styles

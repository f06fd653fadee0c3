"""PDF that prints one thing and says another: covered, clipped, faint, laid over, drawn, in layers,
in fonts that lie, in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PIL import Image
from reportlab.lib.utils import ImageReader

from tests.accuracy.page import Cell, Draft
from tests.hostile.cases import Case, figure, report, seen
from tests.hostile.pdf_paper import (
    CHINESE,
    SIZE,
    Draw,
    Objects,
    Spot,
    printed,
)

# What a person sees of a cell whose text says 626, or nothing.
UNSURE = "nobody could say"
Trick = tuple[str, str, int | str | None, Draw]
_PAINT: dict[str, Draw] = {}


def cases() -> Iterator[Case]:
    """Every trick once in a cell of table two, whose figures no sum confirms or contradicts."""
    for name, text, sees, draw in TRICKS:
        made, cell = _page(text, sees)
        yield Case(f"pdf-{name}", made, printed(made, {cell: draw}))
    for name, text, sees, draw in AFTERWARDS:
        made, cell = _page(text, sees)
        yield Case(f"pdf-{name}", made, printed(made, after={cell: draw}))
    for name, text, sees, draw, change in CHANGED:
        made, cell = _page(text, sees)
        objects = Objects(printed(made, {cell: draw}))
        change(objects)
        yield Case(f"pdf-{name}", made, objects.written())


def _page(text: str, sees: int | str | None) -> tuple[Draft, Cell]:
    made = report("pdf")
    cell = figure(made, "licensing_decisions")
    cell.text = text
    seen(made, cell, 0 if sees == UNSURE else sees, certain=sees != UNSURE)
    return made, cell


def _then(*draws: Draw) -> Draw:
    """One after the other."""

    def draw(spot: Spot) -> None:
        for each in draws:
            each(spot)

    return draw


def _print(
    text: str | None = None,
    right: float = 0,
    up: float = 0,
    size: float = SIZE,
    font: str = CHINESE,
) -> Draw:
    return lambda spot: spot.print(text, right, up, size, font)


def _inked(*rgb: float, alpha: float = 1) -> Draw:
    def draw(spot: Spot) -> None:
        spot.paper.setFillColorRGB(*rgb)
        spot.paper.setStrokeColorRGB(*rgb)
        spot.paper.setFillAlpha(alpha)
        spot.paper.setStrokeAlpha(alpha)

    return draw


def _box(x0: float, low: float, x1: float, high: float, **how: int) -> Draw:
    return lambda spot: spot.box(x0, low, x1, high, **how)


def _fill(rgb: tuple[float, float, float]) -> Draw:
    """The whole cell in a colour."""

    def draw(spot: Spot) -> None:
        spot.paper.setFillColorRGB(*rgb)
        spot.paper.rect(
            spot.x0, spot.low, spot.x1 - spot.x0, spot.high - spot.low, stroke=0, fill=1
        )
        spot.paper.setFillColorRGB(0, 0, 0)

    return draw


def _line(x0: float, low: float, x1: float, high: float, width: float = 0.7) -> Draw:
    def draw(spot: Spot) -> None:
        spot.paper.setLineWidth(width)
        spot.line(x0, low, x1, high)

    return draw


def _code(*operators: str) -> Draw:
    """Operators as they are; {x} and {y} are where the text begins."""
    return lambda spot: spot.paper.addLiteral("\n".join(operators).format(x=spot.x, y=spot.y))


def _picture(x0: float, low: float, x1: float, high: float, colour: str = "white") -> Draw:
    image = ImageReader(Image.new("RGB", (8, 8), colour))
    return lambda spot: spot.paper.drawImage(image, spot.x + x0, spot.y + low, x1 - x0, high - low)


def _clip(x0: float, low: float, x1: float, high: float) -> Draw:
    def draw(spot: Spot) -> None:
        path = spot.paper.beginPath()
        path.rect(spot.x + x0, spot.y + low, x1 - x0, high - low)
        spot.paper.clipPath(path, stroke=0, fill=0)

    return draw


def _tilted(text: str, degrees: float, right: float = 0, up: float = 0, size: float = SIZE) -> Draw:
    def draw(spot: Spot) -> None:
        spot.paper.saveState()
        spot.paper.translate(spot.x + right, spot.y + up)
        spot.paper.rotate(degrees)
        spot.paper.setFont(CHINESE, size)
        spot.paper.drawString(0, 0, text)
        spot.paper.restoreState()

    return draw


def _outline(spot: Spot) -> None:
    """A six of two curves."""
    path = spot.paper.beginPath()
    x, y = spot.x, spot.y
    path.circle(x + 2, y + 2, 2)
    path.moveTo(x, y + 2)
    path.curveTo(x, y + 5, x + 1, y + 6, x + 3, y + 6)
    spot.paper.drawPath(path, stroke=1, fill=0)


def _seven(spot: Spot) -> None:
    """A seven of two straight lines, one of them slanted."""
    spot.paper.setLineWidth(0.8)
    spot.line(0, 6, 4, 6)
    spot.line(4, 6, 1, 0)


def _filled_seven(spot: Spot) -> None:
    path = spot.paper.beginPath()
    points = ((0, 6), (4, 6), (4, 5.4), (1.6, 0), (0.8, 0), (3, 5.2), (0, 5.2))
    path.moveTo(spot.x, spot.y + 6)
    for right, up in points[1:]:
        path.lineTo(spot.x + right, spot.y + up)
    path.close()
    spot.paper.drawPath(path, stroke=0, fill=1)


def _dots(spot: Spot) -> None:
    """A figure of dots, as plotters print."""
    for right, up in ((0, 0), (0, 2), (0, 4), (0, 6), (2, 6), (2, 4), (2, 0), (3, 2)):
        spot.box(right, up, right + 1, up + 1)


def _shade(spot: Spot) -> None:
    spot.paper.saveState()
    _clip(0, -2, 13, 8)(spot)
    spot.paper.linearGradient(
        spot.x, spot.y, spot.x + 13, spot.y, ((1, 1, 1), (0.9, 0.9, 0.9)), extend=True
    )
    spot.paper.restoreState()


def _in_form(name: str, draw: Draw) -> Draw:
    def drawn(spot: Spot) -> None:
        spot.paper.beginForm(name)
        draw(spot)
        spot.paper.endForm()
        spot.paper.doForm(name)

    return drawn


def _at(spot: Spot, x0: float, low: float, x1: float, high: float) -> list[float]:
    return [spot.x + x0, spot.y + low, spot.x + x1, spot.y + high]


def _free_text(spot: Spot) -> None:
    spot.paper.freeTextAnnotation("626", "/Helv 8 Tf 0 g", Rect=_at(spot, 0, -2, 20, 9))


def _sticky(spot: Spot) -> None:
    spot.paper.textAnnotation("应为 9", Rect=_at(spot, 0, -2, 14, 9))


def _highlight(spot: Spot) -> None:
    spot.paper.highlightAnnotation("", Rect=_at(spot, 4, -2, 13, 9))


def _field(value: str) -> Draw:
    def draw(spot: Spot) -> None:
        spot.paper.acroForm.textfield(
            name="a",
            value=value,
            x=spot.x,
            y=spot.y - 2,
            width=40,
            height=10,
            fontSize=8,
            borderWidth=0,
            forceBorder=False,
        )

    return draw


def _choice(spot: Spot) -> None:
    spot.paper.acroForm.choice(
        name="c",
        value="626",
        options=["626", "1"],
        x=spot.x,
        y=spot.y - 2,
        width=40,
        height=10,
        fontSize=8,
    )


def _ticked(spot: Spot) -> None:
    spot.paper.acroForm.checkbox(name="t", checked=True, x=spot.x, y=spot.y - 2, size=10)


def _link(x0: float, x1: float) -> Draw:
    return lambda spot: spot.paper.linkURL("https://example.cn/", tuple(_at(spot, x0, -2, x1, 8)))


_WHITE, _BLACK = _inked(1, 1, 1), _inked(0, 0, 0)

# name, what the text says, what a person sees, how the cell is drawn
TRICKS: list[Trick] = [
    # covered
    (
        "white_box_over_the_first_digit",
        "9626",
        626,
        _then(_print(), _WHITE, _box(-0.5, -2, 4.3, 8)),
    ),
    ("white_box_over_all", "626", None, _then(_print(), _WHITE, _box(-1, -3, 15, 9))),
    ("black_box_over_all", "626", UNSURE, _then(_print(), _box(-1, -3, 15, 9))),
    ("box_over_the_whole_cell", "626", None, _then(_print(), _fill((1, 1, 1)))),
    (
        "box_over_the_whole_cell_and_another_figure",
        "626",
        9,
        _then(_print(), _fill((1, 1, 1)), _print("9", 30)),
    ),
    (
        "grey_box_over_half_a_digit",
        "626",
        UNSURE,
        _then(_print(), _inked(0.8, 0.8, 0.8), _box(0, 2, 4, 8)),
    ),
    ("picture_over_a_digit", "9626", 626, _then(_print(), _picture(-0.5, -2, 4.2, 8))),
    ("picture_over_all", "626", UNSURE, _then(_print(), _picture(-3, -3, 20, 9, "grey"))),
    ("shading_over_all", "626", UNSURE, _then(_print(), _shade)),
    (
        "half_opaque_box",
        "626",
        UNSURE,
        _then(_print(), _inked(1, 1, 1, alpha=0.9), _box(0, -2, 13, 8)),
    ),
    (
        "box_in_a_form",
        "9626",
        626,
        _then(_print(), _in_form("cover", _then(_WHITE, _box(-0.5, -2, 4.2, 8)))),
    ),
    (
        "circle_over_a_digit",
        "9626",
        626,
        _then(_print(), _WHITE, lambda s: s.paper.circle(s.x + 2, s.y + 3, 4.2, stroke=0, fill=1)),
    ),
    (
        "thick_white_line_over_a_digit",
        "9626",
        626,
        _then(_print(), _WHITE, _line(2, -2, 2, 9, 4.5)),
    ),
    ("thick_white_line_across", "626", None, _then(_print(), _WHITE, _line(-1, 3, 15, 3, 10))),
    (
        "white_curve_over_a_digit",
        "9626",
        626,
        _then(
            _print(),
            _WHITE,
            lambda s: (
                s.paper.setLineWidth(5),
                s.paper.bezier(
                    s.x + 2, s.y - 2, s.x + 2.2, s.y, s.x + 1.8, s.y + 4, s.x + 2, s.y + 9
                ),
            ),
        ),
    ),
    ("struck_out", "626", UNSURE, _then(_print(), _line(-1, 3, 14, 3))),
    ("struck_out_by_a_thin_box", "626", UNSURE, _then(_print(), _box(-1, 2.6, 14, 3.2))),
    ("struck_out_twice", "626", UNSURE, _then(_print(), _line(-1, 2, 14, 2), _line(-1, 4, 14, 4))),
    ("struck_out_aslant", "626", UNSURE, _then(_print(), _line(-1, -1, 14, 7))),
    ("one_digit_struck_out", "9626", UNSURE, _then(_print(), _line(0, 3, 4.2, 3))),
    (
        "struck_out_by_a_cross",
        "626",
        UNSURE,
        _then(_print(), _line(0, -1, 13, 7), _line(0, 7, 13, -1)),
    ),
    ("upright_line_through_a_digit", "626", UNSURE, _then(_print(), _line(2.1, -2, 2.1, 7))),
    (
        "struck_out_from_wall_to_wall",
        "626",
        UNSURE,
        _then(_print(), lambda s: s.paper.line(s.x0, s.y + 3, s.x1, s.y + 3)),
    ),
    # clipped
    ("clipped_before_the_last_digits", "62699", 626, _then(_clip(-1, -3, 13.2, 9), _print())),
    ("clipped_away", "626", None, _then(_clip(100, -3, 110, 9), _print())),
    ("clipped_to_its_lower_half", "626", UNSURE, _then(_clip(-1, -3, 20, 2.4), _print())),
    ("clipped_to_nothing", "626", None, _then(_clip(0, 0, 0, 0), _print())),
    ("clipped_form", "9626", 626, _then(_clip(4.2, -3, 20, 9), _in_form("clipped", _print()))),
    (
        "clipped_by_the_cell_before",
        "626",
        None,
        _then(_code("q 70 80 20 20 re W n"), _print(), _code("Q")),
    ),
    # faint
    ("white_digit_before", "9626", 626, _then(_WHITE, _print("9"), _BLACK, _print("626", 4.25))),
    ("white_figure_on_white_ground", "626", None, _then(_fill((1, 1, 1)), _WHITE, _print())),
    ("nearly_white_figure", "626", None, _then(_inked(0.96, 0.96, 0.96), _print())),
    (
        "light_grey_digit_before",
        "9626",
        626,
        _then(_inked(0.9, 0.9, 0.9), _print("9"), _BLACK, _print("626", 4.25)),
    ),
    ("black_on_black", "626", None, _then(_fill((0, 0, 0)), _print())),
    ("blue_on_blue", "626", None, _then(_fill((0.1, 0.2, 0.5)), _inked(0.1, 0.2, 0.55), _print())),
    (
        "white_on_dark_made_white_again",
        "626",
        None,
        _then(_fill((0, 0, 0)), _fill((1, 1, 1)), _WHITE, _print()),
    ),
    ("white_on_a_white_picture", "626", None, _then(_picture(-3, -3, 20, 9), _WHITE, _print())),
    (
        "black_on_a_black_picture",
        "626",
        None,
        _then(_picture(-100, -6, 200, 12, "black"), _print()),
    ),
    ("transparent_figure", "626", None, _then(_inked(0, 0, 0, alpha=0.02), _print())),
    (
        "transparent_digit_before",
        "9626",
        626,
        _then(_inked(0, 0, 0, alpha=0.05), _print("9"), _inked(0, 0, 0), _print("626", 4.25)),
    ),
    (
        "outline_in_white",
        "626",
        None,
        _then(_WHITE, _code("BT 1 Tr /F2 8.5 Tf 1 0 0 1 {x} {y} Tm (\\0006\\0002\\0006) Tj ET")),
    ),
    (
        "invisible_digit_before",
        "9626",
        626,
        _then(
            _code("BT 3 Tr /F2 8.5 Tf 1 0 0 1 {x} {y} Tm (\\0009) Tj ET BT 0 Tr ET"),
            _print("626", 4.25),
        ),
    ),
    ("type_of_a_point", "626", UNSURE, _print(size=1)),
    ("small_digit_before", "9626", UNSURE, _then(_print("9", size=0.5), _print("626", 4.25))),
    (
        "squeezed_to_a_line",
        "626",
        UNSURE,
        _code("BT /F2 8.5 Tf 2 Tz 1 0 0 1 {x} {y} Tm (\\0006\\0002\\0006) Tj 100 Tz ET"),
    ),
    # drawn
    ("picture_of_a_figure", "", 626, _picture(0, -1, 13, 7, "black")),
    ("picture_beside_a_figure", "62", 626, _then(_print(), _picture(9, -1, 13, 7, "black"))),
    ("outlines", "", 6, _outline),
    (
        "outlines_beside_a_figure",
        "62",
        626,
        _then(_print(), lambda s: (s.paper.translate(9, 0), _outline(s))),
    ),
    ("filled_outlines", "", 7, _filled_seven),
    ("strokes", "", 7, _seven),
    ("a_stroke_for_a_one", "", 1, _line(2, 0, 2, 6.5)),
    ("a_thin_box_for_a_one", "", 1, _box(2, 0, 2.8, 6.5)),
    ("a_stroke_before_a_figure", "26", 126, _then(_print(), _line(-2, 0, -2, 6.5))),
    ("a_minus_drawn", "26", UNSURE, _then(_print(), _line(-6, 3, -2, 3))),
    ("dots", "", 6, _dots),
    (
        "dots_beside_a_figure",
        "62",
        626,
        _then(_print(), lambda s: (s.paper.translate(10, 0), _dots(s))),
    ),
    ("outlines_in_a_form", "", 6, _in_form("six", _outline)),
    ("shading_only", "", UNSURE, _shade),
    (
        "inline_picture",
        "",
        626,
        _code("q 13 0 0 7 {x} {y} cm BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI Q"),
    ),
    (
        "pattern_of_dots_as_decimal_point",
        "626",
        UNSURE,
        _then(_print("6"), _print("26", 6), _box(4.6, 0, 5.4, 0.8)),
    ),
    # laid over
    ("free_text", "", 626, _free_text),
    ("free_text_over_a_figure", "9", 626, _then(_print(), _free_text)),
    ("note_over_a_figure", "626", UNSURE, _then(_print(), _sticky)),
    ("highlight_over_a_part", "626", UNSURE, _then(_print(), _highlight)),
    ("field_with_a_value", "", 626, _field("626")),
    ("field_beside_a_figure", "6", UNSURE, _then(_print(right=-8), _field("26"))),
    ("list_with_a_choice", "", 626, _choice),
    ("ticked_box", "", UNSURE, _ticked),
    ("link_over_a_mark", "6261", UNSURE, _then(_print(), _link(12.8, 17))),
    # of pieces
    ("smaller_digit_on_the_line", "6261", UNSURE, _then(_print("626"), _print("1", 12.75, 0, 6))),
    ("smaller_digit_raised", "6261", UNSURE, _then(_print("626"), _print("1", 12.75, 3, 5.5))),
    ("raised_digit_of_the_same_size", "6261", UNSURE, _then(_print("626"), _print("1", 12.75, 2))),
    ("lowered_digit", "6261", UNSURE, _then(_print("626"), _print("1", 12.75, -2))),
    ("red_digit", "6261", UNSURE, _then(_print("626"), _inked(1, 0, 0), _print("1", 12.75))),
    ("grey_digit", "6261", UNSURE, _then(_print("626"), _inked(0.6, 0.6, 0.6), _print("1", 12.75))),
    (
        "digit_of_another_font",
        "6261",
        UNSURE,
        _then(_print("626"), _print("1", 12.75, font="Helvetica")),
    ),
    (
        "digit_of_another_font_in_the_middle",
        "626",
        UNSURE,
        _then(_print("6"), _print("2", 4.25, font="Times-Roman"), _print("6", 8.5)),
    ),
    ("larger_digit", "626", UNSURE, _then(_print("62"), _print("6", 8.5, size=11))),
    ("digit_upside_down", "626", 629, _then(_print("62"), _tilted("6", 180, 12.7, 6))),
    ("digit_lying", "626", UNSURE, _then(_print("62"), _tilted("6", 90, 13, 0))),
    ("digit_aslant", "62", UNSURE, _then(_print("62"), _tilted("6", 30, 9, 0))),
    ("only_digits_aslant", "", UNSURE, _tilted("626", 30)),
    (
        "mirrored",
        "626",
        UNSURE,
        lambda s: (s.paper.translate(2 * s.x + 13, 0), s.paper.scale(-1, 1), s.print()),
    ),
    ("upside_down", "969", 696, _tilted("969", 180, 13, 6)),
    # on one place
    ("two_figures_on_one_place", "626", UNSURE, _then(_print("626"), _print("9", 1))),
    ("a_figure_over_another", "626", UNSURE, _then(_print("626"), _print("917", 0.4, 0.3))),
    (
        "shadow",
        "581",
        581,
        _then(_inked(0.5, 0.5, 0.5), _print("581", 2, -2), _BLACK, _print("581")),
    ),
    ("shadow_beside", "581", 581, _then(_print("581", 2), _print("581"))),
    ("shadow_above", "581", 581, _then(_print("581", 0, 2.2), _print("581"))),
    ("second_line_over_the_first", "626", UNSURE, _then(_print("626"), _print("17", 2, 5))),
    (
        "spacing_taken_back",
        "626",
        UNSURE,
        _code("BT /F2 8.5 Tf -3 Tc 1 0 0 1 {x} {y} Tm (\\0006\\0002\\0006) Tj 0 Tc ET"),
    ),
    (
        "spacing_taken_back_over_a_like_digit",
        "66",
        6,
        _code("BT /F2 8.5 Tf -4.2 Tc 1 0 0 1 {x} {y} Tm (\\0006\\0006) Tj 0 Tc ET"),
    ),
    (
        "printed_backwards",
        "626",
        UNSURE,
        _code("BT /F2 8.5 Tf -2.2 Tc 1 0 0 1 {x} {y} Tm (\\0006\\0002\\0009) Tj 0 Tc ET"),
    ),
    ("on_the_wall", "626", UNSURE, lambda s: s.print(right=s.x0 - s.x - 2)),
    ("on_the_lower_wall", "626", UNSURE, lambda s: s.print(up=s.low - s.y - 3)),
]

# What came to mind against the reader when the kinds above were mended.
TRICKS += [
    (
        "white_block_character_over_a_digit",
        "9626",
        626,
        _then(_print(), _WHITE, _print("■", -2, 0, 8.5)),
    ),
    (
        "white_digits_thickly_outlined_over_all",
        "626",
        None,
        _then(
            _print(),
            _WHITE,
            _code("BT 2 Tr 5 w /F2 8.5 Tf 1 0 0 1 {x} {y} Tm (\\0008\\0008\\0008) Tj ET"),
        ),
    ),
    (
        "thick_white_line_above_that_reaches_down",
        "626",
        None,
        _then(_print(), _WHITE, _line(-1, 9, 15, 9, 19)),
    ),
    (
        "thick_white_line_beside_that_reaches_over",
        "9626",
        626,
        _then(_print(), _WHITE, _line(-2, -2, -2, 9, 12.4)),
    ),
    (
        "thick_white_frame",
        "626",
        None,
        _then(
            _print(),
            _WHITE,
            lambda s: (
                s.paper.setLineWidth(14),
                s.paper.rect(s.x - 3, s.y - 3, 18, 12, stroke=1, fill=0),
            ),
        ),
    ),
    ("a_stroke_that_makes_a_seven_of_a_one", "1", 7, _then(_print(), _line(-0.5, 5.4, 2.4, 5.4))),
    ("a_stroke_that_makes_an_eight_of_a_zero", "0", 8, _then(_print(), _line(0.4, 2.8, 3.8, 2.8))),
    ("a_stroke_that_makes_a_two_of_a_seven", "7", UNSURE, _then(_print(), _line(0.2, 0.2, 4, 0.2))),
    ("point_covered", "6.26", UNSURE, _then(_print(), _WHITE, _box(4, -1, 6.6, 1.6))),
    (
        "clipped_by_a_triangle",
        "626",
        UNSURE,
        _then(
            lambda s: s.paper.addLiteral(
                f"{s.x} {s.y} m {s.x + 13} {s.y} l {s.x} {s.y + 7} l h W n"
            ),
            _print(),
        ),
    ),
    (
        "clipped_by_a_circle",
        "626",
        UNSURE,
        _then(
            lambda s: (
                lambda path: (
                    path.circle(s.x + 6, s.y + 3, 7),
                    s.paper.clipPath(path, stroke=0, fill=0),
                )
            )(s.paper.beginPath()),
            _print(),
        ),
    ),
    (
        "clipped_by_text",
        "626",
        None,
        _then(
            _code("q BT 7 Tr /F2 8.5 Tf 1 0 0 1 70 90 Tm (\\0001) Tj ET BT 0 Tr ET"),
            _print(),
            _code("Q"),
        ),
    ),
    (
        "clipped_by_even_odd_hole",
        "626",
        None,
        _then(
            lambda s: s.paper.addLiteral(
                f"{s.x - 40} {s.y - 20} 100 40 re {s.x - 5} {s.y - 4} 30 15 re W* n"
            ),
            _print(),
        ),
    ),
    (
        "shadow_in_light_grey",
        "581",
        581,
        _then(_inked(0.85, 0.85, 0.85), _print("581", 1, -1), _BLACK, _print()),
    ),
    (
        "upright_watermark_of_digits",
        "62",
        UNSURE,
        _then(_print(), _inked(0.7, 0.7, 0.7), _print("9", 14, -4, 16)),
    ),
    ("pale_digit_beside", "62", 62, _then(_print(), _inked(0.85, 0.85, 0.85), _print("6", 8.5))),
    (
        "dark_cell_pale_digit",
        "62",
        UNSURE,
        _then(_fill((0.5, 0.5, 0.5)), _inked(0.55, 0.55, 0.55), _print()),
    ),
    (
        "squeezed_digit",
        "9626",
        UNSURE,
        _then(
            _code("BT /F2 8.5 Tf 8 Tz 1 0 0 1 {x} {y} Tm (\\0009) Tj 100 Tz ET"), _print("626", 1)
        ),
    ),
    (
        "digit_in_a_tall_line",
        "626",
        UNSURE,
        _then(
            _print("62"),
            _code("BT /F2 8.5 Tf 1 0 0 1.5 {x} {y} Tm 1 0 0 1.5 {x} {y} Tm ET"),
            _print("6", 8.5, 0, 10),
        ),
    ),
    (
        "italic_digit",
        "6261",
        UNSURE,
        _then(_print("626"), _code("BT /F2 8.5 Tf 1 0 .4 1 {x} {y} Tm 12.75 0 Td (\\0001) Tj ET")),
    ),
    ("picture_an_eighth_of_a_point_thin", "", 1, _picture(2, 0, 2.1, 6.5, "black")),
    (
        "picture_of_the_whole_cell",
        "",
        UNSURE,
        lambda s: _picture(s.x0 - s.x, s.low - s.y, s.x1 - s.x, s.high - s.y, "grey")(s),
    ),
    ("dash_of_a_box", "", UNSURE, _box(0, 2.6, 8, 3.2)),
    ("grey_ring", "", 0, lambda s: s.paper.circle(s.x + 2, s.y + 3, 3, stroke=1, fill=0)),
    ("square_ring_for_a_nought", "", 0, _box(0, 0, 4.5, 7, stroke=1, fill=0)),
    (
        "square_ring_after_a_figure",
        "62",
        620,
        _then(_print(), _box(9, 0, 13.5, 7, stroke=1, fill=0)),
    ),
    ("small_square_ring", "", 0, _box(0, 0, 3, 3.5, stroke=1, fill=0)),
    (
        "white_ring_on_a_dark_cell",
        "",
        0,
        _then(
            _fill((0.1, 0.1, 0.3)),
            _WHITE,
            lambda s: s.paper.circle(s.x + 2, s.y + 3, 3, stroke=1, fill=0),
        ),
    ),
    ("white_box_on_a_dark_cell", "", 1, _then(_fill((0.1, 0.1, 0.3)), _WHITE, _box(0, 0, 2, 7))),
    (
        "dark_box_below_white_text_moved",
        "626",
        None,
        _then(_inked(0, 0, 0), _box(30, -2, 50, 8), _WHITE, _print()),
    ),
    (
        "negative_spacing_beside_a_figure",
        "62",
        UNSURE,
        _then(
            _print(),
            _code("BT /F2 8.5 Tf -9 Tc 1 0 0 1 {x} {y} Tm 8.5 0 Td (\\0006\\0001) Tj 0 Tc ET"),
        ),
    ),
    ("two_lines_of_digits", "626", UNSURE, _then(_print("6", up=3.5), _print("26", up=-4))),
]

# Drawn when the table is done.
AFTERWARDS: list[Trick] = [
    ("covered_when_all_is_printed", "9626", 626, _then(_WHITE, _box(-0.5, -2, 4.3, 8))),
    ("covered_by_another_cell", "626", 9, _then(_fill((1, 1, 1)), _print("9", 40))),
    ("cell_filled_when_all_is_printed", "626", None, _fill((0.9, 0.9, 1))),
    ("picture_when_all_is_printed", "626", UNSURE, _picture(-300, -200, 300, 200, "grey")),
    ("stamp_beside_a_figure", "62", UNSURE, _picture(9, -1, 13, 7, "red")),
]


def _layer(on: bool) -> Callable[[Objects], None]:
    """What is drawn as /L is in a layer, which is off or on."""

    def change(objects: Objects) -> None:
        group = objects.add("<< /Type /OCG /Name (L) >>")
        state = "/ON" if on else "/OFF"
        objects.replace(
            "/Type /Catalog",
            f"/Type /Catalog /OCProperties << /OCGs [{group} 0 R] /D << {state} [{group} 0 R] >> >>",
        )
        objects.replace("/Resources <<", f"/Resources << /Properties << /L {group} 0 R >>")

    return change


def _form(body: str, entries: str = "", off: bool = False) -> Callable[[Objects], None]:
    """A form /X over the whole page, in a layer that is off."""

    def change(objects: Objects) -> None:
        if off:
            _layer(False)(objects)
            group = max(objects)
            more = f"/OC {group} 0 R {entries}"
        else:
            more = entries
        number = objects.stream(
            body,
            f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font 1 0 R >> {more}",
        )
        objects.replace("/Resources <<", f"/Resources << /XObject << /X {number} 0 R >>")

    return change


def _font(
    told: dict[int, str],
    *,
    encoding: str = "/WinAnsiEncoding",
    widths: int = 556,
    name: str = "Arial",
    fallback: str = "",
) -> Callable[[Objects], None]:
    """A font /T of one byte a code, which says what its codes mean."""

    def change(objects: Objects) -> None:
        said = "\n".join(
            f"<{code:02x}> <{''.join(f'{ord(c):04x}' for c in text)}>"
            for code, text in told.items()
        )
        space = "1 begincodespacerange <00> <ff> endcodespacerange"
        cmap = objects.stream(
            f"begincmap {space} {len(told)} beginbfchar\n{said}\nendbfchar endcmap"
        )
        spoken = f"/ToUnicode {cmap} 0 R" if told else ""
        described = objects.add(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 32 /Ascent 900 /Descent -200 /FontBBox [0 -200 1000 900] "
            "/ItalicAngle 0 /CapHeight 700 /StemV 80 >>"
        )
        number = objects.add(
            f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /FirstChar 32 /LastChar 126 "
            f"/Widths [{' '.join([str(widths)] * 95)}] /Encoding {encoding} {spoken} /FontDescriptor {described} 0 R >>"
        )
        objects[1] = objects[1].replace(b"<<", f"<< /T {number} 0 R".encode(), 1)

    return change


def _identity(told: dict[int, str]) -> Callable[[Objects], None]:
    """A font /T that names glyphs, is not embedded, and says what they mean, or not."""

    def change(objects: Objects) -> None:
        spoken = ""
        if told:
            said = "\n".join(f"<{code:04x}> <{ord(text):04x}>" for code, text in told.items())
            cmap = objects.stream(
                f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange {len(told)} beginbfchar\n{said}\nendbfchar endcmap"
            )
            spoken = f"/ToUnicode {cmap} 0 R"
        described = objects.add(
            "<< /Type /FontDescriptor /FontName /SimHei /Flags 4 /Ascent 859 /Descent -140 /FontBBox [0 -140 1000 859] "
            "/ItalicAngle 0 /CapHeight 700 /StemV 80 >>"
        )
        under = objects.add(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimHei /DW 500 "
            f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {described} 0 R >>"
        )
        number = objects.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /SimHei /Encoding /Identity-H /DescendantFonts [{under} 0 R] {spoken} >>"
        )
        objects[1] = objects[1].replace(b"<<", f"<< /T {number} 0 R".encode(), 1)

    return change


def _type3(names: str, told: dict[int, str] | None = None) -> Callable[[Objects], None]:
    """A font /T whose glyphs are drawn: code 49 is a bar, named or not."""

    def change(objects: Objects) -> None:
        bar = objects.stream("500 0 100 0 300 700 d1 100 0 200 700 re f")
        spoken = ""
        if told:
            said = "\n".join(f"<{code:02x}> <{ord(text):04x}>" for code, text in told.items())
            cmap = objects.stream(
                f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange {len(told)} beginbfchar\n{said}\nendbfchar endcmap"
            )
            spoken = f"/ToUnicode {cmap} 0 R"
        number = objects.add(
            f"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [.001 0 0 .001 0 0] /CharProcs << /{names} {bar} 0 R >> "
            f"/Encoding << /Type /Encoding /Differences [49 /{names}] >> /FirstChar 49 /LastChar 49 /Widths [500] {spoken} /Resources << >> >>"
        )
        objects[1] = objects[1].replace(b"<<", f"<< /T {number} 0 R".encode(), 1)

    return change


def _set(text: str, font: str = "T", size: float = SIZE, more: str = "") -> Draw:
    return _code(f"BT /{font} {size} Tf {more} 1 0 0 1 {{x}} {{y}} Tm ({text}) Tj ET")


def _hex(text: str) -> Draw:
    return _code(f"BT /T {SIZE} Tf 1 0 0 1 {{x}} {{y}} Tm <{text}> Tj ET")


def _nothing(_: Spot) -> None:
    """The cell stays empty."""


def _note(entries: str) -> Callable[[Objects], None]:
    """An annotation on the page that has the mark {x} {y} of `_marked`."""

    def change(objects: Objects) -> None:
        page = next(n for n, body in objects.items() if b"% spot " in body)
        x, y = (float(word) for word in objects[page].split(b"% spot ")[1].split()[:2])
        places = {
            "rect": f"[{x} {y - 2} {x + 13} {y + 8}]",
            "quad": f"[{x} {y + 8} {x + 13} {y + 8} {x} {y - 2} {x + 13} {y - 2}]",
        }
        look = objects.stream(
            "BT /F1 8 Tf 1 2 Td (626) Tj ET",
            "/Type /XObject /Subtype /Form /BBox [0 0 13 10] /Resources << /Font 1 0 R >>",
        )
        filled = entries
        for name, value in {**places, "look": f"/AP << /N {look} 0 R >>"}.items():
            filled = filled.replace(f"<{name}>", value)
        note = objects.add(f"<< /Type /Annot {filled} >>")
        holder = next(n for n, body in objects.items() if f"/Contents {page} 0 R".encode() in body)
        objects[holder] = objects[holder].replace(
            b"/Type /Page", f"/Annots [{note} 0 R] /Type /Page".encode(), 1
        )

    return change


def _marked(spot: Spot) -> None:
    """Where the text begins, for `_note`."""
    spot.paper.addLiteral(f"% spot {spot.x} {spot.y}")


def _state(entries: str) -> Callable[[Objects], None]:
    """A state /M of drawing."""

    def change(objects: Objects) -> None:
        form = objects.stream(
            "0 g 0 0 595 842 re f",
            "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << >> /Group << /S /Transparency /CS /DeviceGray >>",
        )
        state = objects.add(f"<< /Type /ExtGState {entries.format(form=form)} >>")
        objects.replace("/Resources <<", f"/Resources << /ExtGState << /M {state} 0 R >>")

    return change


def _see_through(objects: Objects) -> None:
    """The figure in a form /X that is drawn under a state /M of next to no opacity."""
    page = next(body for body in objects.values() if b"% spot " in body)
    x, y = (float(word) for word in page.split(b"% spot ")[1].split()[:2])
    body = f"BT /F1 8.5 Tf 1 0 0 1 {x} {y} Tm (626) Tj ET"
    form = objects.stream(
        body,
        "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font 1 0 R >> /Group << /S /Transparency >>",
    )
    state = objects.add("<< /Type /ExtGState /ca 0.02 >>")
    objects.replace(
        "/Resources <<",
        f"/Resources << /ExtGState << /M {state} 0 R >> /XObject << /X {form} 0 R >>",
    )


_TWO_THREE_TWO = {ord("2"): "7", ord("3"): "1"}

CHANGED: list[tuple[str, str, int | str | None, Draw, Callable[[Objects], None]]] = [
    # layers
    (
        "layer_off",
        "9626",
        626,
        _then(_code("/OC /L BDC"), _print("9"), _code("EMC"), _print("626", 4.25)),
        _layer(False),
    ),
    (
        "figure_in_a_layer_that_is_off",
        "626",
        None,
        _then(_code("/OC /L BDC"), _print(), _code("EMC")),
        _layer(False),
    ),
    (
        "nested_in_a_layer_that_is_off",
        "626",
        None,
        _then(_code("/OC /L BDC /Span BMC"), _print(), _code("EMC EMC")),
        _layer(False),
    ),
    (
        "form_in_a_layer_that_is_off",
        "626",
        None,
        _then(_code("/X Do")),
        _form("BT /F1 8.5 Tf 1 0 0 1 350 600 Tm (626) Tj ET", off=True),
    ),
    # fonts
    ("unicode_against_encoding", "771", 232, _set("232"), _font(_TWO_THREE_TWO)),
    (
        "unicode_against_glyph_names",
        "71",
        23,
        _set("AB"),
        _font({65: "7", 66: "1"}, encoding="<< /Differences [65 /two /three] >>"),
    ),
    ("unicode_of_a_space", "", 232, _set("232"), _font({ord("2"): " ", ord("3"): " "})),
    ("unicode_of_nothing", "", 232, _set("232"), _font({ord("2"): "\u200b", ord("3"): "\ufeff"})),
    ("unicode_of_two_digits", "77", 2, _set("2"), _font({ord("2"): "77"})),
    (
        "unicode_of_private_use",
        "",
        232,
        _set("232"),
        _font({ord("2"): "\ue002", ord("3"): "\ue003"}),
    ),
    ("unicode_of_zero", "", 232, _set("232"), _font({ord("2"): "\0", ord("3"): "\0"})),
    ("widths_of_nought", "232", UNSURE, _set("232"), _font({}, widths=0)),
    ("widths_of_nought_like_digits", "339", UNSURE, _set("339"), _font({}, widths=0)),
    ("widths_of_nought_one_digit_thrice", "333", UNSURE, _set("333"), _font({}, widths=0)),
    ("narrow_widths", "232", UNSURE, _set("232"), _font({}, widths=120)),
    ("widths_below_nought", "232", UNSURE, _set("232"), _font({}, widths=-300)),
    (
        "actual_text",
        "77",
        232,
        _then(_code("/Span << /ActualText (77) >> BDC"), _print("232"), _code("EMC")),
        lambda _: None,
    ),
    (
        "actual_text_of_nothing",
        "",
        232,
        _then(_code("/Span << /ActualText () >> BDC"), _print("232"), _code("EMC")),
        lambda _: None,
    ),
    (
        "actual_text_over_one_digit",
        "632",
        UNSURE,
        _then(
            _print("6"),
            _code("/Span << /ActualText (3) >> BDC"),
            _print("8", 4.25),
            _code("EMC"),
            _print("2", 8.5),
        ),
        lambda _: None,
    ),
    ("codes_taken_for_characters", "232", UNSURE, _hex("003200330032"), _identity({})),
    ("glyphs_without_a_name", "", 1, _set("1"), _type3("g1")),
    ("glyphs_called_space", "", 1, _set("1"), _type3("space")),
    ("glyphs_that_say_space", "", 1, _set("1"), _type3("g1", {49: " "})),
    ("glyphs_that_contradict_their_name", "7", 1, _set("1"), _type3("one", {49: "7"})),
    (
        "soft_mask",
        "626",
        UNSURE,
        _then(_code("q /M gs"), _print(), _code("Q")),
        _state("/SMask << /S /Luminosity /G {form} 0 R >>"),
    ),
    (
        "blended_away",
        "626",
        UNSURE,
        _then(_code("q /M gs"), _print(), _code("Q")),
        _state("/BM /Screen"),
    ),
    ("opacity_of_a_form", "626", UNSURE, _then(_code("q /M gs /X Do Q"), _marked), _see_through),
    (
        "link_with_a_look",
        "9",
        UNSURE,
        _then(_print(), _marked),
        _note("/Subtype /Link /Rect <rect> <look>"),
    ),
    (
        "cut_off_by_the_crop_box",
        "626",
        UNSURE,
        _print(),
        lambda objects: objects.replace(
            "/MediaBox [ 0 0 595 842 ]", "/MediaBox [ 0 0 595 842 ] /CropBox [ 0 0 372 842 ]"
        ),
    ),
    (
        "parent_field_has_the_value",
        "",
        626,
        _marked,
        _note("/Subtype /Widget /Parent << /FT /Tx /V (626) /T (a) >> /Rect <rect>"),
    ),
    (
        "button_with_a_caption",
        "",
        UNSURE,
        _marked,
        _note("/Subtype /Widget /FT /Btn /MK << /CA (626) >> /Rect <rect>"),
    ),
    (
        "line_note",
        "626",
        UNSURE,
        _then(_print(), _marked),
        _note("/Subtype /Line /Rect <rect> /L [0 0 9 9]"),
    ),
    (
        "actual_text_by_name",
        "77",
        232,
        _then(_code("/Span /P BDC"), _print("232"), _code("EMC")),
        lambda objects: objects.replace(
            "/Resources <<", "/Resources << /Properties << /P << /ActualText (77) >> >>"
        ),
    ),
    ("unicode_of_a_long_word", "", 2, _set("2"), _font({ord("2"): "2 3 2"})),
    ("unicode_of_an_accent", "", 232, _set("232"), _font({ord("2"): "\u0301", ord("3"): "\u0302"})),
    ("unicode_of_a_dash", "-", 2, _set("2"), _font({ord("2"): "-"})),
    (
        "glyph_names_against_codes",
        "232",
        717,
        _set("232"),
        _font({}, encoding="<< /BaseEncoding /WinAnsiEncoding /Differences [50 /seven /one] >>"),
    ),
    # laid over, as other programs write it
    ("stamp", "", 626, _marked, _note("/Subtype /Stamp /Rect <rect> <look>")),
    (
        "stamp_over_a_figure",
        "9",
        626,
        _then(_print(), _marked),
        _note("/Subtype /Stamp /Rect <rect> <look>"),
    ),
    (
        "strikeout",
        "626",
        UNSURE,
        _then(_print(), _marked),
        _note("/Subtype /StrikeOut /Rect <rect> /QuadPoints <quad>"),
    ),
    (
        "strikeout_placed_by_its_quads",
        "626",
        UNSURE,
        _then(_print(), _marked),
        _note("/Subtype /StrikeOut /Rect [0 0 1 1] /QuadPoints <quad>"),
    ),
    (
        "redaction",
        "626",
        None,
        _then(_print(), _marked),
        _note("/Subtype /Redact /Rect <rect> /QuadPoints <quad> /IC [0 0 0]"),
    ),
    (
        "squiggly",
        "626",
        UNSURE,
        _then(_print(), _marked),
        _note("/Subtype /Squiggly /Rect <rect> /QuadPoints <quad>"),
    ),
    (
        "square",
        "626",
        UNSURE,
        _then(_print(), _marked),
        _note("/Subtype /Square /Rect <rect> /IC [1 1 1]"),
    ),
    ("ink", "", 626, _marked, _note("/Subtype /Ink /Rect <rect> /InkList [[1 1 2 2]] <look>")),
    (
        "ink_over_a_figure",
        "626",
        UNSURE,
        _then(_print(), _marked),
        _note("/Subtype /Ink /Rect <rect> /InkList [[1 1 2 2]]"),
    ),
    (
        "widget_with_a_look_only",
        "",
        626,
        _marked,
        _note("/Subtype /Widget /FT /Tx /Rect <rect> <look>"),
    ),
    (
        "widget_with_a_value_only",
        "",
        626,
        _marked,
        _note("/Subtype /Widget /FT /Tx /V (626) /Rect <rect>"),
    ),
    ("watermark_note", "", 626, _marked, _note("/Subtype /Watermark /Rect <rect> <look>")),
]

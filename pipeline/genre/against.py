"""What speaks against a report: a genre that the page names, placeholders, copies, stand-ins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipeline.genre.several import compared, listed, several
from pipeline.genre.shape import (
    FEW,
    STAND_INS,
    WORDS,
    Shape,
    fits,
    genre_of,
    numerals,
)
from pipeline.genre.signs import Sign, sign
from pipeline.model import Identity
from pipeline.outline import Line, Outline, folded
from pipeline.recognise import Reading
from pipeline.text import is_traditional

_LONGEST_STAND_IN = 80  # characters of what a page says in place of a report
_LONGEST_LURE = 60  # longer lines are sentences, and a police report speaks of gambling
_SENTENCES_OF_A_FORM = 2  # that say how to fill it in
# What any advertisement that stands for a name holds; most reports hold none of it.
_MARKS = re.compile(r"彩票|官网|网址|客户端|app|bet|\(中国\)|娱乐|棋牌|买球|竞猜|电竞|官方网站")
_OFTEN = 4  # times that a text speaks of its subject
_GAP = -2  # weight of one placeholder
_NEWS_LINES = 30  # of a page; further down stand links to news
_FIRST_LINES = 3  # of a page: its preface
_BYTES_OF_ASCII = 2  # a character at most; one of Chinese takes three
_LATIN = re.compile("[a-zA-Z]")
_NUMERALS = 5  # fewer may be numbers of pages


def signs_against(
    outline: Outline, readings: Sequence[Reading], identity: Identity, shape: Shape
) -> Iterator[Sign]:
    """The signs of something else, in the order in which a refusal would name them."""
    tests = (
        None if shape.lines else sign("empty", "", ""),
        _copy(outline, shape, identity),
        several(outline, readings),
        listed(outline, shape),
        _samples(shape),
        *_named(shape, identity),
        compared(outline, readings),
        _placeholder(outline, shape),
        _of_another(shape),
        _first(shape, "explains"),
        _first(shape, "summary"),
        _first(shape, "study"),
        _twice(shape, "task", "tasks"),
        _twice(shape, "of_a_school", "school"),
        _first(shape, "part_of_a_year"),
        _other_subject(shape),
        _articles(shape),
        _unfilled(shape),
        _notice(shape),
        _news(shape),
        _blank_form(outline, shape, readings, identity),
        _cover_page(outline, shape),
        _stand_in(outline, shape, readings),
        _foreign(shape),
    )
    return (found for found in tests if found)


def _copy(outline: Outline, shape: Shape, identity: Identity) -> Sign | None:
    """Pages of other sites that dress up as a report: lures, or advertisements for its names."""
    heading = [part.words for part in outline.heading]
    lines = [line.words for line in shape.lines]
    short = [words for words in lines if len(words) <= _LONGEST_LURE and "。" not in words]
    lures = set(WORDS["lure"].findall(" ".join((*heading, *short)).lower()))
    titles = " ".join((*heading, *(shape.opening[at].words for at in shape.titles)))
    glued = set(WORDS["lure_in_title"].findall(titles.lower()))
    printed = "\n".join((*heading, shape.text)).lower()
    if _MARKS.search(printed) and not fits("of_lotteries", identity.organ):
        glued |= set(WORDS["for_a_name"].findall(printed))
        often = WORDS["brand"].findall(printed)
        glued |= set(often) if len(often) >= FEW else set()
    if len(lures) < FEW and not glued:
        glosses = sum(len(WORDS["gloss"].findall(words)) for words in lines if "(" in words)
        traditional = lures or glosses >= FEW
        if not (traditional and is_traditional("".join(line.text for line in outline.lines))):
            return None
    glossed = "words with their pronunciation, in traditional script"
    signs = ", ".join(sorted(lures | glued)) or glossed
    return sign("copy", "", "", says=f"a copied page of another site, not the organ's own: {signs}")


def _named(shape: Shape, identity: Identity) -> Iterator[Sign]:
    """The heaviest genre that a line above the first section names."""
    named = [(genre, at) for at in range(len(shape.opening)) if (genre := _genre_at(shape, at))]
    if not named:
        return
    genre, at = min(named, key=lambda pair: pair[0]["weight"])
    line = shape.opening[at]
    yield Sign("genre", genre["weight"], genre["reason"], line.words, line.where, genre["remedy"])
    # A page that begins with a genre's name and names no organ: its tables may be anyone's.
    if not (at or identity.organ or _is_of_a_menu(line)):
        yield sign("nameless", line.words, line.where)


def _genre_at(shape: Shape, at: int) -> dict[str, Any] | None:
    """The genre that a line of the opening names, if it speaks of the page itself."""
    line = shape.opening[at]
    genre = genre_of(line.words)
    # Below a report's title stand its own headings; 现将…公布如下 is its preface.
    if genre is None or any(title <= at for title in shape.titles):
        return None
    if fits("heading", line.words) or fits("of_itself", line.words):
        return None
    also = re.compile(genre.get("also", ""))
    if "also" in genre and sum(bool(also.match(each.words)) for each in shape.lines) < FEW:
        return None
    # A line of a menu, or a link to another page.
    if _is_of_a_menu(line) and (shape.titles or _in_a_menu(shape, line)):
        return None
    if shape.titles and not re.search("信息公开.*报|年报", line.words):
        return None
    return genre


def _is_of_a_menu(line: Line) -> bool:
    return fits("menu", re.sub(r"^\W+|\W+$", "", line.words))


def _in_a_menu(shape: Shape, line: Line) -> bool:
    """Whether a line beside it is of a menu too, or of the site."""
    at = shape.lines.index(line) if line in shape.lines else 0
    beside = (*shape.lines[max(0, at - 1) : at], *shape.lines[at + 1 : at + 2])
    return any(_is_of_a_menu(other) or other.is_furniture for other in beside)


def _samples(shape: Shape) -> Sign | None:
    """Several essays on one page, or the words of a site for them."""
    found = [*shape.that_fit("essay"), *shape.that_fit("sample")]
    short = [line for line in found if len(line.words) <= _LONGEST_STAND_IN]
    return sign("samples", short[0].words, short[0].where) if len(short) > 1 else None


def _placeholder(outline: Outline, shape: Shape) -> Sign | None:
    """A gap where the title, or the text again and again, names the organ."""
    printed = [(folded(outline.title), "")]
    printed += [(shape.opening[at].words, shape.opening[at].where) for at in shape.titles]
    for words, where in printed:
        name = re.sub(r"^([*_]+)(.+)\1$", r"\2", words)
        if fits("placeholder", name):
            return sign("placeholder", name, where)
    gaps = list(shape.that_fit("gap_for_a_name"))
    first = shape.lines[:_FIRST_LINES]
    told = gaps if len(gaps) >= FEW else [line for line in gaps if line in first]
    return sign("placeholder", told[0].words, told[0].where) if told else None


def _foreign(shape: Shape) -> Sign | None:
    """A text in Latin letters below a Chinese title: a translation, or a machine's summary."""
    text = shape.text
    if len(text.encode()) > _BYTES_OF_ASCII * len(text):
        return None
    letters = len(_LATIN.findall(text))
    return sign("foreign", "", "") if letters > len(text) // 2 else None


def _of_another(shape: Shape) -> Sign | None:
    """A text that calls itself a guide, a rule or a plan."""
    line = next(shape.that_fit("of_another"), None)
    found = line and WORDS["of_another"].search(line.words)
    if not (line and found):
        return None
    says = f"another kind of text: it says {found.group()} of itself"
    return sign("of_another", "", line.where, says=says)


def _first(shape: Shape, name: str) -> Sign | None:
    """A sign that one line is enough for, if it fits the words of the same name."""
    line = next(shape.that_fit(name), None)
    return sign(name, line.words, line.where) if line else None


def _twice(shape: Shape, words: str, name: str) -> Sign | None:
    """A sign of which one word may be chance."""
    lines = list(shape.that_fit(words))
    return sign(name, lines[0].words, lines[0].where) if len(lines) > 1 else None


def _other_subject(shape: Shape) -> Sign | None:
    """A text that speaks of something else more often than of disclosure."""
    counts = Counter(WORDS["subject"].findall(shape.text))
    subject, count = next(iter(counts.most_common(1)), ("", 0))
    if count < _OFTEN or count <= shape.text.count("公开"):
        return None
    line = next(shape.that_fit("subject"))
    says = f"a report on something else: it speaks of {subject} more often than of disclosure"
    return sign("other_subject", "", line.where, says=says)


def _articles(shape: Shape) -> Sign | None:
    articles = list(shape.that_fit("article"))
    return sign("articles", articles[0].words, articles[0].where) if len(articles) >= FEW else None


def _blank_form(
    outline: Outline, shape: Shape, readings: Sequence[Reading], identity: Identity
) -> Sign | None:
    """A form to be filled in; a report whose tables are blank names its organ and speaks."""
    headed = shape.sections >= FEW and shape.topics_weight > shape.sections
    labels = len(set(WORDS["form_word"].findall(shape.text))) >= FEW
    form = headed or labels or any(reading.matches for reading in readings)
    if shape.tables or shape.figures or not form:
        return None
    titles = (outline.own_title, *outline.heading_titles)
    named = identity.organ or any(title and title.name for title in titles)
    if named and sum(fits("placeholder", line.words) for line in shape.lines) < FEW:
        return None
    if next(shape.that_fit("year_told"), None):
        return None
    if shape.text.count("。") > _SENTENCES_OF_A_FORM:
        return None
    # Every figure may be 0, in a table that was not read.
    if numerals(outline, _NUMERALS) == _NUMERALS:
        return None
    return sign("blank_form", "", "", says="a blank form: it holds no figure and names no organ")


def _cover_page(outline: Outline, shape: Shape) -> Sign | None:
    """A title and a file to download, and no word of the report."""
    told = shape.sections or shape.tables or any("。" in line.words for line in shape.lines)
    file = next((line for line in outline.lines if line.names_a_file), None)
    if told or shape.figures or not file:
        return None
    return sign("cover", file.words, file.where)


def _stand_in(outline: Outline, shape: Shape, readings: Sequence[Reading]) -> Sign | None:
    """A page that names a report, holds next to nothing of one, and says what it holds instead."""
    if shape.sections >= FEW or any(reading.matches for reading in readings):
        return None
    rows = readings[0].rows if readings else ()
    if sum(row.has_figures for row in rows) >= FEW:
        return None
    sentences = [line.words for line in shape.lines if "。" in line.words]
    prose = sum(len(words) > _LONGEST_STAND_IN for words in sentences)
    if prose >= FEW or any(fits("figure", words) for words in sentences):
        return None
    lines = (*outline.heading, *shape.lines)
    short = [(line.words.lower(), line) for line in lines if len(line.words) <= _LONGEST_STAND_IN]
    for each in STAND_INS:
        for words, line in short:
            if each["line"].search(words):
                found = sign("stand_in", words, line.where, says=each["reason"])
                return replace(found, remedy=each["remedy"])
    return None


def _unfilled(shape: Shape) -> Sign | None:
    """Gaps in the text: one may have been left by mistake, many are a template's."""
    gaps = list(shape.that_fit("unfilled"))
    if not gaps:
        return None
    most = sign("unfilled", gaps[0].words, gaps[0].where)
    return replace(most, weight=max(most.weight, _GAP * len(gaps)))


def _notice(shape: Shape) -> Sign | None:
    """What is addressed to many organs, or asks them for something, and brings no report."""
    if shape.titles:
        return None
    to_all = list(shape.that_fit("salutation"))
    asks = list(shape.that_fit("asks"))
    told = to_all or asks if to_all or len(asks) > 1 else []
    return sign("notice", told[0].words, told[0].where) if told else None


def _news(shape: Shape) -> Sign | None:
    first = shape.lines[:_NEWS_LINES]
    line = next((line for line in shape.that_fit("newsroom") if line in first), None)
    return sign("news", line.words, line.where) if line else None

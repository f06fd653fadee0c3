"""Fields of Word, which a program computes: begun, parted and ended by marks among the runs."""

from __future__ import annotations

import re

from pipeline import doubt
from pipeline.readers.word.ink import W
from pipeline.readers.word.paragraph import Field, Line
from pipeline.readers.word.properties import Element, is_on, tags

_CHOICES_OF_FORMS = tags("ddList checkBox")
# Fields that print nothing; those that a program fills in anew whenever it shows them.
_INVISIBLE = re.compile("XE|TC|TA|RD|PRIVATE|SET|ASK")
_RENEWED = re.compile(
    "PAGE|NUMPAGES|SECTION|SECTIONPAGES|DATE|TIME|FILENAME|LISTNUM|AUTONUM(?:LGL|OUT)?|SAVEDATE"
    "|PRINTDATE|EDITTIME|ADVANCE|EQ|SYMBOL"
)
_NESTED = 20  # fields in each other, more than Word allows


def is_dirty(element: Element) -> bool:
    """Whether the result of a field is out of date."""
    return is_on(element.get(f"{W}dirty", "0"))


def mark(element: Element, line: Line) -> None:
    """Begin a field, part its code from its result, or end it."""
    fields, kind = line.page.fields, element.get(f"{W}fldCharType")
    chosen_from = any(True for _ in element.iter(*_CHOICES_OF_FORMS))
    if chosen_from:
        line.draw()
    if not line.codes:
        return
    if kind == "begin":
        if len(fields) == _NESTED:  # of which none has ended
            fields.clear()
            line.place.doubt(doubt.OVERLAID)
        fields.append(Field(line.page.new_origin(), printed=chosen_from, dirty=is_dirty(element)))
    elif not fields:  # what began nowhere may have begun in another cell
        line.place.doubt(doubt.OVERLAID)
    elif kind == "separate":
        fields[-1].in_code = False
    elif kind == "end":
        end(fields.pop(), line)


def code(element: Element, line: Line) -> None:
    """Take down a part of the code of a field."""
    if line.page.fields and line.page.fields[-1].in_code:
        line.page.fields[-1].code += element.text or ""


def end(ended: Field, line: Line) -> None:
    """A field that printed nothing, or will print something else, shows what is not told."""
    name = (ended.code.split() or [""])[0].upper()
    if _INVISIBLE.fullmatch(name) and not ended.printed:
        return
    if _RENEWED.fullmatch(name) or ended.dirty or not ended.printed:
        line.draw()
    if ended.printed:
        line.page.fill()

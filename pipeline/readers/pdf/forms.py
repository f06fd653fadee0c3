"""How much a page shows with its forms, told by pdfminer before pdfium unfolds them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral, literal_name

from pipeline.readers.pdf.tolerances import DEEPEST

_SHOWN = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")


def most_shown(path: Path) -> int:
    """The bytes of the fullest page: its own, and those of each form as often as it is shown."""
    with path.open("rb") as file:
        try:
            pages = PDFPage.create_pages(PDFDocument(PDFParser(file)))
            known: dict[int, int] = {}
            return max((_shown(page.attrs, known, 0) for page in pages), default=0)
        except (PSException, ValueError, TypeError, KeyError, RecursionError):
            return 0  # what pdfminer cannot read


def _shown(holder: dict[str, object], known: dict[int, int], depth: int) -> int:
    """The bytes of a page or a form, and of all forms in it."""
    content = _content(holder)
    forms = dict_value(dict_value(holder.get("Resources", {})).get("XObject", {}))
    total = len(content)
    for name, times in Counter(_SHOWN.findall(content)).items():
        form = forms.get(name.decode("latin-1"))
        if form is not None and depth < DEEPEST:
            total += times * _of_form(form, known, depth)
    return total


def _of_form(form: object, known: dict[int, int], depth: int) -> int:
    number = form.objid if isinstance(form, PDFObjRef) else id(form)
    if number not in known:
        known[number] = 0  # a form in itself shows nothing more
        stream = resolve1(form)
        kind = stream.attrs.get("Subtype") if isinstance(stream, PDFStream) else None
        if isinstance(kind, PSLiteral) and literal_name(kind) == "Form":
            known[number] = _shown({**stream.attrs, "Contents": stream}, known, depth + 1)
    return known[number]


def _content(holder: dict[str, object]) -> bytes:
    told = resolve1(holder.get("Contents"))
    streams = list_value(told) if isinstance(told, list) else [told]
    found = (resolve1(stream) for stream in streams)
    return b"\n".join(stream.get_data() for stream in found if isinstance(stream, PDFStream))

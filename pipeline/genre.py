"""Is this document one organ's annual report? The reason, when it is not."""

from __future__ import annotations

import re

from pipeline.model import Document, Identity
from pipeline.recognise import Recognition
from pipeline.text import squeezed

_OTHER = "not an annual report on government-information disclosure"
_REPORT_WORDS = re.compile(r"政府信息公开|信息公开工作|政务公开")
_PLACEHOLDER = re.compile(r"[xX×*＊_]{2,}|（单位名称）|\(单位名称\)")


def refusal(document: Document, recognition: Recognition, identity: Identity, title: str) -> str:
    """Why a document yields no report, or an empty string when it is one."""
    filled = any(match.cell.text for match in recognition.matches)
    prose = "".join(squeezed(paragraph.text) for paragraph in document.paragraphs)
    if recognition.matches and not filled and (not identity.organ or _PLACEHOLDER.search(title)):
        return "a blank form: its tables hold no figure and no organ is named"
    if not title and not recognition.matches:
        return f"{_OTHER}: it has neither the title nor a table of one"
    if not recognition.matches and not _REPORT_WORDS.search(prose + title):
        return f"{_OTHER}: it speaks of something else"
    return ""

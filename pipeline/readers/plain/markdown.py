"""Markdown's marks inside lines and cells → the text they dress; tables are the text reader's."""

from __future__ import annotations

import html
import re

from pipeline.text.figures import PICTURE

_HASHES = re.compile(r"^ {0,3}#{1,6}[ \t]*(?=[^\s#])|(?<=\S)[ \t]+#+[ \t]*$", re.MULTILINE)
_STRUCK = re.compile(r"~~[^~\n|]+~~")
# **8**, __8__, *8* and `8`; a star after a word is a footnote's.
_DRESSED = re.compile(r"(\*\*|__|(?<![*\w])\*(?![*\s])|`)([^*_`\n|]+)\1")
# [8](http://a) shows 8; behind a digit it is the mark of a note. What ![](a.png) shows is not read.
_LINK = re.compile(
    r"(?P<before>\d\s?)?(?<!\\)(?P<image>!)?\[(?P<shown>[^\[\]\n|]*)\]"
    r"\((?:<[^<>\n|]*>|[^()\s|\u3000-\u9fff\uff00-\uffef]*)(?:[ \t]+\"[^\"\n|]*\")?\)"
)
_NOTE_MARK = re.compile(r"\[\^([^\[\]\n]+)\]")
_OFF_THE_LINE = re.compile(r"<(su[bp])>\s*+([^<\n|]*+)\s*+</\1>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{}~])")


def undressed(text: str) -> str:
    """The text without markup: struck words left out, marks of notes in brackets."""
    text = _LINK.sub(_shown, _STRUCK.sub("", _HASHES.sub("", text)))
    text = _DRESSED.sub(r"\2", text)
    text = _NOTE_MARK.sub(r"[\1]", text)
    text = _OFF_THE_LINE.sub(lambda found: f"[{found[2].strip()}]", text)
    return html.unescape(_ESCAPED.sub(r"\1", text.replace(r"\|", "｜")))


def _shown(link: re.Match[str]) -> str:
    before = link["before"] or ""
    if link["image"]:
        return before + PICTURE
    return f"{before}[{link['shown']}]" if before else link["shown"]

"""Which of its form's tables a report lacks although others were read, and where each should stand.

A table that a script, a picture or another file shows leaves no trace in the text: without a word
its cells would be missing in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Sheet, load_forms
from pipeline.outline import Block, Outline
from pipeline.recognise import Match, Reading

# A clause that says there is nothing to count of a topic: 未收到…申请, 收到申请0件, 复议均为零.
_NO = "(?:未|没有|无)"
_COME = "(?:收到|接到|受理|发生|产生|出现|提起|涉及|制发|制定|办理|新增|此类|该项|此项|相关)"
_NOUGHT = r"(?<!\d)(?:0|零)(?:件|份|宗|条|起|例|项)?"
_NOTHING = (
    rf"{_NO}{_COME}[^\d]{{0,24}}{{topic}}"
    rf"|{{topic}}[^\d]{{0,12}}(?:{_NO}{_COME}?|不涉及|不适用|{_NOUGHT})$"
)
# A clause under the heading that says no more than that.
_ONLY_THAT = re.compile(
    r"(?:20\d\d年度?|本年度?|全年|[我本][省市县区镇乡街局委办院站所处部门机关单位]+)*(?:均|都)?"
    r"(?:无|没有|未收到|未发生|为?(?:0|零)(?:件|份|宗|条|起|例|项)?|不涉及|不适用|[此本该上下]?表从?略)"
    r"(?:此类|该项|此项|相关|上述)?(?:情况|情形|数据|内容|业务|申请|案件|事项)?"
)
_CLAUSE = re.compile("[。;,:]")


def lacking(
    outline: Outline,
    matches: Sequence[Match],
    readings: Sequence[Reading],
    told: Collection[str],
) -> Iterator[Doubt]:
    """A doubt for each sheet of the report's form of which a table was not found.

    `told` are the sheets that other doubts say are lost. A sheet of which the report says in words
    that there is nothing to count is not lacking.
    """
    used = {match.form for match in matches}
    form = next((form for form in reversed(load_forms()) if form.id in used), None)
    found = {match.table for reading in readings for match in reading.matches}
    sheets = [sheet for sheet in form.sheets if sheet.topic] if form else []
    own = {match.row.sheet.id: match.row.sheet for match in matches}
    for sheet in (own.get(sheet.id, sheet) for sheet in sheets):
        lost = [table for table in sheet.sizes if table not in found]
        if not lost or sheet.id in told:
            continue
        others = [other.topic for other in sheets if other is not sheet]
        sections = list(_sections(outline, sheet, others))
        if not _says_nothing(outline, sheet, others, sections):
            yield _lacking(sheet, lost, sections)


def _lacking(sheet: Sheet, lost: Sequence[str], sections: Sequence[Sequence[Block]]) -> Doubt:
    parts = "" if len(lost) == len(sheet.sizes) else f" ({', '.join(lost)})"
    head = sections[0][0] if sections else None
    place = f"it belongs under “{head.words}”" if head else f"no heading names its “{sheet.topic}”"
    words = (
        f"the form's table {sheet.id}{parts} was not found, although others were read; {place}: "
        "look whether a picture, a script, an attachment or another page shows it"
    )
    return Doubt(doubt.LACKING_TABLE, words, head.where if head else "")


def _sections(outline: Outline, sheet: Sheet, others: Sequence[str]) -> Iterator[Sequence[Block]]:
    """The sections whose headings name the sheet's topic and no other's, each with its heading."""
    section: list[Block] = []
    for block in outline.blocks:
        if block.section:
            if section:
                yield section
            about = sheet.topic in block.words and not any(o in block.words for o in others)
            section = [block] if about else []
        elif section:
            section.append(block)
    if section:
        yield section


def _says_nothing(
    outline: Outline, sheet: Sheet, others: Sequence[str], sections: Sequence[Sequence[Block]]
) -> bool:
    """Whether the report says so, of the topic by name or in the section on it."""
    nothing = re.compile(_NOTHING.replace("{topic}", sheet.topic))
    inside = {block for section in sections for block in section[1:]}
    for block in outline.blocks:
        for clause in _CLAUSE.split(block.words):
            about = sheet.topic in clause and not any(other in clause for other in others)
            if about and nothing.search(clause):
                return True
            if block in inside and _ONLY_THAT.fullmatch(clause):
                return True
    return False

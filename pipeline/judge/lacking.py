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
from pipeline.model import Identity
from pipeline.outline import Block, Outline
from pipeline.recognise import Match, Reading

# A clause that says there is nothing to count of a topic: 未收到…申请, 收到申请0件, 复议均为零.
# It names the whole of the topic: no channel, no applicant, no outcome and no other year beside it.
_NO = "(?:未|没有|无)"
_COME = "(?:收到|接到|受理|发生|产生|出现|提起|涉及|制发|制定|办理|新增|新收|有)"
_NOUGHT = r"(?<!\d)(?:0|零)(?:件|份|宗|条|起|例|项)?"
_WHOLE = (
    "(?:任何|相关|此类|该项|此项|公民|法人|其[他它]组织|组织|自然人|提[出起]|引[起发]|因|由|关于|有关|涉及"
    "|依|政府|信息|公开|工作|行政|诉讼|应诉|[、和及与或者的而])*+"
)
_REST = (
    "(?:政府|信息|公开|行政|诉讼|应诉|提起|案件|事项|业务|件|情况|情形|数量"
    "|总数|数|[、和及与或的])*+"
)
_NOTHING = (
    rf"{{subject}}[也均都亦]?(?:(?:{_NO}{_COME}|无|没有){_WHOLE}{{topic}}{_REST}"
    rf"|共?(?:计|{_COME})?{_WHOLE}{{topic}}{_REST}[均都各]?"
    rf"(?:{_NO}{_COME}?|不涉及|不适用|[为是]?{_NOUGHT}))"
)
# A sentence under the heading that says no more than that.
_ONLY_THAT = (
    "{subject}(?:均|都)?"
    r"(?:无|没有|未收到|未发生|为?(?:0|零)(?:件|份|宗|条|起|例|项)?|不涉及|不适用|[此本该上下]?表从?略)"
    r"(?:此类|该项|此项|相关|上述)?(?:情况|情形|数据|内容|业务|申请|案件|事项)?"
)
_SUBJECT = "本年度?|今年|全年|年内|[我本][省市县区镇乡街道局委办院站所处部门机关单位]+|[,:]"
# A number of a topic: 申请55件, 55件政府信息公开申请.
_COUNTED = (
    r"{topic}\D{{0,12}}(?<!\d)[1-9]\d*(?:件|份|宗|起|例|项|次|条)"
    r"|(?<!\d)[1-9]\d*(?:件|份|宗|起|例|项|次|条)\D{{0,12}}{topic}"
)
_SENTENCE = re.compile("[。;]")
_CLAUSE = re.compile("[。;,:]")


def lacking(
    outline: Outline,
    matches: Sequence[Match],
    readings: Sequence[Reading],
    told: Collection[str],
    identity: Identity,
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
        if not _says_nothing(outline, sheet, others, sections, identity):
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
    outline: Outline,
    sheet: Sheet,
    others: Sequence[str],
    sections: Sequence[Sequence[Block]],
    identity: Identity,
) -> bool:
    """Whether the report says so of itself and its year, and counts nothing of the topic.

    It may name the topic, or stand right under its heading.
    """
    subject = _subject(outline, identity)
    nothing = re.compile(_NOTHING.format(subject=subject, topic=sheet.topic))
    only_that = re.compile(_ONLY_THAT.format(subject=subject))
    counted = re.compile(_COUNTED.format(topic=sheet.topic))
    heads = {section[1].where for section in sections if len(section) > 1}
    said = False
    for block in outline.blocks:
        for sentence in _SENTENCE.split(block.words):
            said = said or (block.where in heads and bool(only_that.fullmatch(sentence)))
            for clause in _CLAUSE.split(sentence):
                if sheet.topic not in clause or any(other in clause for other in others):
                    continue
                if counted.search(clause):
                    return False
                said = said or bool(nothing.fullmatch(clause))
    return said


def _subject(outline: Outline, identity: Identity) -> str:
    """A pattern of the words for the report's own year and organ, as often as they stand there."""
    names = (identity.organ, *outline.organs)
    own = [re.escape(name) for name in sorted(names, key=len, reverse=True) if name]
    year = [rf"{identity.report_year}年度?"] if identity.report_year else []
    return f"(?:{'|'.join((*own, *year, _SUBJECT))})*+"

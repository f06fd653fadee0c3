"""The kinds of doubt, each with its sentence for people, and a doubt as it is met on a page.

Rooms return doubts; flags and findings are made from them in `judge`. A kind is declared once,
in `kinds.csv` or as one of the `[[checks]]` of a form; `docs/dictionary.md` and `disclosure
doubts` print them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.resources import files


class Verdict(StrEnum):
    """What a check can say."""

    PASS = "pass"
    ASSUMED_ZERO = "assumed_zero"
    FAIL = "fail"
    NOT_ASSESSABLE = "not_assessable"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Side(StrEnum):
    """Who may be wrong, our reading or the document; said to people in `en` and `zh`."""

    en: str
    zh: str

    def __new__(cls, value: str, en: str = "", zh: str = "") -> Side:
        """A side with its words."""
        side = str.__new__(cls, value)
        side._value_, side.en, side.zh = value, en, zh
        return side

    READ = "read", "we may have misread what is printed", "可能是读取有误"
    SOURCE = (
        "source",
        "the document says so of its own figures, or contradicts itself or another report",
        "原文自己如此说明，或与自身、与其他年报不符",
    )


class Use(StrEnum):
    """Whether a figure with this doubt may be used, and what to do, said to people."""

    en: str
    zh: str
    do_en: str
    do_zh: str

    def __new__(
        cls, value: str, en: str = "", zh: str = "", do_en: str = "", do_zh: str = ""
    ) -> Use:
        """A use with its words."""
        use = str.__new__(cls, value)
        use._value_ = value
        use.en, use.zh, use.do_en, use.do_zh = en, zh, do_en, do_zh
        return use

    AS_PRINTED = (
        "as_printed",
        "Yes: the figure is the one that the page prints.",
        "可以使用：数字与原文一致。",
        "Say beside it what the doubt says of its meaning.",
        "引用时注明此处所说的情况。",
    )
    LOOK_FIRST = (
        "look_first",
        "Not before you have looked: the figure may be wrong, or mean something else.",
        "先核对再用：数字可能有误，或另有含义。",
        "Open the document at the place in `where`; use the figure if the page bears it out.",
        "按 `where` 所指的位置核对原文，相符方可使用。",
    )
    NO_FIGURE = (
        "no_figure",
        "There is none: the cell is `unreadable`, which is not 0.",
        "没有数字可用：该格无法确定，不等于零。",
        "Read the cell at the place in `where` yourself, or leave it out of every sum.",
        "按 `where` 所指的位置自行查看原文，否则不计入任何合计。",
    )
    NO_CELL = (
        "no_cell",
        "No figure is flagged for it: one without another flag may be used.",
        "不因此标记任何数字：没有其他标记的数字可以使用。",
        "Read the message of the finding: it says what is missing, or what does not agree.",
        "看该项发现的说明：其中写明缺了什么，或何处不符。",
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """One named reason not to vouch.

    `check` is the name its findings have, `flags` whether it shows in the cells it is about.
    """

    name: str
    side: Side
    severity: Severity
    use: Use
    en: str
    zh: str
    check: str = ""
    verdict: Verdict = Verdict.FAIL
    flags: bool = True

    @property
    def flag(self) -> str:
        """What stands in the cells: `read:row_length`, `source:S3-BAL`."""
        return f"{self.side}:{self.name}"

    @property
    def finding(self) -> str:
        """The name its findings have."""
        return self.check or f"{self.side}_{self.name}"

    def as_misread(self) -> Kind:
        """The same rule, broken so often that the reading is in doubt and not the document."""
        return replace(
            self,
            side=Side.READ,
            severity=Severity.WARNING,
            en=f"the table may be misread, for it breaks this rule again and again: {self.en}",
            zh=f"该表多处不符合以下规则，可能读错：{self.zh}",
            check="",
            verdict=Verdict.NOT_ASSESSABLE,
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """A kind met in one place.

    `words` say what is the matter there; without them the kind's sentence does, once a table.
    `cells` are the keys of the facts concerned, `flagged` those of them that are not vouched for.
    A rule that can also hold, or hold with blanks as 0, states its `verdict` and `severity`.
    """

    kind: Kind
    words: str = ""
    where: str = ""
    cells: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    verdict: Verdict | None = None
    severity: Severity | None = None


def _declared() -> dict[str, Kind]:
    rows = csv.DictReader((files(__name__) / "kinds.csv").read_text("utf-8").splitlines())
    return {
        row["name"]: Kind(
            row["name"],
            Side(row["side"]),
            Severity(row["severity"]),
            Use(row["use"]),
            row["en"],
            row["zh"],
            row["check"],
            Verdict(row["verdict"]),
            row["flags"] == "yes",
        )
        for row in rows
    }


KINDS = _declared()  # by name, in the order of the file

# The file
PAGE = KINDS["page"]
NO_TABLES = KINDS["no_tables"]
LOST_TABLE = KINDS["lost_table"]
LACKING_TABLE = KINDS["lacking_table"]
TEMPLATE = KINDS["template"]
# Columns
UNSETTLED_HEADER = KINDS["unsettled_header"]
HEADER = KINDS["header"]
BY_ORDER = KINDS["by_order"]
COLUMN = KINDS["column"]
COLUMN_SHIFT = KINDS["column_shift"]
COLUMN_SPLIT = KINDS["column_split"]
COLUMN_ORDER = KINDS["column_order"]
# Rows
ROW_LENGTH = KINDS["row_length"]
UNMATCHED = KINDS["unmatched"]
STRAY = KINDS["stray"]
AMBIGUOUS_ROW = KINDS["ambiguous_row"]
LIKENESS = KINDS["likeness"]
LABEL = KINDS["label"]
ROW_LABEL = KINDS["row_label"]
ROW_ORDER = KINDS["row_order"]
NAMELESS_ROW = KINDS["nameless_row"]
APART = KINDS["apart"]
OTHER_NUMBERING = KINDS["other_numbering"]
FORM_UNCONFIRMED = KINDS["form_unconfirmed"]
# Cells
MERGED = KINDS["merged"]
RIVALS = KINDS["rivals"]
JOINED = KINDS["joined"]
PARTED = KINDS["parted"]
SKIPPED_BLANKS = KINDS["skipped_blanks"]
LONE_BLANK = KINDS["lone_blank"]
SPLIT_DIGITS = KINDS["split_digits"]
LEADING_ZERO = KINDS["leading_zero"]
NOT_A_NUMBER = KINDS["not_a_number"]
FOOTNOTE_MARK = KINDS["footnote_mark"]
NOTE = KINDS["note"]
PIECES = KINDS["pieces"]
DRAWN = KINDS["drawn"]
CUT_OFF = KINDS["cut_off"]
OVERLAID = KINDS["overlaid"]
NUMERAL = KINDS["numeral"]
SIGN = KINDS["sign"]
UNIT = KINDS["unit"]
TOO_LARGE = KINDS["too_large"]
# What the document says of its own figures
UNIT_UNKNOWN = KINDS["unit_unknown"]
UNIT_CONFLICT = KINDS["unit_conflict"]
UNIT_INFERRED = KINDS["unit_inferred"]
APPROXIMATE = KINDS["approximate"]
OTHER_YEAR = KINDS["other_year"]
OTHER_ORGAN = KINDS["other_organ"]
NARROWED = KINDS["narrowed"]
# Who and when
YEAR = KINDS["M-YEAR"]
ISSUER = KINDS["M-ISSUER"]
PLACE = KINDS["M-PLACE"]
# Figures of prose
PERIOD = KINDS["period"]
SCOPE = KINDS["scope"]
THOUSANDS = KINDS["thousands"]
RIVAL_FIGURES = KINDS["rival_figures"]
UNCLAIMED_FIGURES = KINDS["unclaimed_figures"]
OTHER_TIME_FIGURES = KINDS["other_time_figures"]
INTERNAL = KINDS["N-INTERNAL"]
CATEGORIES = KINDS["N-CAT"]
CHANNELS = KINDS["N-CHANNEL"]
RECEIVED = KINDS["N-REQ"]

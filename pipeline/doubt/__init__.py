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
    """Who may be wrong: our reading, or the document."""

    READ = "read"
    SOURCE = "source"


class Use(StrEnum):
    """Whether a figure with this doubt may be used."""

    AS_PRINTED = "as_printed"  # the figure is what the page prints; mind what it means
    LOOK_FIRST = "look_first"  # the figure may be another one: look at the page
    NO_FIGURE = "no_figure"  # no figure is given in this place
    NO_CELL = "no_cell"  # the doubt is about no figure of a table


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
        verdict = Verdict.NOT_ASSESSABLE
        return replace(self, side=Side.READ, severity=Severity.WARNING, verdict=verdict, check="")


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
TEMPLATE = KINDS["template"]
# Columns
UNSETTLED_HEADER = KINDS["unsettled_header"]
HEADER = KINDS["header"]
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
SKIPPED_BLANKS = KINDS["skipped_blanks"]
LONE_BLANK = KINDS["lone_blank"]
SPLIT_DIGITS = KINDS["split_digits"]
LEADING_ZERO = KINDS["leading_zero"]
NOT_A_NUMBER = KINDS["not_a_number"]
FOOTNOTE_MARK = KINDS["footnote_mark"]
NOTE = KINDS["note"]
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
# Figures of prose
PERIOD = KINDS["period"]
SCOPE = KINDS["scope"]
THOUSANDS = KINDS["thousands"]
RIVAL_FIGURES = KINDS["rival_figures"]
INTERNAL = KINDS["N-INTERNAL"]
CATEGORIES = KINDS["N-CAT"]
CHANNELS = KINDS["N-CHANNEL"]
RECEIVED = KINDS["N-REQ"]

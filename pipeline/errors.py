"""What can go wrong, and who has to act.

    DisclosureError
    ├── InputError            a file that yields no report; names file, reason and remedy
    │   ├── UnreadableDocument    empty, truncated, wrongly named, in no known encoding
    │   ├── NotAReport            readable, but not one organ's annual report for one year
    │   └── ReadingFailed         a defect of ours, or more time or memory than it may take
    ├── BuildFailed           the warehouse could not be built; the previous build stands
    ├── NoBuild               nothing has been built yet
    └── IncomparableForms     figures that no crosswalk bridges were asked to be compared

Wrong data is a `Finding`, never an exception.
"""

from __future__ import annotations

from pipeline.names import shown, visible


class DisclosureError(Exception):
    """Root of every error this project raises on purpose; `str()` is a line for people.

    It may quote a document or a name: nothing of them reaches a terminal as a command.
    """

    def __str__(self) -> str:
        return _line(super().__str__())


class InputError(DisclosureError):
    """A file that yields no report: `file`, `reason` and `remedy` are one line together."""

    def __init__(self, file: str, reason: str, remedy: str) -> None:
        super().__init__(file, reason, remedy)
        self.file, self.reason, self.remedy = file, reason, remedy

    def __str__(self) -> str:
        return _line(f"{shown(self.file)}: {self.reason}; {self.remedy}")


class UnreadableDocument(InputError):
    """The bytes are not what the suffix says, or not whole."""


class NotAReport(InputError):
    """The document was read, and is something other than an annual report."""


class ReadingFailed(InputError):
    """The reading broke off: nothing is said of the document, and it is to be tried again."""


class BuildFailed(DisclosureError):
    """The new build was abandoned; the previous one is untouched."""


class NoBuild(DisclosureError):
    """There is no warehouse yet."""


class IncomparableForms(DisclosureError):
    """The figures asked for are different quantities, and nothing bridges them."""


def _line(said: str) -> str:
    return visible(" ".join(said.splitlines()))

"""Tables that people write beside the documents, in an editor or in Excel, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.names import unseen
from pipeline.text.decode import decode

_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "，": "full-width commas", "|": "bars"}
_LONGEST_HEADER = 80  # characters of one that an error quotes


def written_rows(
    path: Path, needed: Sequence[str], other_names: Mapping[str, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not empty: its line, and the needed columns without spaces around them.

    `other_names` are those that a column may have instead. The file is in any encoding that a
    document may be in. Raises InputError that names the line and what is wrong with it.
    """
    name = str(path)
    try:
        text = decode(path.read_bytes(), name)
    except OSError as error:
        reason = f"cannot be opened ({error.strerror or error})"
        raise InputError(name, reason, "check that you may read it") from error
    reader = csv.reader(io.StringIO(text, newline=""))
    columns: list[str] = []
    end = 0
    try:
        for cells in reader:
            line, end = end + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(name, cells, needed, other_names)
                continue
            yield line, _row(f"{name}, line {line}", columns, cells, needed)
    except csv.Error as error:
        remedy = "look for a quotation mark that is not closed, or save it as CSV again"
        raise InputError(f"{name}, line {end + 1}", f"is no CSV: {error}", remedy) from error
    if not columns:
        raise InputError(name, "is empty", f"its first line is {','.join(needed)}")


def _columns(
    name: str, cells: Sequence[str], needed: Sequence[str], other_names: Mapping[str, str]
) -> list[str]:
    columns = [other_names.get(cell.strip(), cell.strip()) for cell in cells]
    missing = [column for column in needed if column not in columns]
    header = ",".join(needed)
    for mark, marks in _OTHER_SEPARATORS.items() if missing else ():
        if len(",".join(cells).split(mark)) >= len(needed):
            raise InputError(name, f"its columns are parted by {marks}", "save it with commas")
    if missing:
        reason = f"no column {', '.join(missing)} in its first line, “{_quoted(cells)}”"
        raise InputError(name, reason, f"the first line names the columns: {header}")
    if twice := [column for column in needed if columns.count(column) > 1]:
        raise InputError(name, f"two columns {', '.join(twice)}", f"name each once: {header}")
    return columns


def _row(
    where: str, columns: Sequence[str], cells: Sequence[str], needed: Sequence[str]
) -> dict[str, str]:
    printed = [cell.strip() for cell in cells]
    while len(printed) > len(columns) and not printed[-1]:
        printed.pop()
    at = {column: columns.index(column) for column in needed}
    if len(printed) > len(columns) or len(printed) <= max(at.values()):
        reason = f"{len(printed)} cells in a table of {len(columns)} columns"
        remedy = "look for a comma too few or too many, and leave what is not known empty"
        raise InputError(where, reason, remedy)
    row = {column: printed[place] for column, place in at.items()}
    for column, cell in row.items():
        if unseen(cell):
            raise InputError(where, f"a mark in {column} that nobody sees", "type it again")
    return row


def _quoted(cells: Sequence[str]) -> str:
    header = ",".join(cells)
    return header[:_LONGEST_HEADER] + ("…" if len(header) > _LONGEST_HEADER else "")

"""The current build, read: SQL in, DataFrame out. Nothing here can change it.

DuckDB and pandas are loaded by the functions that need them: processes that read documents, and
the verbs for one document, do without.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.doubt import Kind, Severity, Side, Use, Verdict
from pipeline.errors import DisclosureError
from pipeline.warehouse.swap import build_id, current

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}
# How DuckDB begins to say that the file is not what it wrote: each block carries its checksum.
DAMAGE = ("Corrupt database file", "Could not read ")
LOCKED = "Could not set lock"


def query(
    sql: str,
    params: Sequence[Any] | Mapping[str, Any] | None = None,
    path: Path | None = None,
) -> pd.DataFrame:
    """The rows of a SELECT over the current build, or over the build in `path`.

    `.attrs["build"]` is the build's id. Raises NoBuild, or DisclosureError with what is wrong
    in the SQL, or with the build.
    """
    import duckdb

    file, connection = _opened(path)
    with connection:
        try:
            if len(connection.extract_statements(sql)) != 1:
                raise DisclosureError("the query failed: write one statement at a time")
            frame = connection.execute(sql, params).df()
        except duckdb.Error as error:
            said = _plain(error)
            if said.startswith(DAMAGE):
                raise DisclosureError(_damaged(file, said)) from error
            raise DisclosureError(f"the query failed: {said}") from error
    frame.attrs["build"] = build_id(file)
    return frame


def mart(name: str, collection: str | None = None) -> pd.DataFrame:
    """One mart, whole or of one collection, in its own order.

    Raises DisclosureError that lists the marts, or the collections, when there is none so named.
    """
    known = marts()
    if name not in known:
        raise DisclosureError(f"there is no mart {name}; there are {', '.join(known)}")
    if collection is None:
        return query(f"select * from {name}")
    frame = query(f"select * from {name} where collection = $1", [collection])
    if frame.empty:
        known = _collections()
        if collection not in known:
            raise DisclosureError(
                f"there is no collection {collection}; there are {', '.join(known)}"
            )
    return frame


def only_collection() -> str:
    """The only collection. Raises DisclosureError that lists them when there are several."""
    names = _collections()
    if len(names) > 1:
        raise DisclosureError(f"say which collection: there are {', '.join(names)}")
    return names[0]


def marts() -> tuple[str, ...]:
    """The names of the marts."""
    folder = Path(__file__).parent / "sql/marts"
    return tuple(sorted(path.stem for path in folder.glob("*.sql")))


def cross_checks() -> tuple[Kind, ...]:
    """The rules between reports, each in the words at the top of its SQL file.

    Raises ValueError for a file that does not say its rule in English and in Chinese.
    """
    folder = Path(__file__).parent / "sql/checks"
    return tuple(_cross_check(path) for path in sorted(folder.glob("*.sql")))


def _cross_check(path: Path) -> Kind:
    sql = path.read_text("utf-8")
    rule = re.match(r"-- One row per .*\n-- Rule: (.+)\.\n-- 规则：(.+)。\n", sql)
    selected = {name: value for value, name in re.findall(r"'([^']*)' as (\w+)", sql)}
    if not rule or not {"check_id", "verdict", "severity"} <= selected.keys():
        raise ValueError(
            f"{path.name}: begin with `-- One row per …`, `-- Rule: ….` and `-- 规则：…。`, and "
            "select check_id, verdict and severity as strings"
        )
    check = selected["check_id"]
    severity, verdict = Severity(selected["severity"]), Verdict(selected["verdict"])
    en, zh = rule.groups()
    return Kind(check, Side.SOURCE, severity, Use.NO_CELL, en, zh, check, verdict, flags=False)


def describe(path: Path | None = None) -> pd.DataFrame:
    """One row per column of a build: table, kind, grain, column, type, comment.

    `kind` is mart, raw or staging; marts come first. Without `path` it is the current build.
    """
    return query(
        """
        select
            t.table_name as "table",
            case
                when list_contains($marts, t.table_name) then 'mart'
                when t.table_name like 'raw_%' then 'raw'
                else 'staging'
            end as kind,
            t.comment as grain,
            c.column_name as "column",
            lower(c.data_type) as type,
            c.comment as comment
        from duckdb_tables() t
        join duckdb_columns() c on t.table_oid = c.table_oid and c.schema_name = 'main'
        where t.schema_name = 'main'
        order by kind, t.table_name, c.column_index
        """,
        {"marts": list(marts())},
        path,
    )


def _collections() -> tuple[str, ...]:
    return tuple(query("select distinct collection from raw_files order by all")["collection"])


def _opened(path: Path | None) -> tuple[Path, duckdb.DuckDBPyConnection]:
    import duckdb

    file = path or current()
    try:
        return file, duckdb.connect(str(file), read_only=True, config=READ_ONLY)
    except duckdb.Error as error:
        if not path and not file.exists():
            return _opened(None)  # a new build has replaced it in between
        said = _plain(error)
        if "different configuration" in said:
            said = "this process has it open already; close that connection, or query through it"
        elif not said.startswith(LOCKED):
            raise DisclosureError(_damaged(file, said)) from error
        raise DisclosureError(f"{file} cannot be opened: {said}") from error


def _damaged(file: Path, said: str) -> str:
    return f"{file} is damaged: {said.rstrip('.!')}; run `disclosure ingest`, which builds it anew"


def _plain(error: duckdb.Error) -> str:
    """The message without the engine's prefix and without the drawing of where it happened."""
    text = re.sub(r"^(?:INTERNAL )?[A-Za-z -]+ Error:\s*", "", str(error))
    return " ".join(text.partition("\nLINE ")[0].split())

"""Parquet → a new DuckDB file: raw tables, staging, checks between reports, marts, contracts.

The raw tables are the stored Parquet as it is, so `schema.py` alone says what they hold. Keys are
proved by `contracts/*.sql`: a declared primary key slows loading and grows the file.

Every SQL file is one SELECT. Those in `regions`, `staging` and `marts` become the table they are
named after; those in `checks` add findings; those in `contracts` must return nothing.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from pipeline.errors import BuildFailed, DisclosureError
from pipeline.reference.region import REGION_COLUMNS
from pipeline.reference.regions import (
    ABOVE_COLUMNS,
    COUNTIES,
    FIRST_EDITION,
    LAST_EDITION,
    NATIONAL,
)
from pipeline.warehouse import parts, query
from pipeline.warehouse.parts import File
from pipeline.warehouse.schema import REGION_SCHEMA, SCHEMAS
from pipeline.warehouse.swap import (
    build_file,
    current,
    is_intact,
    keep_only,
    log_of,
    make_current,
    stopped,
    unfinished_file,
)

SQL = Path(__file__).parent / "sql"
FORMS = Path(__file__).parents[1] / "forms"
# Written so that R, DBeaver and older Pythons open it, whose DuckDB is not the newest.
STORAGE = "v1.4.0"
# What DuckDB raises for no fault of the SQL.
MACHINE = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException)
FEW = 3  # refusals an error message repeats
# What a manifest says of a file that no analyst asks.
ONLY_STORED = "code_version, facts, narrative, findings, evidence, segment, segment_sha256"


def publish() -> tuple[str, bool]:
    """Builds the warehouse of everything stored and makes it current: its id, and if it is new.

    A build is believed once it has been opened again and counted; the one before it goes after
    that. Raises BuildFailed; the previous build then stands.
    """
    names = parts.known_collections()
    files = [file for name in names for file in parts.known_files(name)]
    if not any(file.reports for file in files):
        without = [str(file) for file in files if file.outcome != "ignored"]
        more = f"; and {len(without) - FEW} more" if len(without) > FEW else ""
        raise BuildFailed(
            f"not one report in {len(without)} documents: {'; '.join(without[:FEW])}{more}"
        )
    build_now = content_id(files)
    stands = is_intact(build_now) and _id_in(build_file(build_now)) == build_now
    if not stands:
        with unfinished_file() as aside:
            try:
                build(aside, build_now)
                _require_whole(aside, build_now, files)
                make_current(aside, build_now)
                _require_whole(current(), build_now, files)
            except duckdb.Error as error:
                raise BuildFailed(stopped(f"{aside}: {error}")) from error
    keep_only(build_now)
    return build_now, not stands


def content_id(files: Iterable[File]) -> str:
    """The id of the build that these stored files and our own code and SQL give."""
    digest = hashlib.sha256(parts.code_version().encode())
    ours = [path for path in sorted(SQL.rglob("*")) if path.is_file()]
    for path in (*ours, Path(__file__), *map(Path, parts.settled(parts.REGIONS))):
        digest.update(path.name.encode() + path.read_bytes())
    for file in files:
        digest.update(f"{file.file}\t{file.sha256}\t{file.outcome}\t{file.code_version}\n".encode())
    return digest.hexdigest()[:12]


def build(target: Path, name: str) -> None:
    """Makes the warehouse `name` of everything stored, with nothing left beside its file.

    Raises BuildFailed, or duckdb.Error where the machine refuses; `target` is then of no use.
    """
    with duckdb.connect(
        str(target), config={"storage_compatibility_version": STORAGE}
    ) as connection:
        connection.execute("begin")  # one commit: each would wait for the disk
        _load_raw(connection)
        _load_regions(connection)
        _derive(connection, name)
        connection.execute("commit")
        connection.execute("checkpoint")  # closing does it too, and hides that it failed


def build_empty(target: Path) -> None:
    """Makes a warehouse of no report, whose tables and columns are those of any other."""
    with duckdb.connect(str(target)) as connection:
        files = connection.from_arrow(parts.FILE_SCHEMA.empty_table())
        files.select(f"* exclude ({ONLY_STORED})").create("raw_files")
        for table, schema in SCHEMAS.items():
            connection.from_arrow(schema.empty_table()).create(table)
        regions = connection.from_arrow(REGION_SCHEMA.empty_table()).select(
            "* replace (first_edition::integer as first_edition, "
            "last_edition::integer as last_edition)"
        )
        regions.create("own_regions")
        regions.select("* exclude (collection)").create("published_regions")
        regions.select("code, name, kind, city_name, province_name").create("listed_regions")
        _derive(connection, "")


def _id_in(path: Path) -> str:
    """The id that a build states of itself; nothing when it cannot be read here."""
    try:
        return str(query("select id from build", path=path)["id"][0])
    except DisclosureError:
        return ""


def _require_whole(path: Path, name: str, files: Sequence[File]) -> None:
    """Opens a finished build as a reader would, and counts it against what was stored."""
    if log_of(path).exists():
        raise BuildFailed(stopped(f"{log_of(path)} could not be written into the build"))
    expected = {"raw_files": len(files)} | {
        table: sum(getattr(file, table.removeprefix("raw_")) for file in files) for table in SCHEMAS
    }
    counts = ", ".join(f"(select count(*) from {table}) as {table}" for table in expected)
    held = query(f"select id, {counts} from build", path=path).iloc[0]
    wrong = [
        f"{table} has {held[table]} rows of {rows}"
        for table, rows in expected.items()
        if held[table] != rows
    ]
    if held["id"] != name:
        wrong.append(f"it says that it is the build {held['id']}")
    if wrong:
        raise BuildFailed(
            f"{path} is not whole: {'; '.join(wrong)}; the previous build stands; "
            "please report this"
        )


def _derive(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Everything that a build makes of the raw tables; the contracts are then kept."""
    connection.execute("create table build as select $1 as id", [name])
    _load_codes(connection)
    _make_tables(connection, sorted((SQL / "staging").glob("*.sql")))
    connection.execute(
        "create table cross_findings as select * exclude (ordinal) from raw_findings limit 0"
    )
    for path in sorted((SQL / "checks").glob("*.sql")):
        _run(connection, path, "insert into cross_findings by name ")
    _make_tables(connection, sorted((SQL / "marts").glob("*.sql")))
    _comment(connection)
    for path in sorted((SQL / "contracts").glob("*.sql")):
        _require_nothing(connection, path)


def in_order(paths: Iterable[Path]) -> tuple[Path, ...]:
    """SQL files, each after the ones whose tables it reads."""
    named = {path.stem: path for path in paths}
    graph = {}
    for name, path in sorted(named.items()):
        code = re.sub(r"--.*", "", path.read_text("utf-8"))
        tables = set(re.findall(r"\b(?:from|join)\s+([a-z_][a-z0-9_]*)", code))
        graph[name] = sorted(tables & (named.keys() - {name}))
    return tuple(named[name] for name in TopologicalSorter(graph).static_order())


def _make_tables(connection: duckdb.DuckDBPyConnection, paths: Iterable[Path]) -> None:
    for path in in_order(paths):
        grain = path.read_text("utf-8").partition("\n")[0].removeprefix("-- ").replace("'", "''")
        _run(connection, path, f"create table {path.stem} as ")
        connection.execute(f"comment on table {path.stem} is '{grain}'")


def _require_nothing(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    columns, offenders = _run(connection, path, "select * from (", ") limit 3")
    if offenders:
        rows = "; ".join(
            ", ".join(f"{column}={value}" for column, value in zip(columns, row, strict=True))
            for row in offenders
        )
        rule = path.read_text("utf-8").partition("\n")[0].removeprefix("-- Nothing: ")
        raise BuildFailed(
            f"the new build breaks {path.stem} ({rule.rstrip('.')}): {rows}; the previous build "
            "stands; please report this"
        )


def _run(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    before: str,
    after: str = "",
    values: Mapping[str, object] | None = None,
) -> tuple[list[str], list[tuple[object, ...]]]:
    sql = path.read_text("utf-8")
    try:
        result = connection.execute(f"{before}\n{sql}\n{after}", values)
        return [column[0] for column in result.description or ()], result.fetchall()
    except MACHINE:
        raise
    except duckdb.Error as error:
        said = " ".join(str(error).split())
        raise BuildFailed(f"{path.parent.name}/{path.name}: {said}") from error


def _load_raw(connection: duckdb.DuckDBPyConnection) -> None:
    manifests = parts.settled(parts.FILES)
    connection.execute(
        f"create table raw_files as select * exclude ({ONLY_STORED}) "
        "from read_parquet($1) order by collection, file",
        [manifests],
    )
    connection.execute(
        "create temp table live as select reports.report_id, reports.segment "
        "from read_parquet($1) reports semi join read_parquet($2) files "
        "using (collection, file, segment)",
        [parts.stored("raw_reports"), manifests],
    )
    for table, schema in SCHEMAS.items():
        order = "report_id, ordinal" if "ordinal" in schema.names else "collection, file, report_id"
        connection.execute(
            f"create table {table} as select * exclude (segment) from read_parquet($1) rows "
            f"semi join live using (report_id, segment) order by {order}",
            [parts.stored(table)],
        )
    connection.execute("drop table live")


def _load_codes(connection: duckdb.DuckDBPyConnection) -> None:
    for table in ("concepts", "applicants"):
        connection.execute(
            f"create table {table} as select * from read_csv($1, header = true, "
            "auto_type_candidates = ['INTEGER', 'VARCHAR'], nullstr = '\\N')",
            [str(FORMS / f"{table}.csv")],
        )


def _load_regions(connection: duckdb.DuckDBPyConnection) -> None:
    """Regions of the provinces that reports name, and the collections' own."""
    published = {"path": str(NATIONAL), "columns": dict.fromkeys(REGION_COLUMNS, "varchar")}
    editions = {"first": FIRST_EDITION, "last": LAST_EDITION}
    listed = {"path": str(COUNTIES), "columns": dict.fromkeys(ABOVE_COLUMNS, "varchar")}
    own = {"paths": parts.settled(parts.REGIONS)}
    for name, values in (
        ("published_regions", published | editions),
        ("listed_regions", listed),
        ("own_regions", own),
    ):
        path = SQL / "regions" / f"{name}.sql"
        _run(connection, path, f"create temp table {name} as ", values=values)


def _comment(connection: duckdb.DuckDBPyConnection) -> None:
    """The words of columns.csv beside the columns, and beside the tables no SQL file makes."""
    with (SQL / "columns.csv").open(encoding="utf-8", newline="") as stream:
        comments = {row["name"]: row["comment"] for row in csv.DictReader(stream)}
    kinds = {
        "table": "table_name from duckdb_tables() where comment is null and not temporary",
        "column": "table_name, column_name from duckdb_columns() "
        "where schema_name = 'main' and not internal",
    }
    for kind, columns in kinds.items():
        for named in connection.execute(f"select {columns} order by all").fetchall():
            comment = comments.get(".".join(named), comments.get(named[-1], "")).replace("'", "''")
            if comment:
                name = ".".join(f'"{part}"' for part in named)
                connection.execute(f"comment on {kind} {name} is '{comment}'")

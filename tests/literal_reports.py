"""Reports written out by hand, and a warehouse made of them without any document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import pyarrow as pa

from pipeline.doubt import KINDS
from pipeline.ingest.collection import REGION_SCHEMA
from pipeline.model import (
    Evidence,
    Fact,
    Finding,
    Identity,
    NarrativeFigure,
    Report,
    Scope,
    Status,
    UnitSource,
    ZeroBasis,
)
from pipeline.warehouse import parts
from pipeline.warehouse.build import publish
from pipeline.warehouse.schema import arrow, joined, rows_of

TOWN = "示例省示例市示例县霁川镇人民政府"
TOWN_CODE = "990121101"
TABLES = (
    (("rules_", "normative_", "other_docs_"), "art20_1"),
    (("licensing_", "other_services_"), "art20_5"),
    (("penalty_", "coercion_"), "art20_6"),
    (("procurement_",), "art20_9"),
    (("req_",), "applications"),
    (("review_", "lit_"), "disputes"),
    (("t14_",), "statistics_2014"),
    (("t08_",), "statistics_2008"),
)


def fact(
    concept: str,
    printed: str = "",
    *,
    form: str = "t2021",
    applicant: str = "",
    status: Status | None = None,
    value: str | None = None,
    basis: ZeroBasis | None = None,
    yuan: str | None = None,
    unit: str = "",
    unit_source: UnitSource | None = None,
    flags: tuple[str, ...] = (),
    period: str = "",
) -> Fact:
    """A cell: `printed` digits are its value; nothing printed is a blank."""
    table = next(table for prefixes, table in TABLES if concept.startswith(prefixes))
    if table == "applications":
        applicant = applicant or "total"
    number = value if value is not None or status is Status.DASH else printed or None
    if status is None:
        status = Status.NUMBER if number and Decimal(number) else Status.ZERO
        status = status if number else Status.BLANK
    return Fact(
        form=form,
        table=table,
        concept=concept,
        applicant=applicant,
        text=printed,
        status=status,
        value=None if number is None else Decimal(number),
        unit=unit,
        amount_yuan=None if yuan is None else Decimal(yuan),
        unit_source=unit_source,
        zero_basis=basis,
        period=period,
        where=f"where {concept}",
        flags=flags,
    )


def figure(
    concept: str,
    value: str,
    *,
    category: str = "",
    qualifier: str = "exact",
    flags: tuple[str, ...] = (),
    scope: Scope = Scope.OWN_ORGAN,
    year: int | None = None,
) -> NarrativeFigure:
    """A figure in prose."""
    sentence, end = f"公开{value}条", 2 + len(value)
    return NarrativeFigure(
        *(concept, category, Decimal(value), "条", qualifier, sentence, 2, end, "line 3"),
        doubts=tuple(kind for kind in KINDS.values() if kind.flag in flags),
        scope=scope,
        year=year,
    )


def report(
    facts: Sequence[Fact] = (),
    *,
    year: int | None = 2022,
    organ: str = TOWN,
    region: str = TOWN_CODE,
    scope: Scope = Scope.OWN_ORGAN,
    narrative: Sequence[NarrativeFigure] = (),
    findings: Sequence[Finding] = (),
    organ_type: str = "township_government",
) -> Report:
    """A report of a town of 示例县."""
    evidence = (Evidence("report_year", str(year), "title", f"{year}年"),)
    forms = tuple(sorted({one.form for one in facts}))
    return Report(
        file="as given",
        format="html",
        title=f"{organ}{year}年政府信息公开工作年度报告",
        identity=Identity(organ, organ_type, region, year, scope, evidence),
        facts=tuple(facts),
        narrative=tuple(narrative),
        findings=tuple(findings),
        forms=forms,
    )


def region_rows(
    towns: Iterable[tuple[str, str, str, str, str]], collection: str = "sample"
) -> pa.Table:
    """A collection's own regions: (code, name, kind, first edition, last edition) in 示例县."""
    return pa.Table.from_pylist(
        [
            {
                "collection": collection,
                "code": code,
                "name": name,
                "kind": kind,
                "county_code": "990121",
                "county_name": "示例县",
                "city_name": "示例市",
                "province_name": "示例省",
                "first_edition": first,
                "last_edition": last,
            }
            for code, name, kind, first, last in towns
        ],
        REGION_SCHEMA,
    )


def store(
    documents: dict[str, Sequence[Report]],
    *,
    collection: str = "sample",
    regions: pa.Table | None = None,
) -> None:
    """Keeps reports as if the named documents had been read."""
    read = [
        parts.File(collection, file, f"sha of {file}", 1, 1, "read", reports=len(reports))
        for file, reports in sorted(documents.items())
    ]
    tables = joined(
        [arrow(rows_of(collection, file, reports)) for file, reports in sorted(documents.items())]
    )
    placed = parts.add_segment(collection, read, tables)
    parts.settle(collection, placed, REGION_SCHEMA.empty_table() if regions is None else regions)


def built(*reports: Report, regions: pa.Table | None = None) -> str:
    """A current build of these reports, each in a document 0.html, 1.html...; gives its id."""
    store({f"sample/{at}.html": [one] for at, one in enumerate(reports)}, regions=regions)
    build, _ = publish()
    return build

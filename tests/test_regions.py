"""Names, codes and editions of regions, as the statistics bureau published them."""

from __future__ import annotations

import gzip
import pickle
import time
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.reference import Region, Regions, kind_of, load_regions
from pipeline.reference.history import History
from pipeline.reference.region_index import index_of
from pipeline.reference.regions import NATIONAL, standing


@pytest.fixture(scope="module")
def regions() -> Regions:
    return load_regions()


def _one(regions: Regions, name: str, year: int | None = None) -> Region:
    (unit,) = standing(regions.townships(name), year)
    return unit


@pytest.mark.parametrize(
    ("name", "full_name", "code"),
    [
        ("通元镇", "浙江省嘉兴市海盐县通元镇", "330424106"),
        ("东华门街道办事处", "北京市东城区东华门街道", "110101001"),  # 北京市 is said once
        ("沙嘴街道", "湖北省仙桃市沙嘴街道", "429004001"),  # no city above the county
        ("莞城街道", "广东省东莞市莞城街道", "441900006"),  # no county below the city
        ("铁边城镇", "陕西省延安市吴起县铁边城镇", "610626101"),
        ("廿三里街道", "浙江省金华市义乌市廿三里街道", "330782007"),
    ],
)
def test_full_names(regions: Regions, name: str, full_name: str, code: str) -> None:
    unit = _one(regions, name)
    assert (unit.full_name, unit.code) == (full_name, code)


@pytest.mark.parametrize(
    ("level", "name", "code"),
    [
        ("provinces", "上海市", "310000"),
        ("provinces", "新疆维吾尔自治区", "650000"),
        ("cities", "宿迁市", "321300"),
        ("cities", "东莞市", "441900"),
        ("counties", "洪泽区", "320813"),
        ("counties", "仙桃市", "429004"),
    ],
)
def test_codes_above_the_township(regions: Regions, level: str, name: str, code: str) -> None:
    (unit,) = getattr(regions, level)[name]
    assert unit.code == code


def test_a_name_of_many_places_gives_them_all(regions: Regions) -> None:
    assert len(standing(regions.townships("城关镇"), 2023)) == 88
    assert {unit.city_name for unit in regions.counties["鼓楼区"]} == {
        *("南京市", "徐州市", "福州市", "开封市")
    }


def test_the_report_year_tells_the_edition(regions: Regions) -> None:
    before, after = (
        {unit.code for unit in standing(regions.townships("湖南镇"), year)} for year in (2016, 2019)
    )
    assert "350182110" in before - after  # 长乐市, from 2017 on 长乐区
    assert "350112110" in after - before


def test_a_year_after_the_last_edition_uses_the_last(regions: Regions) -> None:
    townships = regions.townships("湖南镇")
    assert standing(townships, 2025) == standing(townships, 2023)


def test_a_unit_that_is_gone_is_still_known(regions: Regions) -> None:
    assert _one(regions, "元通街道", 2020).last_edition == 2017


def test_only_the_longest_name_at_the_end_counts(regions: Regions) -> None:
    (county,) = regions.named_at_end("位于陕西省商洛市镇安县")
    assert (county.name, county.code) == ("镇安县", "611025")
    assert regions.named_at_end("我们县") == ()


def test_shortened_names_of_autonomous_places(regions: Regions) -> None:
    (county,) = regions.short_names("county")["麻阳县"]
    assert county.name == "麻阳苗族自治县"
    (city,) = regions.short_names("city")["凉山州"]
    assert city.code == "513400"


def test_a_collection_brings_its_own_regions(tmp_path: Path) -> None:
    extra = tmp_path / "regions.csv"
    extra.write_text(
        "code9,name,first_vintage,last_vintage,kind,county6,county_name,city_name,province_name\n"
        "990121101,霁川镇,2016-07-31,2023-06-30,town,990121,示例县,示例市,示例省\n",
        encoding="utf-8-sig",
    )
    regions = load_regions(extra)
    assert _one(regions, "霁川镇", 2020).full_name == "示例省示例市示例县霁川镇"
    assert regions.counties["示例县"][0].code == "990121"
    assert _one(regions, "通元镇").code == "330424106"
    assert "示例县" not in load_regions().counties


COLUMNS = (
    "code,name,kind,county_code,county_name,city_name,province_name,first_edition,last_edition"
)
ROW = "990121101,霁川镇,town,990121,示例县,示例市,示例省,2016,2023"


def _bad(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join((COLUMNS, *lines)).encode(encoding)


WRONG: dict[str, tuple[bytes, str]] = {
    "no such columns": (b"code,name\n990121101,x\n", "no column kind, county_code"),
    "no header": (f"{ROW}\n{ROW}\n".encode(), "no column code, .*“990121101,霁川镇"),
    "empty": (b"", "regions.csv: is empty; its first line is code,name"),
    "only line ends": (b"\r\n\r\n", "is empty"),
    "semicolons": (_bad(ROW).replace(b",", b";"), "parted by semicolons; save it with commas"),
    "tabs in UTF-16": (_bad(ROW, encoding="utf-16").replace(b",\0", b"\t\0"), "parted by tabs"),
    "wide commas": (_bad(ROW).replace(b",", "，".encode()), "parted by full-width commas"),
    "a column twice": (_bad().replace(b"kind", b"kind,kind"), "two columns kind; name each once"),
    "too few cells": (_bad(ROW, "990121102,松籁镇"), "line 3: 2 cells in a table of 9 columns"),
    "too many cells": (_bad(ROW.replace("镇,", "镇,,")), "line 2: 10 cells in a table of 9"),
    "no year": (_bad(ROW.replace("2016,2023", ",")), "line 2: first_edition is empty, .*a year"),
    "a year in words": (
        _bad(ROW.replace("2023", "二〇二三")),
        "line 2: last_edition is “二〇二三”",
    ),
    "wide digits": (_bad(ROW.replace("2023", "２０２３")), "line 2: last_edition is “２０２３”"),
    "years exchanged": (_bad(ROW.replace("2016,2023", "2023,2016")), "line 2: its last edition"),
    "unknown kind": (
        _bad(ROW.replace("town", "village")),
        "line 2: kind is “village”, .*write town",
    ),
    "kind in Chinese": (_bad(ROW.replace("town", "镇")), "line 2: kind is “镇”"),
    "short code": (
        _bad(ROW.replace("990121101", "99012110")),
        "line 2: code is “99012110”, .*nine",
    ),
    "code as Excel shows it": (_bad(ROW.replace("990121101", "9.9E+08")), "“9.9E.08”.*as text"),
    "code of a county": (_bad(ROW.replace(",990121,", ",9901,")), "line 2: county_code is “9901”"),
    "code elsewhere": (
        _bad(ROW.replace(",990121,", ",990122,")),
        "line 2: 990121101 does not begin",
    ),
    "no name": (_bad(ROW.replace("霁川镇", " ")), "line 2: name is empty, which is no name"),
    "no county": (_bad(ROW.replace("示例县", "")), "line 2: county_name is empty"),
    "a comma in a name": (_bad(ROW.replace("霁川镇", '"霁川镇,旧"')), "line 2: .* without a comma"),
    "a line in a name": (_bad(ROW.replace("霁川镇", '"霁川\n镇"')), "line 2: a mark in name"),
    "a mark in a name": (
        _bad(ROW.replace("霁川镇", "霁\u202e川镇")),
        "line 2: a mark in name that",
    ),
    "lost characters": (_bad(ROW.replace("霁川镇", "\ufffd川镇")), "line 2: name is “\ufffd川镇”"),
    "a row twice": (_bad(ROW, "", ROW), "line 4: 990121101 stands in line 2 already"),
    "a code twice": (_bad(ROW, ROW.replace("霁川", "松籁")), "line 3: 990121101 stands in line 2"),
    "an open quotation": (_bad(ROW.replace("霁川镇", '"霁川镇'), ROW, ROW), "line 2: 2 cells"),
    "a very long cell": (_bad("9" * 200_000), "line 2: is no CSV: field larger"),
    "damaged": (_bad(ROW) + b"\xff\xff", "regions.csv: is not text in utf-8"),
    "a table of Excel": (b"PK\x03\x04" + bytes(range(256)) * 9, "regions.csv: is not text"),
    "a mark of the wrong encoding": (
        b"\xff\xfe" + b"code,name",
        "begins with the mark of utf-16",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_table_of_regions_is_said(case: str, tmp_path: Path) -> None:
    content, said = WRONG[case]
    extra = tmp_path / "regions.csv"
    extra.write_bytes(content)
    with pytest.raises(InputError, match=said) as caught:
        load_regions(extra)
    assert str(caught.value).startswith(f"{extra}")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "content",
    [
        *(_bad(ROW, encoding=name) for name in ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16")),
        _bad(ROW).replace(b"\n", b"\r\n"),
        _bad(ROW).replace(b"\n", b"\r"),
        _bad("", ROW, ",,,,,,,,", " , "),
        _bad(ROW.replace(",", " , ")),
        _bad(f"{ROW},,"),
        _bad(*(ROW.replace("2016,2023", years) for years in ("2016,2019", "2020-12-31,20231231"))),
        b"note," + COLUMNS.encode() + f'\n"a, b",{ROW}\n'.encode(),
    ],
)
def test_a_table_of_regions_is_read_as_excel_and_editors_save_it(
    content: bytes, tmp_path: Path
) -> None:
    extra = tmp_path / "regions.csv"
    extra.write_bytes(content)
    full = "示例省示例市示例县霁川镇"
    assert _one(load_regions(extra), "霁川镇", 2022).full_name == full


def test_a_worker_gets_the_recipe_and_not_the_table(regions: Regions) -> None:
    pickled = pickle.dumps(regions)
    assert len(pickled) < 1000
    assert pickle.loads(pickled) is regions


def test_loading_is_quick(tmp_path: Path) -> None:
    extra = tmp_path / "regions.csv"
    extra.write_text(COLUMNS, encoding="utf-8")
    start = time.process_time()
    load_regions(extra)
    assert time.process_time() - start < 1.0  # some 0.13 s, but machines differ


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("通元镇人民政府", "township_government"),
        ("北京街道办事处", "subdistrict_office"),
        ("上海市人民政府办公厅", "government_office"),
        ("海盐县人民政府", "government"),
        ("海盐县发展和改革局", "department"),
        ("市场监督管理局", "department"),
        ("国有资产监督管理委员会", "department"),
        ("高新技术产业开发区管理委员会", "development_zone"),
        ("上海海关", "vertical_branch"),
        ("海盐县税务局", "vertical_branch"),
        ("海盐县人民医院", "public_institution"),
        ("做好", None),
    ],
)
def test_kinds_of_organ(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


def test_the_index_is_made_of_the_tables() -> None:
    made = index_of(gzip.decompress(NATIONAL.read_bytes()), History())
    assert made
    kept = {path: gzip.decompress(path.read_bytes()) for path in made}
    assert kept == made, "run python -m pipeline.reference.region_index"

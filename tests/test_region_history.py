"""Counties, cities and townships as they were in the year of a report."""

from __future__ import annotations

import pickle
from collections import Counter

import pytest

from pipeline import doubt
from pipeline.identify import conflicts, identify
from pipeline.model import Document, Identity, Paragraph
from pipeline.outline import outline_of
from pipeline.reference import Region, in_year, load_regions
from pipeline.reference.history import LAST_LIST, History
from pipeline.text.years import FIRST_YEAR


@pytest.fixture(scope="module")
def history() -> History:
    return History()


def _identity(title: str, *lines: str) -> Identity:
    blocks = (Paragraph(line, f"line {n}") for n, line in enumerate((title, *lines), 1))
    return identify(outline_of(Document("a.txt", "txt", tuple(blocks))), load_regions())


def _words(identity: Identity) -> list[str]:
    return [known.words for known in conflicts(identity) if known.kind is doubt.PLACE]


@pytest.mark.parametrize(
    ("name", "year", "organ", "code"),
    [
        ("巢湖市", 2010, "安徽省巢湖市人民政府", "341400"),  # a city, and a county since 2011
        ("巢湖市", 2011, "安徽省合肥市巢湖市人民政府", "340181"),
        ("巢湖市教育局", 2010, "安徽省巢湖市教育局", "341400"),
        ("铜仁地区行政公署", 2010, "贵州省铜仁地区行政公署", "522200"),
        ("铜仁市", 2010, "贵州省铜仁地区铜仁市人民政府", "522201"),
        ("铜仁市", 2011, "贵州省铜仁市人民政府", "520600"),
        ("上虞市", 2012, "浙江省绍兴市上虞市人民政府", "330682"),
        ("上虞区", 2013, "浙江省绍兴市上虞区人民政府", "330604"),
        ("卢湾区", 2010, "上海市卢湾区人民政府", "310103"),
        ("吴江市", 2011, "江苏省苏州市吴江市人民政府", "320584"),
        ("襄樊市", 2009, "湖北省襄樊市人民政府", "420600"),
        ("襄樊市襄城区", 2009, "湖北省襄樊市襄城区人民政府", "420602"),
        ("襄阳市襄城区", 2010, "湖北省襄阳市襄城区人民政府", "420602"),
        ("通州市", 2008, "江苏省南通市通州市人民政府", "320683"),
        ("萝岗区", 2013, "广东省广州市萝岗区人民政府", "440116"),
        ("莱芜市", 2017, "山东省莱芜市人民政府", "371200"),
        ("和康县", 2024, "新疆维吾尔自治区和田地区和康县人民政府", "653228"),
    ],
)
def test_the_unit_of_the_report_year(name: str, year: int, organ: str, code: str) -> None:
    identity = _identity(f"{name}{year}年政府信息公开工作年度报告")
    assert (identity.organ, identity.region_code) == (organ, code)
    assert _words(identity) == []


@pytest.mark.parametrize(
    ("name", "year", "said"),
    [
        ("上虞市", 2015, "stands in the lists of 1992 to 2012, and became 浙江省绍兴市上虞区"),
        ("吴江区", 2010, "江苏省苏州市吴江区 stands in the lists of 2012 to 2025"),
        ("卢湾区", 2019, "became 上海市黄浦区"),
        ("赣榆县教育局", 2016, "became 江苏省连云港市赣榆区"),
    ],
)
def test_a_unit_of_another_time_has_no_code_and_is_said(name: str, year: int, said: str) -> None:
    identity = _identity(f"{name}{year}年政府信息公开工作年度报告")
    assert identity.region_code == ""
    assert name in identity.organ
    (words,) = _words(identity)
    assert said in words
    assert str(year) in words


def test_a_report_on_the_year_in_which_its_unit_ended_is_of_it() -> None:
    identity = _identity("浙江省上虞市2013年政府信息公开工作年度报告")
    assert identity.region_code == "330682"
    assert _words(identity) == []


def test_without_a_year_a_unit_that_has_ended_is_not_believed() -> None:
    identity = _identity("上虞市政府信息公开工作年度报告")
    assert identity.region_code == ""
    assert "a year that is not known" in _words(identity)[0]
    assert _words(_identity("海盐县政府信息公开工作年度报告")) == []


@pytest.mark.parametrize(
    ("name", "year", "organ", "code"),
    [
        # The county stands as it did: the code is that of the first edition.
        ("海盐县通元镇", 2009, "浙江省嘉兴市海盐县通元镇人民政府", "330424106"),
        # Another city above it, and the same county.
        ("襄城区尹集乡", 2009, "湖北省襄樊市襄城区尹集乡人民政府", "420602200"),
        # The county was another: which code the township had is in no table.
        ("居巢区黄麓镇", 2010, "安徽省巢湖市居巢区黄麓镇人民政府", ""),
        ("黄麓镇", 2010, "安徽省巢湖市居巢区黄麓镇人民政府", ""),
        ("巢湖市黄麓镇", 2011, "安徽省合肥市巢湖市黄麓镇人民政府", "340181108"),
        ("上虞市百官街道", 2012, "浙江省绍兴市上虞市百官街道办事处", ""),
        ("卢湾区打浦桥街道", 2010, "上海市卢湾区打浦桥街道办事处", ""),
        # Of which of two districts it was before they were joined, nothing tells.
        ("打浦桥街道", 2010, "打浦桥街道办事处", ""),
        ("打浦桥街道", 2012, "上海市黄浦区打浦桥街道办事处", "310101021"),
        ("长乐市湖南镇", 2016, "福建省福州市长乐市湖南镇人民政府", "350182110"),
        ("长乐区湖南镇", 2017, "福建省福州市长乐区湖南镇人民政府", "350112110"),
    ],
)
def test_a_township_hangs_on_its_county_of_the_year(
    name: str, year: int, organ: str, code: str
) -> None:
    identity = _identity(f"{name}{year}年政府信息公开工作年度报告")
    assert (identity.organ, identity.region_code) == (organ, code)
    assert len(_words(identity)) == (not code)


@pytest.mark.parametrize(
    ("name", "became"),
    [
        ("上虞市", {"330604"}),
        ("卢湾区", {"310101"}),
        ("襄樊市", {"420600"}),  # renamed
        ("铜仁地区", {"520600"}),
        ("巢湖市", {"340100", "340200", "340500"}),  # divided among three cities
        ("莱芜市", {"370100"}),
        ("海盐县", set()),
    ],
)
def test_what_became_of_a_unit(name: str, became: set[str]) -> None:
    regions = load_regions()
    (unit,) = regions.cities.get(name) or regions.counties[name]
    assert {heir.code for heir in regions.successors(unit)} == became


def test_every_unit_that_ended_has_successors(history: History) -> None:
    ended = [unit for unit in history.units if unit.last_edition < LAST_LIST]
    assert ended
    without = [u for u in ended if u.last_edition >= FIRST_YEAR and not history.successors(u)]
    assert without == []


def test_a_worker_gets_the_recipe_of_a_year_too() -> None:
    regions = in_year(load_regions(), 2010)
    assert len(pickle.dumps(regions)) < 1000
    assert pickle.loads(pickle.dumps(regions)) is regions


def _changed(history: History) -> dict[str, list[Region]]:
    """The units of every name that began or ended since the first reports."""
    changed = {
        unit.name
        for unit in history.units
        if FIRST_YEAR <= unit.last_edition < LAST_LIST or unit.first_edition > FIRST_YEAR
    }
    units: dict[str, list[Region]] = {name: [] for name in changed}
    for unit in history.units:
        if unit.name in units and unit.kind != "province":
            units[unit.name].append(unit)
    return units


def test_no_title_of_a_unit_that_changed_is_misread(history: History) -> None:
    """In a year when it stood: its code of that year, or a doubt; in any other: a doubt.

    A report on the year in which the unit ended is of it. Islands that the bureau lists apart from
    the ministry are left out.
    """
    seen: Counter[str] = Counter()
    for name, units in _changed(history).items():
        if "群岛" in name:
            continue
        edges = {y for u in units for y in (u.first_edition, u.last_edition + 1)}
        for year in {y + step for y in edges for step in (-1, 0, 1)}:
            if not FIRST_YEAR <= year <= LAST_LIST:
                continue
            identity = _identity(f"{name}人民政府{year}年政府信息公开工作年度报告")
            standing = [u for u in units if u.stands_in(year)]
            right = standing or [u for u in units if u.last_edition == year - 1]
            told = [identity.region_code] == [unit.code for unit in right]
            doubted = bool(_words(identity))
            assert told or doubted, (name, year, identity.organ, identity.region_code)
            seen["doubted" if doubted else "right"] += 1
            assert not (told and doubted), (name, year)
    assert seen["right"] > 1500
    assert seen["doubted"] > 500

"""May two printed names be of one organ? One answer, and why."""

from __future__ import annotations

import gzip
import re

import pytest

from pipeline.reference import Region, Sameness, may_be_one
from pipeline.reference.regions import NATIONAL

TOWN = "浙江省嘉兴市海盐县通元镇人民政府"
YES, OFFICE, FORMER, UNKNOWN, NO = (
    *(Sameness.YES, Sameness.OFFICE, Sameness.FORMER),
    *(Sameness.UNKNOWN, Sameness.NO),
)


# Where the rooms once had answers of their own, most of these were yes in one and no in another.
@pytest.mark.parametrize(
    ("one", "other", "answer", "why"),
    [
        ("住建局", "住房和城乡建设局", YES, "the first and the last character and some between"),
        ("海盐县住建局", "浙江省嘉兴市海盐县住房和城乡建设局", YES, "short, of one county"),
        ("发改委", "发展和改革委员会", YES, "a short form of one name only"),
        ("卫健委", "海盐县卫生健康委员会", YES, "a short form; the place is left out"),
        ("海盐县卫生健康委", "卫生健康委员会", YES, "委 is 委员会"),
        ("网信办", "海盐县网络安全和信息化委员会办公室", YES, "办 is 办公室"),
        ("海盐县城管局", "海盐县城市管理局", YES, "the 市 of 城市管理 ends no place"),
        ("海盐县市场监管局", "市场监督管理局", YES, "nor does that of 市场"),
        ("教育局", "教育体育局", YES, "what people call a merged bureau"),
        ("示例县教育局", "教育体育局", YES, "the place is left out in one"),
        ("海盐县教育局", "海盐县民政局", NO, "two bureaus"),
        ("人力资源和社会保障局", "医疗保障局", NO, "two bureaus that end alike"),
        ("海盐县人民政府行政审批局", "民政局", NO, "民 and 政 are there by chance"),
        ("建设局", "住房和城乡建设局", UNKNOWN, "may be the end of the longer name, or a bureau"),
        ("海盐县建设局", "海盐县住房和城乡建设局", NO, "a whole name, and another"),
        ("税务局", "税务局第一税务分局", NO, "a branch"),
        ("平湖县教育局", "海盐县教育局", NO, "another county"),
        ("盐城市教育局", "江苏省盐城市教育局", YES, "城市 may end a place"),
        ("国家税务总局海盐县税务局", "海盐县税务局", YES, "with the organ above it"),
        ("海盐县教育局（体育局）", "海盐县教育局", YES, "with its second name"),
        ("通元镇", TOWN, YES, "a place stands for its government"),
        ("海盐通元镇", TOWN, YES, "the county without its ending"),
        ("嘉兴市通元镇", TOWN, YES, "the county is left out"),
        ("嘉兴市通元镇", "海盐县通元镇", UNKNOWN, "a city may hold the county"),
        ("平湖市通元镇", TOWN, NO, "another city than that of a name that leaves out nothing"),
        ("新通元镇", TOWN, NO, "ends alike: 新 is no county"),
        ("海盐县", TOWN, NO, "the county of the town"),
        ("海盐县", "海盐县教育局", NO, "the county of the bureau"),
        ("海盐", "海盐县人民政府", YES, "the county without its ending"),
        ("八里乡", "八里畲族乡", YES, "without its people"),
        ("镇宁自治县民政局", "镇宁布依族苗族自治县民政局", YES, "without its peoples"),
        ("东乡族自治县", "甘肃省临夏回族自治州东乡族自治县人民政府", YES, "all of its name"),
        ("望海街道办", "海盐县望海街道办事处", YES, "办 of 办事处"),
        ("上海市黄浦区人民政府外滩街道办事处", "上海市黄浦区外滩街道", YES, "of the district"),
        ("海盐县经济开发区", "海盐县经济开发区管委会", YES, "a zone stands for its committee"),
        ("管委会", "海盐县经济开发区管委会", UNKNOWN, "of any zone"),
        ("景德镇市", "江西省景德镇市人民政府", YES, "镇 does not end it"),
        ("市中区教育局", "济南市市中区教育局", YES, "市 does not end it"),
        ("铁边城镇", "延安市吴起县铁边城镇人民政府", YES, "城镇 may end a place"),
        ("镇政府", TOWN, UNKNOWN, "of any town"),
        ("我镇", TOWN, UNKNOWN, "of any town"),
        ("县政府", TOWN, NO, "of a county"),
        ("区住建局", "示例区住房和城乡建设局", UNKNOWN, "of any district"),
        ("县住建局", "示例区住房和城乡建设局", NO, "of a county"),
        ("人民政府", "海盐县人民政府", UNKNOWN, "of any place"),
        ("", TOWN, UNKNOWN, "no name"),
        ("党政办", "人民政府", YES, "a desk inside it"),
        ("党政办", TOWN, YES, "a desk inside it; the place is left out"),
        ("通元镇党政办公室", TOWN, YES, "a desk inside it"),
        ("通元镇政府办公室", TOWN, YES, "a town's office is no organ of its own"),
        ("红旗镇党政办公室", TOWN, NO, "of another town"),
        ("党政办", "海盐县教育局", UNKNOWN, "a bureau may have one too"),
        ("海盐县教育局办公室", "海盐县教育局", YES, "a desk inside it"),
        ("海盐县人民政府办公室", "海盐县人民政府", OFFICE, "two organs, and one writes for both"),
        ("海盐县政府办", "海盐县", OFFICE, "the same, shortened"),
        ("政府办", TOWN, OFFICE, "whose office is not said, and a county's is an organ"),
        ("海盐县政府办", "海盐县人民政府办公厅", YES, "办 is 办公厅"),
        ("通元镇", "海盐县通元镇财政所", NO, "a station of the town reports for itself"),
        ("元通街道", "元通镇", FORMER, "a town that became a street, or its neighbour"),
        ("海盐县通元乡人民政府", TOWN, FORMER, "a township that became a town"),
        ("宝山乡", "雷波县元宝山镇", NO, "ends alike"),
    ],
)
def test_may_be_one(one: str, other: str, answer: Sameness, why: str) -> None:
    assert may_be_one(one, other) is answer, why
    assert may_be_one(other, one) is answer, why


def test_official_names_shortened_and_of_others() -> None:
    """Of every fiftieth township of the table: its own short names, and those of a neighbour."""
    rows = gzip.decompress(NATIONAL.read_bytes()).decode("utf-8").splitlines()[1:]
    columns = (row.split(",") for row in rows)
    units = [Region(*row[:-2], *map(int, row[-2:])) for row in columns]
    units = [unit for unit in units if unit.name.endswith(("镇", "乡", "街道"))]
    assert len(units) > 30_000
    for unit, other in zip(units[::50], units[1::50], strict=False):
        organ = f"{unit.full_name}{'办事处' if unit.name.endswith('街道') else '人民政府'}"
        assert may_be_one(unit.name, organ) is YES, organ
        assert may_be_one(f"{unit.county_name}{unit.name}", organ) is YES, organ
        assert may_be_one(f"{unit.name}党政办公室", organ) is YES, organ
        # A unit that was renamed stands in two rows.
        stems = [re.sub("街道$|[镇乡]$", "", name) for name in (unit.name, other.name)]
        if stems[1] not in unit.name and stems[0] not in other.name:
            assert may_be_one(other.name, organ) is NO, (other.name, organ)
            assert may_be_one(f"{other.county_name}{other.name}", organ) is NO, organ

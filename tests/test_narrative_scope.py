"""Which figures of the prose are the organ's own count of the year, and which are another's."""

from __future__ import annotations

import pytest

from pipeline.model import Scope
from tests.narrated import check_narrative, read_from, values


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("全区各部门共主动公开政府信息95条。", Scope.REGION_AGGREGATE),
        ("区政府办公室主动公开政府信息17条。", Scope.OWN_ORGAN),
        ("全县主动公开政府信息95条。", Scope.REGION_AGGREGATE),
        ("我镇主动公开政府信息17条。", Scope.OWN_ORGAN),
        ("2021年，全镇主动公开政府信息17条。", Scope.OWN_ORGAN),
        ("2021年，主动公开政府信息17条。", Scope.UNKNOWN),
        ("县政府网站全年发布信息180000条。", Scope.UNKNOWN),
        ("本镇通过县政府网站公开信息17条。", Scope.OWN_ORGAN),
    ],
)
def test_whose_figure_it_is(sentence, scope):
    (figure, *_) = read_from(sentence)
    assert figure.scope is scope


TOWN = "示例县青山镇2023年政府信息公开工作年度报告"


def in_a_town(text: str) -> list[tuple[str, int, str]]:
    """Every figure of a town's report on 2023 as (concept without nar_, value, flags)."""
    found = read_from(TOWN, *text.split("|"))
    return [(f.concept.removeprefix("nar_"), int(f.value), ";".join(f.flags)) for f in found]


@pytest.mark.parametrize(
    "text",
    [
        "截至2023年底，累计主动公开政府信息5000条，本年度新增120条。",
        "截至2023年12月31日，我镇累计主动公开政府信息5000条，其中2023年公开120条。",
        "截至目前，累计公开信息5000条。",
        "累计主动公开政府信息5000条，今年公开120条。",
        "主动公开政府信息累计达到5000条，较上年末增加120条。",
        "公众号累计发布信息5000条，本年度发布230条。",
        "微信公众号累计发布信息5000条。",
        "累计收到政府信息公开申请5000件，本年收到5件。",
        "累计受理12345热线工单5000件，2023年受理218件。",
        "2023年1—11月，我镇主动公开政府信息5000条。",
        "2023年1月至6月，我镇主动公开政府信息5000条。",
        "2023年5月，我镇主动公开政府信息5000条。",
        "2023年春节期间，我镇主动公开政府信息5000条。",
        "三年来，共主动公开政府信息5000条。",
        "截至2023年11月底，共主动公开政府信息5000条。",
        "今年以来主动公开信息5000条，截至10月底。",
    ],
)
def test_a_stock_or_a_part_of_the_year_is_not_taken_for_the_years_count(text: str) -> None:
    assert [flags for _, value, flags in in_a_town(text) if value == 5000] == ["read:period"]


@pytest.mark.parametrize(
    "text",
    [
        "2023年，我镇累计主动公开政府信息123条。",
        "2023年，我镇重视公开。截至12月31日，累计公开信息123条。",
        "2023年1月1日至12月31日，累计主动公开政府信息123条。",
        "截至2023年12月31日，我镇共主动公开政府信息123条。",
        "截至2023年底，微信公众号共发布信息123条。",
        "2023年1—12月，我镇主动公开政府信息123条。",
        "2023年以来，我镇主动公开政府信息123条。",
        "我镇累计主动公开政府信息123条，比上年增加20条。",
        "3月成立领导小组，全年主动公开政府信息123条。",
        "2023年微信公众号累计推送信息123条。",
        "截至2023年12月31日，全镇累计收到政府信息公开申请123件。",
        "2023年，全镇各部门共主动公开政府信息123条。",
        "按照县政府统一部署，主动公开政府信息123条。",
        "在县政府门户网站主动公开政府信息123条。",
        "青山镇人民政府2023年主动公开政府信息123条。",
        "较2022年的100条，2023年主动公开政府信息增加到123条。",
        "主动公开政府信息数由2022年的100条增加到2023年的123条。",
        "本年度公开信息数比上年增加23条，达到123条。",
    ],
)
def test_the_years_own_count_is_read_without_doubt(text: str) -> None:
    assert [(value, flags) for _, value, flags in in_a_town(text)] == [(123, "")]


@pytest.mark.parametrize(
    "text",
    [
        "信息公开申请数增加到12件。",
        "近三年主动公开政府信息500条。",
        "本月主动公开政府信息12条。",
        "要求各单位主动公开政府信息不少于12条。",
        "主动公开政府信息120条以下。",
        "根据2022年年报，主动公开政府信息100条。",
        "主动公开政府信息由2023年的120条减少到2024年的100条。",
        "接到群众咨询依申请公开事项5件。",
        "协助县政府答复政府信息公开申请5件。",
        "超期答复政府信息公开申请2件。",
        "未按期答复政府信息公开申请0件。",
        "答复上年结转的政府信息公开申请3件。",
        "不存在未受理政府信息公开申请的情况。",
        "未收到超期未答复的政府信息公开申请。",
        "依申请公开方面，收到申请120件，其中政府信息公开申请5件。",
        "减免信息处理费200元。",
        "退还信息处理费200元。",
        "应收信息处理费500元，实收300元。",
        "办理行政诉讼案件5件，无一涉及政府信息公开。",
        "全年被申请行政复议5件，均非政府信息公开案件。",
        "全年发生行政复议5件，均与政府信息公开无关。",
        "全年办理行政复议案件12件，政府信息公开工作有序推进。",
        "微信公众号推送300期1200条。",
        "去年，我镇主动公开政府信息132条。",
        "上一年度，我镇累计主动公开政府信息132条，收到政府信息公开申请5件。",
        "回顾去年，主动公开政府信息132条。",
        "前一年，未收到政府信息公开申请。",
        "我镇上年，主动公开政府信息132条。",
        "2023年上半年，我镇主动公开政府信息132条。",
        "前三季度，我镇主动公开政府信息132条。",
        "第一季度，按照要求，主动公开政府信息132条。",
        "下一步，主动公开政府信息132条。",
        "（2022年）我镇主动公开政府信息132条。",
        "主动公开政府信息132条/月。",
    ],
)
def test_what_is_another_count_is_left_out(text: str) -> None:
    assert in_a_town(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "去年，我镇重视公开，今年，主动公开政府信息123条。",
        "上年度结转申请3件。全年主动公开政府信息123条。",
        "上半年开展自查，全年主动公开政府信息123条。",
        "（2023年）我镇主动公开政府信息123条。",
        "2023年情况如下。我镇主动公开政府信息123条。",
        "2022年情况如下。2023年，我镇主动公开政府信息123条。",
        "主动公开政府信息123条（较上年增长5%）。",
        "主动公开政府信息123条（上年100条）。",
        "主动公开政府信息123条（单位：条）。",
        "主动公开政府信息123条（网站100条、公开栏23条）。",
        "主动公开政府信息123条（详见附件）。",
        "根据《条例》（2019年修订），主动公开政府信息123条。",
        "主动公开政府信息（含规范性文件）123条。",
    ],
)
def test_what_stands_beside_the_years_own_count_leaves_it_certain(text: str) -> None:
    assert (123, "") in [(value, flags) for _, value, flags in in_a_town(text)]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("去年我镇重视公开，主动公开政府信息132条。", "read:period"),
        ("2022年情况如下。我镇主动公开政府信息132条。", "read:period"),
        ("2022年情况如下：|我镇主动公开政府信息132条。", "read:period"),
        ("主动公开政府信息132条（2022年）。", "read:period"),
        ("主动公开政府信息132条（上年数）。", "read:period"),
        ("主动公开政府信息132条（累计）。", "read:period"),
        ("主动公开政府信息132（应为150）条。", "read:scope"),
        ("主动公开政府信息132条（应为150条）。", "read:scope"),
        ("主动公开政府信息132条（更正：150条）。", "read:scope"),
        ("主动公开政府信息132条（不含网站）。", "read:scope"),
        ("主动公开政府信息（不含网站）132条。", "read:scope"),
        ("主动公开政府信息132条（全县）。", "read:scope"),
        ("主动公开政府信息132条（网站100条、公开栏50条）。", "read:scope"),
        ("县公安局主动公开政府信息132条。", "read:scope"),
        ("县公安局，主动公开政府信息132条。", "read:scope"),
        ("主动公开政府信息132条，应为150条。", "read:scope"),
        ("主动公开政府信息132条[应为150条]。", "read:scope"),
        ("县公安局认真落实条例，主动公开政府信息132条。", "read:scope"),
        ("例如，主动公开政府信息132条。", "read:scope"),
    ],
)
def test_what_the_opening_or_an_aside_gives_to_another_is_doubted(text: str, flags: str) -> None:
    assert [kinds for _, value, kinds in in_a_town(text) if value == 132] == [flags]


def test_a_department_may_be_called_by_its_short_name() -> None:
    title = "示例县人力资源和社会保障局2023年政府信息公开工作年度报告"
    (own,) = read_from(title, "县人社局主动公开政府信息132条。")
    (other,) = read_from(title, "县公安局主动公开政府信息132条。")
    assert (own.flags, other.flags) == ((), ("read:scope",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发生行政复议案件12件，其中涉及政府信息公开1件。", [("review_cases", 1, "")]),
        ("办理行政诉讼12件，属于政府信息公开类的1件。", [("litigation_cases", 1, "")]),
        (
            "全年发生行政复议5件、行政诉讼3件，均因政府信息公开引起。",
            [("review_cases", 5, ""), ("litigation_cases", 3, "")],
        ),
        (
            "未发生行政诉讼，因政府信息公开引发行政复议2件。",
            [("litigation_cases", 0, ""), ("review_cases", 2, "")],
        ),
        ("组织安全培训5次，政务公开培训1次。", [("training_sessions", 1, "")]),
        (
            "政策解读12篇，其中解读文章2篇。",
            [("policy_interpretations", 12, "")],
        ),
    ],
)
def test_a_part_is_told_from_its_whole(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert in_a_town(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "县政府网站主动公开政府信息5000条，我镇在县政府网站公开120条。",
            [("disclosed_website", 5000, "read:rival_figures"), ("disclosed_website", 120, "")],
        ),
        (
            "网站公开信息120条。|网站公开信息100条。",
            [
                ("disclosed_website", 120, "read:rival_figures"),
                ("disclosed_website", 100, "read:rival_figures"),
            ],
        ),
        (
            "全县共主动公开政府信息5000条，其中我镇主动公开政府信息120条。",
            [("disclosed_total", 5000, "read:scope"), ("disclosed_total", 120, "")],
        ),
        (
            "县政府主动公开政府信息5000条，我镇主动公开政府信息120条。",
            [("disclosed_total", 5000, "read:scope"), ("disclosed_total", 120, "")],
        ),
        ("红旗镇主动公开政府信息300条。", [("disclosed_total", 300, "read:scope")]),
        (
            "2023年，红旗镇认真贯彻条例，主动公开政府信息300条。",
            [("disclosed_total", 300, "read:scope")],
        ),
        (
            "2023年，青山镇认真贯彻条例，主动公开政府信息300条。",
            [("disclosed_total", 300, "")],
        ),
        (
            "红旗镇收到政府信息公开申请3件，青山镇收到政府信息公开申请5件。",
            [("req_received", 3, "read:scope"), ("req_received", 5, "")],
        ),
        ("全镇16个村认真落实，公开信息300条。", [("disclosed_total", 300, "read:scope")]),
        (
            "全镇14个村通过公开栏公开信息300条，镇本级主动公开信息60条。",
            [("disclosed_other_channel", 300, "read:scope"), ("disclosed_total", 60, "")],
        ),
        ("全镇各村均未收到政府信息公开申请。", [("req_received", 0, "read:scope")]),
        (
            "各村公开栏公开信息300条。",
            [("disclosed_other_channel", 300, "read:scope")],
        ),
        (
            "公开各类信息300条，其中政府信息100条。",
            [("disclosed_total", 300, "read:scope"), ("disclosed_category", 100, "read:scope")],
        ),
    ],
)
def test_somebody_elses_figure_is_doubted(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert in_a_town(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "截至2023年底，累计主动公开信息50条，其中网站40条、微信10条。",
        "截至2023年底，累计主动公开信息50条，其中政策文件40条、通知公告10条。",
        "截至2023年底，累计主动公开信息50条。其中，政策文件40条、通知公告10条。",
    ],
)
def test_a_list_is_as_doubtful_as_its_total(text: str) -> None:
    assert [flags for *_, flags in in_a_town(text)] == ["read:period"] * 3


def test_a_list_by_level_tells_whose_each_item_is() -> None:
    found = read_from("全市主动公开信息5000条，其中市本级3000条、县区2000条。")
    scopes = [Scope.REGION_AGGREGATE, Scope.OWN_ORGAN, Scope.REGION_AGGREGATE]
    assert [f.scope for f in found] == scopes
    found = read_from("全市主动公开信息30条，其中一是公开机构信息10条，二是政策文件20条。")
    assert {f.scope for f in found} == {Scope.REGION_AGGREGATE}
    assert [f.category for f in found] == ["", "机构信息", "政策文件"]


@pytest.mark.parametrize(
    "lines",
    [
        ("青山镇2023年政府信息公开年报",),
        ("2023年青山镇政府信息公开年报",),
        ("《青山镇2023年政府信息公开年报》",),
        ("示例县青山镇人民政府", "2023年政府信息公开年报"),
        ("示例县青山镇人民政府关于2023年政府信息公开工作的报告",),
        ("示例县教育局政府信息公开年报（2023年）",),
    ],
)
def test_the_countys_figure_is_doubted_in_a_towns_or_departments_report(
    lines: tuple[str, ...],
) -> None:
    (figure,) = read_from(*lines, "全县主动公开政府信息5000条。")
    assert figure.flags == ("read:scope",)


def test_the_countys_figure_is_its_own_in_its_own_report() -> None:
    found = read_from("示例县2023年政府信息公开工作年度报告", "全县主动公开政府信息5000条。")
    assert [(f.value, f.scope, f.flags) for f in found] == [(5000, Scope.REGION_AGGREGATE, ())]


@pytest.mark.parametrize(
    "text",
    [
        "主动公开信息120条，其中通过网站70条、微信50条，另通过公开栏公开信息12条。",
        "主动公开信息120条，其中政策文件30条占25%，通知公告50条占42%。",
        "主动公开信息120条，其中政策文件、通知公告分别为30条、50条。",
        "通过网站公开信息80条，其中政策文件20条；通过微信公众号公开财政信息3条。",
    ],
)
def test_what_is_no_whole_list_is_not_summed(text: str) -> None:
    assert check_narrative(read_from(text)) == ()


def test_notices_of_which_not_all_were_paid_are_no_certain_cases() -> None:
    cases, amount = read_from("发出收费通知4件，总金额360元，实际收取120元。")
    assert (cases.concept, cases.value, cases.flags) == ("nar_info_fee_cases", 4, ("read:scope",))
    assert (amount.concept, amount.value, amount.flags) == ("nar_info_fee_amount", 120, ())


@pytest.mark.parametrize(
    "text",
    [
        "上年发出收费通知4件，总金额360元，实际收取360元。",
        "发出收费通知4件，总金额360元。",
        "收费标准为每件30元。",
    ],
)
def test_no_fee_is_made_up(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "办理人大建议政协提案共9件。",
        "办理人大代表建议、政协委员提案共9件。",
        "承办政协提案、人大建议共9件。",
        "公开政协提案和人大代表建议办理结果9件。",
    ],
)
def test_a_total_of_proposals_is_of_both_kinds(text: str) -> None:
    (figure,) = read_from(text)
    assert (figure.concept, figure.category, figure.value) == ("nar_proposals_handled", "", 9)


def test_proposals_among_other_things_are_not_split() -> None:
    assert values("办理人大建议、社情民意、政协提案共9件。") == []

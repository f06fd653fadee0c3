"""Sums inside one report: verdicts, derived totals, what a blank stands for, what is blamed."""

from decimal import Decimal

from pipeline.doubt import Severity, Verdict
from pipeline.forms import form
from pipeline.judge.rules import judge
from pipeline.model import Fact, Status, ZeroBasis
from pipeline.text import parse_value
from tests.small_reports import summed

APPLICANTS = (
    "natural_person",
    "legal_commercial",
    "legal_research",
    "legal_public_interest",
    "legal_law_service",
    "legal_other",
    "total",
)
OUTCOMES = [row.id for row in form("t2019").sheets[1].rows if not row.group]


def cell(concept, applicant, text, table="applications", of="t2019"):
    parsed = parse_value(text)
    basis = ZeroBasis.PRINTED if parsed.status is Status.ZERO else None
    given = (text, parsed.status, parsed.value, "件")
    return Fact(of, table, concept, applicant, *given, zero_basis=basis)


def table_three(default, of="t2019", **rows):
    """A table three: each named row as seven printed cells, every other cell as `default`."""
    concepts = [row.id for row in form(of).sheets[1].rows if not row.group]
    return [
        cell(concept, applicant, text, of=of)
        for concept in concepts
        for applicant, text in zip(
            APPLICANTS, rows.get(concept, [default] * len(APPLICANTS)), strict=True
        )
    ]


def only(value, total=None):
    return [value, "", "", "", "", "", value if total is None else total]


def zeros(value, total=None):
    return [value, "0", "0", "0", "0", "0", value if total is None else total]


def facts_of(checked):
    return {(f.concept, f.applicant, f.status is Status.DERIVED): f for f in checked.facts}


def broken(checked):
    return {f.check for f in checked.findings if f.verdict is Verdict.FAIL}


def test_a_full_table_passes_every_sum():
    facts = table_three(
        "0",
        req_received_new=zeros("5"),
        req_outcome_granted=zeros("4"),
        req_processed_total=zeros("4"),
        req_carried_out=zeros("1"),
    )
    by_slot = {(f.concept, f.applicant): f for f in facts}
    judged = judge(by_slot, form("t2019"), {})
    # 7 balances, 7 column sums, 23 row sums
    assert len(judged) == 37
    assert {j.verdict for j in judged} == {Verdict.PASS}
    assert not any(f.flags for f in summed(facts).facts)


def test_blank_total_is_derived_and_balance_holds_with_blanks_as_zero():
    # The figures of 通元镇2019: 1 new, 1 carried in, 2 granted, total row blank, 0 carried out.
    facts = table_three(
        "",
        req_received_new=only("1"),
        req_carried_in=only("1"),
        req_outcome_granted=only("2"),
        req_carried_out=only("0"),
    )
    checked = summed(facts)
    found = facts_of(checked)
    assert found["req_processed_total", "total", False].status is Status.BLANK
    assert found["req_processed_total", "total", True].value == 2
    balance = [
        f for f in checked.findings if f.check == "S3-BAL" and "req_received_new/total" in f.cells
    ]
    assert [f.verdict for f in balance] == [Verdict.ASSUMED_ZERO]
    assert broken(checked) == set()
    assert not any(f.flags for f in checked.facts)


def test_blanks_that_the_sums_leave_no_room_for_are_proved_zero():
    facts = table_three(
        "",
        req_received_new=only("1"),
        req_carried_in=only("1"),
        req_outcome_granted=only("2"),
        req_carried_out=only("0"),
    )
    found = facts_of(summed(facts))
    for concept in ("req_outcome_partial", "req_denied_state_secret", "req_outcome_other"):
        assert found[concept, "natural_person", False].zero_basis is ZeroBasis.IMPLIED
        assert found[concept, "legal_research", False].zero_basis is ZeroBasis.IMPLIED
    assert found["req_outcome_denied", "total", True].value == 0
    assert found["req_outcome_denied", "total", True].zero_basis is ZeroBasis.IMPLIED
    assert found["req_carried_out", "total", False].zero_basis is ZeroBasis.PRINTED


def test_a_wholly_blank_table_proves_nothing():
    checked = summed(table_three(""))
    assert {f.zero_basis for f in checked.facts} == {ZeroBasis.UNKNOWN}
    assert not any(f.status is Status.DERIVED for f in checked.facts)
    assert checked.findings == []


def test_blanks_that_could_fill_a_gap_are_not_assessable():
    facts = table_three("", req_received_new=only("3"), req_outcome_granted=only("1"))
    judged = judge({(f.concept, f.applicant): f for f in facts}, form("t2019"), {})
    balances = [j for j in judged if j.equation.check == "S3-BAL"]
    assert {j.verdict for j in balances} == {Verdict.NOT_ASSESSABLE}


def test_a_printed_total_that_contradicts_its_parts_stays_and_is_flagged():
    facts = table_three(
        "0",
        req_received_new=zeros("11"),
        req_outcome_granted=zeros("10"),
        req_unable_not_held=zeros("1"),
        req_processed_total=zeros("0"),
    )
    checked = summed(facts)
    found = facts_of(checked)
    total = found["req_processed_total", "natural_person", False]
    assert total.value == 0
    assert set(total.flags) == {"source:S3-BAL", "source:S3-COLSUM"}
    assert not found["req_outcome_granted", "natural_person", False].flags
    assert broken(checked) == {"S3-BAL", "S3-COLSUM"}


def test_one_misprinted_cell_is_found_where_its_row_and_column_cross():
    facts = table_three(
        "0",
        req_received_new=["3", "2", "0", "0", "0", "0", "5"],
        req_outcome_granted=["3", "9", "0", "0", "0", "0", "5"],
        req_processed_total=["3", "2", "0", "0", "0", "0", "5"],
    )
    flagged = [f for f in summed(facts).facts if f.flags]
    assert [f.key for f in flagged if f.status is not Status.DERIVED] == [
        "req_outcome_granted/legal_commercial"
    ]


def test_only_a_total_column_keeps_the_components_unknown():
    facts = table_three("", req_received_new=["", "", "", "", "", "", "4"])
    found = facts_of(summed(facts))
    assert found["req_received_new", "natural_person", False].zero_basis is ZeroBasis.UNKNOWN
    assert found["req_received_new", "total", False].value == 4


def test_nothing_received_but_something_granted_is_broken():
    # S3-ALLZERO in its own words: with new = 0 and carried_in = 0 every outcome must be 0.
    facts = table_three("0", req_outcome_granted=zeros("3"), req_processed_total=zeros("3"))
    assert "S3-BAL" in broken(summed(facts))


def test_dispute_totals_include_the_pending():
    cells = {"upheld": "5", "corrected": "", "other": "", "pending": "2", "total": "7"}
    facts = [cell(f"review_{k}", "", v, "disputes") for k, v in cells.items()]
    (finding,) = summed(facts).findings
    assert (finding.check, finding.verdict) == ("S4-REVIEW", Verdict.ASSUMED_ZERO)
    assert facts_of(summed(facts))["review_other", "", False].zero_basis is ZeroBasis.IMPLIED


def test_a_count_below_zero_is_an_error_on_that_cell():
    checked = summed([cell("rules_newly_made", "", "-2", "art20_1")])
    (finding,) = checked.findings
    assert (finding.check, finding.severity) == ("S2-NEG", Severity.ERROR)
    assert checked.facts[0].flags == ("source:S2-NEG",)


def test_changes_may_be_negative_but_not_below_the_stock():
    made = [
        cell("licensing_items_prev_year", "", "21", "art20_5"),
        cell("licensing_items_change", "", "-8", "art20_5"),
    ]
    assert summed(made).findings == []
    worse = [made[0], cell("licensing_items_change", "", "-30", "art20_5")]
    assert broken(summed(worse)) == {"S2-19-ITEMSNEG"}


def test_the_form_of_2021_adds_up_other_outcomes_from_three_rows():
    facts = table_three(
        "0",
        of="t2021",
        req_received_new=zeros("2"),
        req_other_misc=zeros("2"),
        req_processed_total=zeros("2"),
    )
    checked = summed(facts)
    assert broken(checked) == set()
    assert facts_of(checked)["req_outcome_other", "total", True].value == Decimal(2)


def test_derived_cells_carry_the_flags_of_their_parts():
    facts = table_three(
        "0",
        req_received_new=["3", "2", "0", "0", "0", "0", "5"],
        req_outcome_granted=["3", "9", "0", "0", "0", "0", "5"],
        req_processed_total=["3", "2", "0", "0", "0", "0", "5"],
    )
    legal = facts_of(summed(facts))["req_outcome_granted", "legal_total", True]
    assert legal.value == 9
    assert "source:S3-ROWSUM" in legal.flags

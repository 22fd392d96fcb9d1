"""The whole path of one campaign, from its plan to its certificates, in a browser, in Vietnamese."""

import pytest

from tests.journeys.hands import open_round
from tests.journeys.walk import appraisal, decision, figures, plan, unit


@pytest.fixture
def people(sign_in):
    """`people("canbo")`: the page of that person, the same one all the way."""
    pages = {}

    def page_of(username):
        if username not in pages:
            pages[username] = sign_in(username)
        return pages[username]

    return page_of


@pytest.mark.both
def test_a_campaign_is_walked_from_its_plan_to_its_certificates(people, page):
    officer, staff, head = people("thamdinh"), people("canbo"), people("thutruong")
    plan.hand_in_and_launch(officer)
    plan.register(staff)

    dossier = unit.write_dossier(staff)
    unit.hand_to_head(staff)
    number = unit.send(head, dossier)
    key = dossier.rstrip("/").rpartition("/")[2]

    appraisal.forward(people("thuongtruc"), number)
    appraisal.return_for_supplement(officer, key)
    unit.mend(staff, dossier)
    unit.hand_to_head(staff)
    unit.send(head, dossier)
    appraisal.appraise(officer, key)
    borrowed = appraisal.lend_the_head_of_sections_role(people("quantri"), "Phạm Quốc Khánh")
    appraisal.confirm(officer, people("truongphong"), key)
    appraisal.take_back(people("quantri"), borrowed)
    appraisal.record_sitting(people("thukyhoidong"), plan.SHORT)

    chairman = people("chutich")
    draft = decision.compose(officer, plan.SHORT)
    decision.issue(chairman, draft)
    code = decision.certificates(chairman, draft)
    decision.check(page, code)

    leader = people("lanhdao")
    open_round(leader, plan.SHORT)
    figures.numbers_are_lists(leader)
    open_round(leader, plan.SHORT)
    figures.summary_report(leader)
    figures.closed_to(staff)

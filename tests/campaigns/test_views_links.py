"""From a campaign and from a block to the registration of titles, or to opening one."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from campaigns import services as campaign_services
from campaigns.models import Block
from campaigns.services import aims
from tests import factories
from tests.campaigns.aiming import LAST

pytestmark = pytest.mark.django_db
OPEN = "Mở đợt đăng ký danh hiệu"


@pytest.fixture
def block(today, province, officer, ward, agency):
    made = campaign_services.save_block(
        block=Block(unit=province, year=2025, name="Cụm số 1"),
        members=[ward, agency],
        actor=officer,
    )
    return campaign_services.name_heads(block=made, head=agency, deputies=[], actor=officer)


def address_of(subject):
    query = aims.key_of(subject).replace(":", "%3A")
    return f"{reverse('campaigns:aim_call_new')}?subject={query}&amp;year=2025"


def page(client, subject):
    return client.get(subject.get_absolute_url()).content.decode()


def test_who_may_ask_is_led_from_the_campaign_to_the_form_with_the_campaign_chosen(
    running, steward, officer, staff, signed_in
):
    for user in (steward, officer):
        text = page(signed_in(user), running)
        assert f'href="{address_of(running)}"' in text
        assert OPEN in text
    assert OPEN not in page(signed_in(staff), running)
    form = signed_in(steward).get(address_of(running).replace("&amp;", "&")).context["form"]
    assert (form["subject"].value(), form["year"].value()) == (f"campaign:{running.pk}", "2025")


def test_once_it_is_open_the_campaign_leads_to_it(call, running, steward, staff, signed_in):
    for user in (steward, staff):
        text = page(signed_in(user), running)
        assert f'href="{call.get_absolute_url()}"' in text
        assert OPEN not in text


def test_a_programme_is_not_asked_about(programme, steward, signed_in):
    assert OPEN not in page(signed_in(steward), programme)


def test_the_block_leads_its_head_to_asking_and_its_members_to_the_call(
    block, agency, officer, staff, signed_in
):
    head = factories.member(Role.UNIT_LEADER, agency)
    for user in (head, officer):
        assert f'href="{address_of(block)}"' in page(signed_in(user), block)
    assert OPEN not in page(signed_in(staff), block)
    call = aims.open_call(subject=block, year=2025, last_day=LAST, actor=head)
    for user in (head, staff):
        text = page(signed_in(user), block)
        assert f'href="{call.get_absolute_url()}"' in text
        assert OPEN not in text


def test_nobody_is_led_to_a_block_of_years_ago(block, officer, signed_in):
    Block.objects.filter(pk=block.pk).update(year=2023)
    assert OPEN not in page(signed_in(officer), block)


def test_the_block_page_asks_little_with_the_link_to_opening_one(
    block, officer, signed_in, django_assert_max_num_queries
):
    client = signed_in(officer)
    with django_assert_max_num_queries(15):
        assert OPEN in page(client, block)

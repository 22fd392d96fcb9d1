"""What others rest on leaves a plan only for a reason, and stays for them."""

import dataclasses

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from campaigns import rules
from campaigns.models import AwardRound, Campaign, Component, Content, Quota, Sector
from campaigns.plans import apply as plans
from campaigns.plans import export
from core.audit.models import Entry
from core.clock import clock
from dossiers.models import Dossier, Paper
from tests.factories import writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(plan_207, ward, staff):
    """A dossier in the last round."""

    final = plan_207.rounds.get(code="tong-ket")
    return Dossier.objects.create(
        campaign=plan_207, round=final, unit=ward, unit_name=ward.name, created_by=staff
    )


def without_last_round(campaign):
    plan = export.plan_of(campaign)
    awards = dataclasses.replace(plan.awards, rounds=plan.awards.rounds[:1])
    agency = dataclasses.replace(plan.agency, rounds=plan.agency.rounds[:1])
    return dataclasses.replace(plan, awards=awards, agency=agency)


def test_what_rests_on_a_part_is_said_before_anything_is_written(dossier, plan_207, province):
    entries = Entry.objects.count()

    said = plans.resting(without_last_round(plan_207), owner=province)

    assert len(said) == 1
    assert "Tổng kết giai đoạn 2022 - 2025" in said[0]
    assert plans.resting(export.plan_of(plan_207), owner=province) == []
    assert Entry.objects.count() == entries
    assert plan_207.rounds.in_force().count() == 2


def test_for_a_reason_a_round_is_retired_and_its_dossiers_stay(
    dossier, plan_207, officer, province
):
    plan = without_last_round(plan_207)

    with pytest.raises(plans.CannotApply) as refused:
        plans.apply(plan, actor=officer, owner=province, reason="  ")
    assert refused.value.for_a_reason
    plans.apply(plan, actor=officer, owner=province, reason="Kế hoạch sửa đổi bỏ đợt này.")

    dossier.refresh_from_db()
    assert dossier.round.retired_at
    assert export.plan_of(Campaign.objects.get()) == plan
    missing = [str(each) for each in rules.missing_to_take(dossier.round, clock.now())]
    assert "không còn trong kế hoạch" in missing[0]
    entry = Entry.objects.filter(verb="campaign.apply_plan").latest("pk")
    assert entry.note.startswith("Kế hoạch sửa đổi bỏ đợt này.")
    assert "Tổng kết giai đoạn 2022 - 2025" in entry.note


def test_retiring_twice_is_retiring_once(dossier, plan_207, officer, province):
    plan = without_last_round(plan_207)
    plans.apply(plan, actor=officer, owner=province, reason="Bỏ đợt.")
    entries = Entry.objects.count()

    again = plans.apply(plan, actor=officer, owner=province)

    assert again.changes == []
    assert Entry.objects.count() == entries


def test_a_plan_that_names_a_retired_round_again_takes_it_up_again(
    dossier, plan_207, officer, province
):
    Quota.objects.filter(round=dossier.round, kind="collective").update(used=3)
    whole = export.plan_of(plan_207)
    plans.apply(without_last_round(plan_207), actor=officer, owner=province, reason="Bỏ đợt.")

    plans.apply(whole, actor=officer, owner=province)

    assert AwardRound.objects.get(code="tong-ket").pk == dossier.round_id
    assert Quota.objects.get(round=dossier.round, kind="collective").used == 3
    assert export.plan_of(Campaign.objects.get()) == whole


def test_a_component_with_papers_and_a_content_inherited_elsewhere_need_a_reason(
    dossier, plan_207, officer, province
):
    Paper.objects.create(
        dossier=dossier,
        component=Component.objects.get(code="KHPD"),
        document=writing.document(dossier.unit, officer),
        added_by=officer,
    )
    part = Campaign.objects.create(code="con", name="Con", title="Con", unit=province)
    inherited = Content.objects.get(code="i", campaign=plan_207)
    Content.objects.create(campaign=part, code="1", order=1, name="x", parent_content=inherited)
    plan = export.plan_of(plan_207)
    components = plan.dossier.components[:-1]
    contents = tuple(content for content in plan.contents if content.code != "i")
    dossier_part = dataclasses.replace(plan.dossier, components=components)
    plan = dataclasses.replace(plan, contents=contents, dossier=dossier_part)

    assert len(plans.resting(plan, owner=province)) == 2
    plans.apply(plan, actor=officer, owner=province, reason="Theo kế hoạch sửa đổi.")

    assert export.plan_of(Campaign.objects.get(code="dong-thap-207")) == plan
    assert not Component.objects.filter(code="KHPD").exists()
    assert dossier.papers.get().component.code == "KHPD"
    assert Sector.objects.count() == 0


def test_the_page_asks_for_the_reason_and_writes_it_down(
    dossier, plan_207, officer, province, signed_in
):
    client = signed_in(officer)
    address = handed_in(client, without_last_round(plan_207), province)
    page = client.get(address)
    seen = page.context["form"]["seen"].value()

    assert 'name="reason"' in page.content.decode()
    assert client.post(address, {"seen": seen}).status_code == 422
    assert client.post(address, {"seen": seen, "reason": "Bỏ đợt."}).status_code == 302
    assert plan_207.rounds.in_force().count() == 1


def handed_in(client, plan, province):

    file = SimpleUploadedFile("ke-hoach.yaml", export.write(plan))
    return client.post(reverse("campaigns:plan_new"), {"file": file, "unit": province.pk}).url


def test_the_command_asks_for_the_reason(dossier, plan_207, officer, province, tmp_path):
    file = tmp_path / "ke-hoach.yaml"
    file.write_bytes(export.write(without_last_round(plan_207)))
    given = ["plan", "apply", str(file), "--by", officer.username]

    with pytest.raises(CommandError, match="--reason"):
        call_command(*given)
    call_command(*given, "--reason", "Bỏ đợt này")

    assert plan_207.rounds.in_force().count() == 1

"""`manage.py plan check|diff|apply|export`."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from campaigns.models import Campaign, PlanFile
from tests.campaigns.conftest import FILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def _ready(catalogue, communications, home_affairs):
    pass


def plan(*words):
    out = io.StringIO()
    call_command("plan", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_ready")
def test_a_file_is_checked_compared_and_applied_once(officer):
    assert "nothing to mend" in plan("check", FILE)
    assert "+ " in plan("diff", FILE)

    plan("apply", FILE, "--by", officer.username, "--launch")
    again = plan("apply", FILE)

    assert again == "Nothing differs.\n"
    assert plan("diff", FILE) == "Nothing differs.\n"
    assert Campaign.objects.get().state == Campaign.State.OPEN
    assert PlanFile.objects.get().applied_by == officer


@pytest.mark.usefixtures("_ready")
def test_without_a_name_the_portal_answers_for_it_and_nobody_signs_in_as_it():
    plan("apply", FILE)

    portal = User.objects.get(username="portal")
    assert PlanFile.objects.get().applied_by == portal
    assert not portal.is_active
    assert not portal.has_usable_password()


@pytest.mark.usefixtures("_ready")
def test_faults_stop_it_with_file_line_and_sentence(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(FILE.read_text().replace("total: 50", "total: 51"))

    with pytest.raises(CommandError) as refused:
        plan("apply", wrong)

    line = FILE.read_text().partition("total: 50")[0].count("\n") + 1
    assert f"wrong.yaml:{line}:" in str(refused.value)
    assert not Campaign.objects.exists()


def test_a_file_that_is_not_there_is_a_sentence(province):
    with pytest.raises(CommandError, match="nowhere.yaml: No such file"):
        plan("check", "nowhere.yaml")


def test_without_units_it_says_so():
    with pytest.raises(CommandError, match="There is no unit yet"):
        plan("check", FILE)


def test_a_campaign_that_is_not_there_is_not_exported():
    with pytest.raises(CommandError, match="There is no campaign “x”"):
        plan("export", "x")

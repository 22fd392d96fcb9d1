"""Every form over a row leaves one line in the history, with what stood before and what stands now."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from django.urls import get_resolver, reverse

from core.audit import log
from core.audit.models import Entry
from core.ui.forms import PortalModelForm
from criteria import services as criteria_services
from criteria.models import CriteriaSet
from dossiers.services import preparing
from tests import factories
from tests.core import test_versions as versions
from tests.factories import writing

pytestmark = pytest.mark.django_db


def of_a_dossier(have):
    return have("staff"), reverse("dossiers:general", args=[_draft(have).pk]), "contact"


def of_a_nominee(have):
    nominee = writing.nominee(_draft(have), by=have("staff"))
    return have("staff"), reverse("dossiers:nomination", args=[nominee.pk]), "position"


def of_a_report(have):
    nominee = writing.nominee(_draft(have), by=have("staff"))
    preparing.save_report(nominee=nominee, actor=have("staff"), sections={}, situation="Đã viết")
    return have("staff"), reverse("dossiers:report", args=[nominee.pk]), "situation"


def of_a_criterion(have):
    officer, _address, _field = versions.of_a_set(have)
    held = CriteriaSet.objects.get()
    rule = {"most": 5, "kind": "options", "rule": ["Có: 5", "Chưa có: 0"]}
    row = criteria_services.add(criteria_set=held, actor=officer, code="1", name="Một", **rule)
    return officer, reverse("criteria:criterion", args=[row.pk]), "name"


def _draft(have):
    of_round = factories.award_round(factories.campaign(unit=have("province")))
    return writing.draft(unit=have("ward"), of_round=of_round, by=have("staff"))


PAGES = versions.PAGES | {
    "CriterionForm": of_a_criterion,
    "GeneralForm": of_a_dossier,
    "NomineeForm": of_a_nominee,
    "ReportForm": of_a_report,
}


def test_every_form_over_a_row_has_its_page_here():
    assert get_resolver().url_patterns  # all pages, and with them all forms, are read
    held = {
        form.__name__
        for form in versions.subclasses(PortalModelForm)
        if form._meta.model and not form.__module__.startswith("tests.")
    }

    assert held == set(PAGES) | versions.NEW_ROWS_ONLY


@pytest.mark.parametrize("name", sorted(PAGES))
def test_an_edit_is_one_line_with_what_stood_before_and_what_stands_now(
    name, request, signed_in, today
):
    user, address, field = PAGES[name](request.getfixturevalue)
    client = signed_in(user)
    page = client.get(address)
    before = str(page.context["form"][field].value() or "")
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    more = {"by": "7/QĐ-UBND", "on": "01/12/2025"} if name == "CorrectionForm" else {}

    answer = client.post(address, versions.typed(page, **more, **{field: "Mới sửa"}))

    assert answer.status_code == 302, answer.context["form"].errors
    lines = Entry.objects.filter(pk__gt=last, actor=user).select_related("words")
    told = [
        change
        for line in lines
        for change in line.words.changes.values()
        if "Mới sửa" in change[1] and before in change[0] and change[0] != change[1]
    ]
    assert len(told) == 1, [line.words.changes for line in lines]


def test_who_is_signed_out_for_good_is_in_the_history(admin, ward, signed_in, today):
    user = factories.user("Lê Thị Mai", home=ward)
    address = reverse("accounts:user_edit", args=[user.pk])
    client = signed_in(admin)
    sent = versions.typed(client.get(address), email="moi@dongthap.gov.vn")
    del sent["is_active"]

    client.post(address, sent)

    line = Entry.objects.get(target_type="accounts.user", target_id=str(user.pk))
    assert line.words.changes["is_active"] == ["True", "False"]
    assert line.words.changes["email"] == [user.email, "moi@dongthap.gov.vn"]


def test_a_colleague_with_an_older_page_of_a_user_is_told_who_changed_it(
    admin, ward, signed_in, today
):
    user, address, field = versions.of_a_user({"admin": admin, "ward": ward}.get)
    client = signed_in(user)
    older = client.get(address)
    client.post(address, versions.typed(client.get(address), **{field: "Một"}))

    refused = client.post(address, versions.typed(older, **{field: "Hai"}))

    assert f"{admin} đã sửa lúc" in refused.content.decode()


HERE = ZoneInfo("Asia/Ho_Chi_Minh")
KEY = UUID("5f0c9a52-6f5c-4a94-9d3c-0d9f5f7a2b11")
SAME = [  # (a field, a value, the same value in other signs)
    (
        models.DateTimeField(),
        datetime(2025, 12, 3, 17, tzinfo=UTC),
        datetime(2025, 12, 4, tzinfo=HERE),
    ),
    (models.DateField(), date(2025, 12, 3), "2025-12-03"),
    (models.TimeField(), time(7, 30), "07:30"),
    (models.DurationField(), timedelta(hours=1), timedelta(minutes=60)),
    (models.DecimalField(max_digits=6, decimal_places=2), Decimal("1.50"), Decimal("1.5")),
    (models.FloatField(), 1.0, 1),
    (models.IntegerField(), 7, "7"),
    (models.BooleanField(), True, 1),
    (models.UUIDField(), KEY, KEY.hex),
    (models.JSONField(), {"b": 1, "a": [2]}, {"a": [2], "b": 1}),
    (models.JSONField(), [1, 2], (1, 2)),
    (models.CharField(max_length=9), "12", 12),
    (models.GenericIPAddressField(), "::1", "0:0:0:0:0:0:0:1"),
]


@pytest.mark.parametrize(
    ("field", "value", "again"), SAME, ids=[type(field).__name__ for field, *_values in SAME]
)
@isolate_apps("core.audit")
def test_the_same_value_in_other_signs_is_no_change(field, value, again, staff):
    class Row(models.Model):
        kept = field.clone()

        class Meta:
            app_label = "audit"
            db_table = "row_of_one_kind"

        def __str__(self):
            return str(self.kept)

    made = connection.schema_editor(collect_sql=True)
    made.deferred_sql = []  # not entered: SQLite does that in no transaction
    with connection.cursor() as cursor:
        cursor.execute(made.table_sql(Row)[0])
    row = Row.objects.create(kept=value)

    with log.editing(row, actor=staff, label="Không đổi gì"):
        row.kept = again
        row.save()

    assert not Entry.objects.exists()

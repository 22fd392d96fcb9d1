import logging
from urllib.parse import unquote

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from accounts.permissions import Perm, Role
from awards.models import Decision
from config import urls
from core.documents import store
from core.documents.views import DownloadPage
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

CONTENT = b"%PDF-1.7 <script>alert(1)</script>"


class PaperOfDecision(DownloadPage):
    model = Decision
    perm = Perm.DOSSIER_READ

    def document_of(self, obj):
        return obj.paper


urlpatterns = [*urls.urlpatterns, path("paper/<int:pk>/", PaperOfDecision.as_view())]


@pytest.fixture(autouse=True)
def _a_place_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def decision(staff, ward):
    paper = store.keep(
        CONTENT, name='Quyết định "đặc biệt".pdf', media_type=store.PDF, unit=ward, by=staff
    )
    return Decision.objects.create(
        unit=ward, created_by=staff, subject="a", reason="b", paper=paper
    )


def test_a_download_comes_whole_and_cannot_run(signed_in, staff, decision):
    response = signed_in(staff).get(f"/paper/{decision.pk}/")

    assert b"".join(response.streaming_content) == CONTENT
    headers = ["Content-Type", "Content-Length", "X-Content-Type-Options", "Cache-Control"]
    assert [response[name] for name in headers] == [
        "application/pdf",
        str(len(CONTENT)),
        "nosniff",
        "no-store, private",
    ]
    assert response["Content-Security-Policy"] == "sandbox"


def test_the_name_is_readable_for_old_and_new_programs(signed_in, staff, decision):
    said = signed_in(staff).get(f"/paper/{decision.pk}/")["Content-Disposition"]

    plain, _, encoded = said.partition("; filename*=UTF-8''")
    assert plain == 'attachment; filename="Quyet dinh _dac biet_.pdf"'
    assert unquote(encoded) == 'Quyết định "đặc biệt".pdf'


def test_a_pdf_is_shown_on_demand_in_no_page_but_ours(signed_in, staff, decision):
    response = signed_in(staff).get(f"/paper/{decision.pk}/?xem=1")

    assert b"".join(response.streaming_content) == CONTENT
    headers = ["Content-Type", "X-Content-Type-Options", "X-Frame-Options", "Cache-Control"]
    assert [response[name] for name in headers] == [
        "application/pdf",
        "nosniff",
        "SAMEORIGIN",
        "no-store, private",
    ]
    assert response["Content-Disposition"].startswith("inline; ")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize(
    ("kind", "way", "policy"),
    [
        (store.PNG, "inline", "sandbox; default-src 'none'"),
        (store.DOCX, "attachment", "sandbox"),
        (store.XLSX, "attachment", "sandbox"),
        ("text/html", "attachment", "sandbox"),
        ("image/svg+xml", "attachment", "sandbox"),
    ],
)
def test_only_what_cannot_run_is_shown(signed_in, staff, ward, decision, kind, way, policy):
    decision.paper = store.keep(b"<svg>", name="a", media_type=kind, unit=ward, by=staff)
    decision.save()

    response = signed_in(staff).get(f"/paper/{decision.pk}/?xem=1")

    assert response["Content-Disposition"].startswith(f"{way}; ")
    assert response["Content-Security-Policy"].startswith(policy)


def test_looking_out_of_reach_is_404_as_well(signed_in, decision, province):
    from_elsewhere = factories.member(Role.UNIT_STAFF, factories.unit("Xã khác", superior=province))

    assert signed_in(from_elsewhere).get(f"/paper/{decision.pk}/?xem=1").status_code == 404


def test_behind_nginx_the_file_is_sent_by_nginx(signed_in, staff, decision, settings):
    settings.X_ACCEL = "/kept/"

    response = signed_in(staff).get(f"/paper/{decision.pk}/")

    assert response["X-Accel-Redirect"] == f"/kept/{decision.paper.file.name}"
    assert response.content == b""
    assert response["Content-Security-Policy"] == "sandbox"


def test_a_row_out_of_reach_is_404(signed_in, decision, province):
    from_elsewhere = factories.member(Role.UNIT_STAFF, factories.unit("Xã khác", superior=province))

    assert signed_in(from_elsewhere).get(f"/paper/{decision.pk}/").status_code == 404


def test_a_row_without_a_file_is_404(signed_in, staff, decision):
    Decision.objects.update(paper=None)

    assert signed_in(staff).get(f"/paper/{decision.pk}/").status_code == 404


def test_a_file_that_is_gone_is_404_for_the_visitor_but_an_error_in_the_log(
    signed_in, staff, decision, caplog
):
    store.path_of(decision.paper).unlink()

    assert signed_in(staff).get(f"/paper/{decision.pk}/").status_code == 404
    assert f"document={decision.paper.pk} has no file" in caplog.text


def test_a_download_is_logged_with_keys_and_without_names(signed_in, staff, decision, caplog):
    caplog.set_level(logging.INFO, "portal.downloads")

    signed_in(staff).get(f"/paper/{decision.pk}/")

    assert [
        record.getMessage() for record in caplog.records if record.name == "portal.downloads"
    ] == [f"download document={decision.paper.pk} user={staff.pk}"]


def test_a_download_page_names_its_permission():
    with pytest.raises(ImproperlyConfigured):
        type("Careless", (DownloadPage,), {"model": Decision})

import errno

import pytest
from django.core.files import uploadhandler
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import JsonResponse
from django.urls import path

from core.documents.intake import Refused, receive
from core.documents.uploads import UploadHandler
from tests.core.files import making

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def _a_place_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def page(request):
    upload = request.FILES["paper"]
    on_disk = len(upload.read()) if upload.file else 0
    if upload.file:
        upload.seek(0)
    try:
        receive(upload, unit=request.user.home_unit, by=request.user)
    except Refused as refused:
        return JsonResponse(
            {"code": refused.code, "typed": request.POST["title"], "on_disk": on_disk}
        )
    return JsonResponse({"code": "", "on_disk": on_disk})


urlpatterns = [path("page/", page)]


@pytest.fixture
def post(signed_in, staff, tmp_path):
    def send(content):
        place = tmp_path / "Báo cáo.pdf"
        place.write_bytes(content)
        with place.open("rb") as file:
            return signed_in(staff).post("/page/", {"title": "Báo cáo", "paper": file}).json()

    return send


def test_a_file_arrives_whole(post):
    content = making.pdf(pages=200)

    assert post(content) == {"code": "", "on_disk": len(content)}


def test_an_empty_file_is_said_in_words(post):
    assert post(b"")["code"] == "empty"


def test_of_a_file_too_large_no_more_than_the_limit_is_written(post, settings):
    settings.UPLOAD_MOST = 200_000

    answer = post(b"%PDF-" + b"x" * 3_000_000)

    assert (answer["code"], answer["typed"]) == ("too_large", "Báo cáo")
    assert answer["on_disk"] <= 200_000 + FileUploadHandler.chunk_size


@pytest.mark.parametrize("when", ["opening", "writing"])
def test_a_full_disk_keeps_the_rest_of_the_form(post, monkeypatch, when):
    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    where = TemporaryUploadedFile if when == "writing" else uploadhandler
    name = "write" if when == "writing" else "TemporaryUploadedFile"
    monkeypatch.setattr(where, name, full, raising=False)

    answer = post(making.pdf())

    assert (answer["code"], answer["typed"]) == ("disk_full", "Báo cáo")


def test_another_fault_of_the_disk_is_not_hidden():
    with pytest.raises(OSError, match="broken"):
        UploadHandler()._note(OSError(errno.EIO, "broken"))

import os
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from awards.models import Decision
from core.documents import store, sweep
from core.documents.models import Document

pytestmark = pytest.mark.django_db

DAYS = 24 * 3600


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def paper(staff, ward):
    return keep(staff, ward)


def keep(staff, ward, content=b"%PDF-1.7"):
    return store.keep(content, name="Giấy.pdf", media_type=store.PDF, unit=ward, by=staff)


def files(media):
    return sorted(path for path in media.rglob("*") if path.is_file())


def aged(path, days):
    then = time.time() - days * DAYS - 60
    os.utime(path, (then, then))


def test_a_paper_is_kept_and_read_again(paper):
    assert store.read(paper) == b"%PDF-1.7"
    assert paper.size == 8


def test_its_place_says_nothing_of_it(paper, media):
    (path,) = files(media)

    assert (
        str(path.relative_to(media))
        == f"documents/{paper.pk.hex[:2]}/{paper.pk.hex[2:4]}/{paper.pk.hex}"
    )


def test_content_may_come_in_pieces(staff, ward):
    paper = store.keep(
        iter([b"ab", b"", b"c"]), name="a", media_type=store.ZIP, unit=ward, by=staff
    )

    assert store.read(paper) == b"abc"


def test_an_empty_paper_is_not_kept(staff, ward):
    with pytest.raises(IntegrityError), transaction.atomic():
        keep(staff, ward, b"")


def test_a_changed_file_is_not_handed_out(paper):
    flip_one_byte(paper)

    with pytest.raises(store.Corrupt):
        store.read(paper)


def test_a_missing_file_is_not_handed_out(paper):
    store.path_of(paper).unlink()

    with pytest.raises(store.Corrupt):
        store.read(paper)


def flip_one_byte(paper):
    path = store.path_of(paper)
    path.write_bytes(b"X" + path.read_bytes()[1:])


def test_a_failed_write_leaves_nothing_behind(staff, ward, media):
    def breaks():
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        store.keep(breaks(), name="a", media_type=store.PDF, unit=ward, by=staff)

    assert (files(media), Document.objects.count()) == ([], 0)


def test_the_sweep_removes_a_file_whose_row_never_came(staff, ward, media):
    savepoint = transaction.savepoint()
    keep(staff, ward)
    transaction.savepoint_rollback(savepoint)
    (orphan,) = files(media)

    assert sweep.files_without_rows() == []  # its row may still be on the way
    aged(orphan, days=1)
    assert sweep.files_without_rows() == [orphan]
    assert files(media) == []


def test_the_sweep_removes_what_a_crash_left_under_way(media):
    left = media / store.UNDER_WAY / "tmpabc"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    aged(left, days=1)

    call_command("sweep_documents", stdout=StringIO())

    assert files(media) == []


def test_the_sweep_leaves_what_is_right(paper, media, capsys):
    aged(store.path_of(paper), days=30)

    call_command("sweep_documents")

    assert len(files(media)) == 1
    assert "0 files without rows removed" in capsys.readouterr().out


@pytest.mark.parametrize("fault", ["missing", "changed"])
def test_the_sweep_fails_on_a_row_whose_file_is_not_right(paper, capsys, fault):
    if fault == "missing":
        store.path_of(paper).unlink()
    else:
        flip_one_byte(paper)

    with pytest.raises(CommandError, match="1 documents are not right"):
        call_command("sweep_documents")

    assert str(paper.pk) in capsys.readouterr().err


def test_an_upload_nobody_finished_goes_after_a_week(paper, media):
    Document.objects.update(waiting=True)
    aged(store.path_of(paper), days=6)
    assert sweep.forgotten() == 0

    aged(store.path_of(paper), days=7)
    assert sweep.forgotten() == 1
    assert (files(media), Document.objects.count()) == ([], 0)


def test_an_upload_that_a_row_holds_on_to_stays(paper, staff, ward, media):
    Document.objects.update(waiting=True)
    aged(store.path_of(paper), days=8)
    Decision.objects.create(unit=ward, created_by=staff, subject="a", reason="b", paper=paper)

    assert sweep.forgotten() == 0
    paper.refresh_from_db()
    assert (paper.waiting, len(files(media))) == (False, 1)

import io
import zipfile
from uuid import uuid4

import pikepdf
import pytest

from awards import services, tasks
from awards.models import Award, AwardType, NomineeKind
from awards.workflow import DECISION
from core.documents import store
from core.documents.models import Document
from core.jobs import background
from core.jobs.models import Job
from tests.factories import awards as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "_place")]


@pytest.fixture
def _place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def issued(province, decider):
    return factory.issued(unit=province, decider=decider, awards=3)


def certificates_job():
    """The one that waits."""
    return Job.objects.get(task="awards.tasks.render_certificates", state=Job.State.QUEUED)


def run(job):
    background.run(str(job.pk))
    job.refresh_from_db()
    return job


def test_every_award_gets_its_certificate(issued):
    job = run(certificates_job())

    assert (job.state, job.done, job.total, job.error) == ("done", 3, 3, "")
    assert not issued.awards.filter(certificate=None).exists()


def test_a_certificate_says_the_award_and_is_kept_for_its_unit(issued):
    run(certificates_job())

    award = issued.awards.in_book_order().first()
    assert award.certificate.name == "BKT-2025 0001 Bà Trần Thị Số 1.pdf"
    assert award.certificate.unit == award.unit
    with pikepdf.open(io.BytesIO(store.read(award.certificate))) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.docinfo["/Title"] == "Bằng khen 01/BKT-2025 – Bà Trần Thị Số 1"


def test_the_decision_gets_all_certificates_in_one_pdf_and_as_zip(issued):
    job = run(certificates_job())

    issued.refresh_from_db()
    assert job.error == ""
    with pikepdf.open(io.BytesIO(store.read(issued.booklet))) as pdf:
        assert len(pdf.pages) == 3
    with zipfile.ZipFile(io.BytesIO(store.read(issued.bundle))) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == [a.certificate.name for a in issued.awards.in_book_order()]
    assert set(job.results.all()) == {issued.booklet, issued.bundle}


def test_running_again_makes_nothing_twice(issued):
    run(certificates_job())
    before = set(Document.objects.values_list("pk", flat=True))

    again = tasks.render_certificates.start(by=issued.created_by, decision_id=issued.pk)
    run(again)

    assert (again.state, again.done, again.total) == ("done", 3, 3)
    assert set(Document.objects.values_list("pk", flat=True)) == before


def test_a_run_cut_off_in_the_middle_goes_on_where_it_stopped(issued, monkeypatch):
    job = certificates_job()
    make = tasks._make

    def dies_at_the_second(award, job):
        if job.done == 1:
            raise SystemExit
        make(award, job)

    monkeypatch.setattr(tasks, "_make", dies_at_the_second)
    with pytest.raises(SystemExit):
        background.run(str(job.pk))
    first = issued.awards.exclude(certificate=None).get()
    monkeypatch.setattr(tasks, "_make", make)
    Job.objects.filter(pk=job.pk).update(seen_at=None, state=Job.State.QUEUED)

    run(job)

    assert job.state == "done"
    assert issued.awards.get(pk=first.pk).certificate == first.certificate
    assert issued.awards.filter(certificate=None).count() == 0


def test_a_run_that_lost_its_job_links_nothing(issued):
    job = certificates_job()
    claimed = Job.objects.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(token=uuid4())  # another run has taken over
    award = issued.awards.for_papers().first()

    with pytest.raises(background.LostLease):
        tasks._make(award, claimed)

    assert not Award.objects.exclude(certificate=None).exists()
    assert not Document.objects.exists()


def test_words_that_cannot_be_printed_stop_the_job_after_the_others(province, decider):
    factory.authority()
    officer = factory.member(factory.Role.OFFICER, province)
    draft = factory.decision(unit=province, actor=officer)
    for name in ("Bà Trần Thị Hai", "Ông 漢字", "Bà Trần Thị Ba"):
        factory.award(draft, name=name, unit=province, actor=officer)
    factory.sign(draft, actor=officer)
    issued = DECISION.perform(draft, "issue", actor=decider)

    job = run(certificates_job())

    assert job.state == "parked"
    assert "Ông 漢字" in job.error
    assert [a.name for a in issued.awards.filter(certificate=None)] == ["Ông 漢字"]


def test_a_title_without_a_certificate_gets_none(province, decider):
    officer = factory.member(factory.Role.OFFICER, province)
    draft = factory.decision(unit=province, actor=officer)
    title = factory.award_type(
        "LDTT", family=AwardType.Family.TITLE, certificate_title="", short_name="LĐTT"
    )
    factory.authority(title)
    factory.award(draft, name="Bà Trần Thị Hai", unit=province, actor=officer, of_type=title)
    factory.sign(draft, actor=officer)
    issued = DECISION.perform(draft, "issue", actor=decider)

    job = run(certificates_job())

    assert (job.state, job.total) == ("done", 0)
    assert issued.awards.get().certificate is None


def test_a_certificate_made_again_leaves_the_former_one_kept(issued):
    run(certificates_job())
    award = issued.awards.first()
    former = award.certificate

    services.reissue_certificate(award=award, actor=issued.created_by)
    run(certificates_job())

    award.refresh_from_db()
    assert list(award.former_certificates.all()) == [former]
    assert award.certificate not in (None, former)


def test_corrected_words_are_printed_and_the_collections_made_anew(issued):
    run(certificates_job())
    issued.refresh_from_db()
    old, award = issued.booklet, issued.awards.in_book_order().first()

    services.correct_award(
        award=award,
        name="Bà Trần Thị Xuân",
        position="",
        by="12/QĐ-UBND",
        on=issued.signed_on,
        actor=issued.created_by,
    )
    run(certificates_job())

    issued.refresh_from_db()
    award.refresh_from_db()
    assert award.certificate.name == "BKT-2025 0001 Bà Trần Thị Xuân.pdf"
    assert issued.booklet not in (None, old)


def test_a_collective_and_a_household_are_printed_too(province, decider):
    factory.authority()
    officer = factory.member(factory.Role.OFFICER, province)
    draft = factory.decision(unit=province, actor=officer)
    put = {"unit": province, "actor": officer}
    factory.award(draft, name="Phòng Kinh tế xã Tân Hồng", kind=NomineeKind.COLLECTIVE, **put)
    factory.award(draft, name="Hộ ông Lê Văn Sáu", kind=NomineeKind.HOUSEHOLD, **put)
    factory.sign(draft, actor=officer)
    DECISION.perform(draft, "issue", actor=decider)

    assert run(certificates_job()).state == "done"


def test_the_decision_is_printed_once(issued):
    first = Job.objects.get(task="awards.tasks.render_decision")
    run(first)
    issued.refresh_from_db()
    again = run(tasks.render_decision.start(by=issued.created_by, decision_id=issued.pk))

    assert (first.state, again.state) == ("done", "done")
    assert list(again.results.all()) == [issued.paper]


def test_a_revoked_certificate_leaves_the_files_with_all_of_them(issued, decider):
    run(certificates_job())
    issued.refresh_from_db()
    old, award = issued.booklet, issued.awards.in_book_order().first()

    factory.revoke(award, actor=decider)
    issued.refresh_from_db()
    between = issued.booklet, issued.bundle
    run(certificates_job())

    issued.refresh_from_db()
    award.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(store.read(issued.bundle))) as packed:
        names = packed.namelist()
    assert between == (None, None)
    assert issued.booklet not in (None, old)
    assert award.certificate.name not in names
    assert len(names) == issued.awards.standing().count() == issued.awards.count() - 1

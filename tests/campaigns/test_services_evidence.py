"""Evidence: kept once, used many times, taken away in one place only."""

import pytest
from django.core.exceptions import PermissionDenied

from campaigns import services
from campaigns.models import Evidence, EvidenceUse
from core.documents import store
from core.workflow import Blocked, NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(field):
    return field.sheet()


@pytest.fixture
def writer(field, sheet):
    return field.staff[sheet.unit_id]


@pytest.fixture
def minutes(sheet, writer):
    file = store.keep(
        b"%PDF-1.4 minutes", name="bien-ban.pdf", media_type=store.PDF, unit=sheet.unit, by=writer
    )
    return services.keep_evidence(
        unit=sheet.unit, title="Biên bản họp quý I", number="12/BB", file=file, actor=writer
    )


def put(field, sheet, evidence, code, actor, **where):
    return services.use_evidence(
        sheet=sheet, criterion=field.criteria[code], evidence=evidence, actor=actor, **where
    )


def test_one_file_serves_many_criteria_and_is_kept_once(field, sheet, writer, minutes):
    for code in ("1.1", "1.2", "2.1"):
        put(field, sheet, minutes, code, writer, page=3)
    put(field, sheet, minutes, "1.1", writer, page=4, quote="họp 4 lần")

    assert minutes.uses.count() == 3
    assert EvidenceUse.objects.get(criterion__code="1.1").quote == "họp 4 lần"
    again = store.keep(
        b"%PDF-1.4 minutes", name="ban-sao.pdf", media_type=store.PDF, unit=sheet.unit, by=writer
    )
    same = services.keep_evidence(unit=sheet.unit, title="Bản sao", file=again, actor=writer)
    assert same == minutes


def test_taking_one_use_away_leaves_the_others_and_the_evidence(field, sheet, writer, minutes):
    first = put(field, sheet, minutes, "1.1", writer)
    second = put(field, sheet, minutes, "1.2", writer)

    services.drop_use(use=first, actor=writer)

    assert list(minutes.uses.all()) == [second]
    with pytest.raises(Blocked, match="đang được dùng"):
        services.remove_evidence(evidence=minutes, actor=writer)
    services.drop_use(use=second, actor=writer)
    services.remove_evidence(evidence=minutes, actor=writer)
    assert not Evidence.objects.exists()


def test_evidence_of_another_unit_is_not_used(field, sheet, minutes):
    other = field.sheet(1)
    with pytest.raises(Blocked, match="đơn vị khác"):
        put(field, other, minutes, "1.1", field.staff[other.unit_id])
    with pytest.raises(PermissionDenied):
        put(field, sheet, minutes, "1.1", field.staff[other.unit_id])


def test_a_sent_sheet_keeps_its_evidence_but_for_what_came_back(field, sheet, writer, minutes):
    use = put(field, sheet, minutes, "1.1", writer)
    sheet = field.bring(sheet, "scored")

    with pytest.raises(NotNow):
        services.drop_use(use=use, actor=writer)
    services.return_criterion(
        sheet=sheet,
        criterion=field.criteria["1.2"],
        reason="Thiếu",
        actor=field.verifier_of(sheet),
    )
    put(field, sheet, minutes, "1.2", writer)


def test_a_reference_needs_its_number(sheet, writer):
    with pytest.raises(Blocked):
        services.keep_evidence(unit=sheet.unit, title="Công văn", actor=writer)

"""Sheets are counted anew from their entries; what was published is told and stays."""

from decimal import Decimal as D

import pytest
from django.core.management import CommandError, call_command

from campaigns import figures, services
from campaigns.models import Block, ScoreSheet, Stage
from tests.factories.sheets import POINTS

pytestmark = pytest.mark.django_db


def recount(**more):
    return services.recount(blocks=Block.objects.all(), **more)


def test_sheets_keep_what_their_entries_come_to(field):
    field.bring(field.sheet(0), "appraised")
    field.bring(field.sheet(1), "scored")
    changed = field.bring(field.sheet(2), "scored")
    services.save_entries(
        sheet=changed,
        stage=Stage.VERIFIED,
        changes=[field.change("1.1", points="5", explanation="Chỉ có 1 biên bản")],
        actor=field.verifier_of(changed),
    )

    told = recount()

    assert (told.sheets, told.wrong) == (3, [])
    assert told.places[field.block.pk] == figures.ranking(field.block)
    assert ScoreSheet.objects.get(pk=changed.pk).verified_points == POINTS - 10


def test_a_total_that_was_touched_is_found_and_mended(field, capsys):
    sheet = field.bring(field.sheet(), "scored")
    ScoreSheet.objects.filter(pk=sheet.pk).update(own_points=D("50.00"))

    ((wrong, differing),) = recount().wrong
    with pytest.raises(CommandError):
        call_command("scores", "check")
    assert (wrong, differing) == (sheet, {"own_points": (D("50.00"), POINTS)})
    assert ScoreSheet.objects.get(pk=sheet.pk).own_points == 50

    call_command("scores", "mend", year=2025)

    assert ScoreSheet.objects.get(pk=sheet.pk).own_points == POINTS
    assert recount().wrong == []


def test_what_is_published_is_told_and_stays(field, settings):
    settings.DEMO = True  # its clock is put forward, beyond the days to object
    sheet = field.publish()[0]
    ScoreSheet.objects.filter(pk=sheet.pk).update(appraised_points=D(1))

    assert len(recount(mend=True).wrong) == 1
    assert ScoreSheet.objects.get(pk=sheet.pk).appraised_points == 1


def test_all_of_a_block_is_counted_in_a_handful_of_queries(field, django_assert_max_num_queries):
    for place in range(3):
        field.bring(field.sheet(place), "scored")

    with django_assert_max_num_queries(10):
        recount()

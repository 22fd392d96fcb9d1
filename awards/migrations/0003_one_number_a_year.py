"""A number is given once in a year; granted awards are of the year in which their decision was
signed, not of that in which it was drawn up. A year that was stated for an award without a period
of its achievement stays: as the last year of that period.

Numbers that are kept are brought to their one form before. Stops where two decisions of a unit then
have one number in one year: people must say which is right.
"""

from collections import defaultdict

import django.db.models.functions.datetime
from django.core.management import CommandError
from django.db import migrations, models

from core.text import fold, official_number


def write_numbers_in_one_form(apps, schema_editor):
    decisions = apps.get_model("awards", "Decision").objects.order_by("pk")
    _refuse_doubles(decisions.exclude(state="cancelled").exclude(number="").exclude(signed_on=None))
    for row in decisions.iterator():
        number, proposal = official_number(row.number), official_number(row.proposal_number)
        if (number, proposal) != (row.number, row.proposal_number):
            row.number, row.proposal_number = number, proposal
            row.search_text = fold(f"{number} {row.subject}")
            row.save(update_fields=["number", "proposal_number", "search_text"])
    awards = apps.get_model("awards", "Award").objects
    for number in awards.order_by().values_list("revoked_by", flat=True).distinct():
        if (right := official_number(number)) != number:
            awards.filter(revoked_by=number).update(revoked_by=right)


def _refuse_doubles(decisions):
    found = defaultdict(list)
    for row in decisions.select_related("unit"):
        found[row.unit_id, official_number(row.number), row.signed_on.year].append(row)
    doubles = [rows for rows in found.values() if len(rows) > 1]
    if doubles:
        raise CommandError(" ".join(map(_sentence, doubles)))


def _sentence(rows):
    said = "; ".join(f"“{row.number}” of {row.signed_on:%d/%m/%Y} (id {row.pk})" for row in rows)
    number, year = official_number(rows[0].number), rows[0].signed_on.year
    return (
        f"{rows[0].unit.name} has {len(rows)} decisions with number {number} in {year}: {said}. "
        "Enter the right numbers by the version before, then migrate again."
    )


def follow_the_signing(apps, schema_editor):
    awards = apps.get_model("awards", "Award").objects
    awards.filter(state="pending", achieved_to=None).update(achieved_to=models.F("year"))
    granted = awards.exclude(state="pending")
    signed = granted.order_by().values_list("decision__signed_on__year", flat=True).distinct()
    for year in list(signed):
        moved = granted.filter(decision__signed_on__year=year).exclude(year=year)
        moved.filter(achieved_to=None).update(achieved_to=models.F("year"))
        moved.update(year=year)


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0002_corrections_and_submissions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_number_once_a_day",
        ),
        migrations.RunPython(write_numbers_in_one_form, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            model_name="award",
            name="corrected_by",
            field=models.CharField(blank=True, max_length=120, verbose_name="Correcting decision"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                models.F("unit"),
                models.F("number"),
                django.db.models.functions.datetime.ExtractYear("signed_on"),
                condition=models.Q(
                    models.Q(("number", ""), _negated=True),
                    models.Q(("state", "cancelled"), _negated=True),
                ),
                name="decision_number_once_a_year",
                violation_error_message="A decision of this year has this number already.",
            ),
        ),
        migrations.RunPython(follow_the_signing, migrations.RunPython.noop, elidable=True),
    ]

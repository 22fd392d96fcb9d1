"""A number is given once in a year; granted awards are of the year in which their decision was
signed, not of that in which it was drawn up. A year that was stated for an award without a period
of its achievement stays: as the last year of that period.

Stops where two decisions of a unit have one number in one year: people must say which is right.
"""

import django.db.models.functions.datetime
from django.db import migrations, models


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

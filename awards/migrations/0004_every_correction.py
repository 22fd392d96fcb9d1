"""Every correcting decision of an award is kept, not only the last one."""

import django.db.models.deletion
from django.db import migrations, models

from core.text import official_number


def keep_the_last(apps, schema_editor):
    held = apps.get_model("awards", "Award").objects.exclude(corrected_by="")
    corrections = apps.get_model("awards", "Correction").objects
    rows = held.exclude(corrected_on=None).order_by("pk")
    for pk, number, day in rows.values_list("pk", "corrected_by", "corrected_on"):
        corrections.create(award_id=pk, number=official_number(number), signed_on=day)


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0003_one_number_a_year"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=120, verbose_name="Correcting decision")),
                ("signed_on", models.DateField(verbose_name="Corrected on")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="awards.award",
                    ),
                ),
            ],
            options={"ordering": ["signed_on", "pk"]},
        ),
        migrations.RunPython(keep_the_last, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="award", name="corrected_by"),
    ]

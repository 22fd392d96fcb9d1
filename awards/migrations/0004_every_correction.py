"""Every correcting decision of an award is kept, not only the last one."""

import django.db.models.deletion
from django.db import migrations, models

from core.text import official_number


def keep_them(apps, schema_editor):
    held = apps.get_model("awards", "Award").objects.exclude(corrected_by="")
    corrections = apps.get_model("awards", "Correction").objects
    for row in held.exclude(corrected_on=None).order_by("pk"):
        row.corrected_by = official_number(row.corrected_by)
        row.save(update_fields=["corrected_by"])
        corrections.create(award=row, number=row.corrected_by, signed_on=row.corrected_on)


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
        migrations.RunPython(keep_them, migrations.RunPython.noop, elidable=True),
    ]

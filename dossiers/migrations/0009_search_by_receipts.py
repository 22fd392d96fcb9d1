"""A dossier is found by each of its receipts: their numbers join what the search reads."""

from django.db import migrations

from core.text import fold


def forwards(apps, schema_editor):
    dossiers = apps.get_model("dossiers", "Dossier").objects.exclude(submitted_at=None)
    for dossier in dossiers.prefetch_related("submissions").iterator(chunk_size=500):
        numbers = [fold(sent.number) for sent in dossier.submissions.all()]
        dossier.search_text = " ".join([dossier.search_text, *numbers])
        dossier.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0008_answers")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]

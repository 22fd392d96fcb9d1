"""Users sort by given name; those that are there get their key from the name."""

from django.db import migrations, models

from core.text import name_key


def fill(apps, schema_editor):
    users = apps.get_model("accounts", "User")._base_manager
    for user in users.only("pk", "full_name").iterator():
        users.filter(pk=user.pk).update(sort_key=name_key(user.full_name))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_reorganisations")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="sort_key",
            field=models.CharField(default="", editable=False, max_length=300),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="user",
            name="sort_key",
            field=models.CharField(db_index=True, editable=False, max_length=300),
        ),
    ]

"""A person has the address that the administrator entered; those kept by allauth beside it go.

They came from its own page for addresses and from every forgotten password, led to accounts, and
kept their people from a second factor.
"""

from django.db import migrations


def forwards(apps, schema_editor):
    apps.get_model("account", "EmailAddress").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_user_sort_key"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]

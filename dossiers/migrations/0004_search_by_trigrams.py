"""Indexes for the search, which finds words anywhere in a folded text.

Only on PostgreSQL, and only where this role may make the extension pg_trgm (it is a trusted one:
the owner of the database may). Elsewhere the search reads all rows, and finds the same.
"""

from django.db import DatabaseError, migrations, transaction

TABLES = ["dossiers_dossier", "dossiers_nomination", "awards_award", "accounts_person"]


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE INDEX {table}_search ON {table} USING gin (search_text gin_trgm_ops)"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {table}_search")


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0003_indexes"),
        ("awards", "0001_initial"),
        ("accounts", "0001_initial"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]

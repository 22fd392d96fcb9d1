"""Two ways round the triggers are closed: REPLACE on SQLite, TRUNCATE on PostgreSQL.

SQLite deletes the row in the way of a REPLACE without asking the triggers of deletion, unless the
connection wants them asked; so an insertion over what is there is refused before it begins.
"""

from django.db import migrations

POSTGRESQL = [
    f"""CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"""
    for table in ("audit_entry", "audit_words")
]
SQLITE = [
    f"""CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
        BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END"""
    for table, same in [
        ("audit_entry", "id = NEW.id OR hash = NEW.hash"),
        ("audit_words", "entry_id = NEW.entry_id OR rowid = NEW.rowid"),
    ]
]
BACK_POSTGRESQL = [
    f"DROP TRIGGER {table}_not_emptied ON {table}" for table in ("audit_entry", "audit_words")
]
BACK_SQLITE = [f"DROP TRIGGER {table}_not_replaced" for table in ("audit_entry", "audit_words")]


def forwards(apps, schema_editor):
    run(schema_editor, POSTGRESQL, SQLITE)


def backwards(apps, schema_editor):
    run(schema_editor, BACK_POSTGRESQL, BACK_SQLITE)


def run(schema_editor, postgresql, sqlite):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in postgresql if is_postgresql else sqlite:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_checks")]
    operations = [migrations.RunPython(forwards, backwards)]

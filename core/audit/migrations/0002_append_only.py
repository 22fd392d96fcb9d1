"""The history is append-only: the database itself refuses changes, on both engines."""

from django.db import migrations

POSTGRESQL = [
    """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the history is append-only'; END $$""",
    """CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_words_unchanged BEFORE UPDATE ON audit_words
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
]
SQLITE = [
    f"""CREATE TRIGGER {name} BEFORE {event} ON {table}
        BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END"""
    for name, event, table in [
        ("audit_entry_not_updated", "UPDATE", "audit_entry"),
        ("audit_entry_not_deleted", "DELETE", "audit_entry"),
        ("audit_words_not_updated", "UPDATE", "audit_words"),
    ]
]
BACK_POSTGRESQL = [
    "DROP TRIGGER audit_words_unchanged ON audit_words",
    "DROP TRIGGER audit_entry_append_only ON audit_entry",
    "DROP FUNCTION audit_refuse",
]
BACK_SQLITE = [
    "DROP TRIGGER audit_entry_not_updated",
    "DROP TRIGGER audit_entry_not_deleted",
    "DROP TRIGGER audit_words_not_updated",
]


def forwards(apps, schema_editor):
    run(schema_editor, POSTGRESQL, SQLITE)


def backwards(apps, schema_editor):
    run(schema_editor, BACK_POSTGRESQL, BACK_SQLITE)


def run(schema_editor, postgresql, sqlite):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in postgresql if is_postgresql else sqlite:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]

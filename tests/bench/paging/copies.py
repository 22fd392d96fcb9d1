"""Ten times as many dossiers in seconds: the database copies the rows that are there.

Every copy has keys of its own, and points to the copies of what its original points to; what must
be unique carries the number of the copy. All else stays, so every share and ratio stays.
"""

from typing import Any

from django.db import connection, models

from accounts.models import Notice
from awards.models import Award, Decision
from core.audit.models import Entry, Words
from core.documents.models import Document
from dossiers import models as dossiers
from dossiers.models import Dossier

TABLES: list[Any] = [
    Dossier,
    Decision,
    Award,
    dossiers.Nomination,
    dossiers.AchievementReport,
    dossiers.ReportSection,
    Document,
    dossiers.Paper,
    dossiers.Submission,
    dossiers.Defect,
    dossiers.ClockStop,
    dossiers.Verdict,
    Entry,
    Words,
    Notice,
]
APART = 1_000_000  # between the keys of a row and of its next copy
LONGER = {"file", "identity"}  # unique texts with room for the number
AS_LONG = {"hash", "code"}  # unique texts without: they begin with an I, which no original has
PAPER = " AND id IN (SELECT document_id FROM dossiers_paper)"  # plan files are nobody's copy


def multiply(copies: int) -> None:
    """Add so many copies of every dossier and of what hangs on it."""
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(copying(model), {"copies": copies})


def copying(model: Any) -> str:
    """The statement that copies the original rows of one table."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(value(model, field) for field in fields)
    table = model._meta.db_table
    only = PAPER if model is Document else ""
    return (
        f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}", '
        f"generate_series(1, %(copies)s) AS n WHERE true{only}"
    )


def value(model: Any, field: Any) -> str:
    """The expression for one column of a copy; `n` is its number."""
    column = f'"{field.column}"'
    target = field.related_model if field.is_relation else model if field.primary_key else None
    if target in TABLES:
        if isinstance(target._meta.pk, models.UUIDField):
            return f"CASE WHEN {column} IS NOT NULL THEN md5({column}::text || n)::uuid END"
        return f"{column} + n * {APART}"
    if field.name == "number" and model is Decision:  # 07/QĐ-UBND: no other may come to 507
        counted = f"split_part({column}, '/', 1)::int + n * {APART // 10}"
        return f"CASE WHEN {column} = '' THEN '' ELSE {counted} || substr({column}, strpos({column}, '/')) END"
    if field.name == "number" and model in {Dossier, dossiers.Submission}:
        return f"CASE WHEN {column} = '' THEN '' ELSE n || {column} END"
    if field.name == "target_id":
        return f"({column}::bigint + n * {APART})::text"
    if field.name == "golden_number":
        return f"{column} + n * {APART // 10}"
    if field.name in LONGER:
        return f"n || {column}"
    if field.name in AS_LONG:
        return f"'I' || n || substr({column}, 3)"
    return column

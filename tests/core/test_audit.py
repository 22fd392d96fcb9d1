"""The history cannot be changed unseen."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core.audit import chain, log
from core.audit.models import Entry, Words
from core.clock import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(ward, staff):
    return [
        log.record(
            actor=staff, verb="unit.edit", label=f"Sửa lần {n}", target=ward, unit=ward, note="…"
        )
        for n in range(5)
    ]


def by_force(sql, params):
    """Change a row as somebody who owns the database could, with the triggers off."""
    names = {
        "sqlite": ["DROP TRIGGER audit_entry_not_updated", "DROP TRIGGER audit_entry_not_deleted"]
        + ["DROP TRIGGER audit_words_not_updated"],
        "postgresql": [
            "SET CONSTRAINTS ALL IMMEDIATE",
            "ALTER TABLE audit_entry DISABLE TRIGGER USER",
        ]
        + ["ALTER TABLE audit_words DISABLE TRIGGER USER"],
    }
    with connection.cursor() as cursor:
        for statement in names[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(sql, params)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET verb = 'x' WHERE id = %s",
        "DELETE FROM audit_entry WHERE id = %s",
        "UPDATE audit_words SET note = 'x' WHERE entry_id = %s",
    ],
)
def test_the_database_refuses_to_change_the_history(five, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [five[2].pk])

    assert chain.first_fault() is None


def replacing(table, *hidden, **changed):
    """A REPLACE of one whole row by itself with some columns changed, as SQL."""
    columns = [*hidden, *(field.column for field in table._meta.concrete_fields)]
    values = [changed.get(name, name) for name in columns]
    name, key = table._meta.db_table, table._meta.pk.column
    return (
        f"REPLACE INTO {name} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {name}"
        f" WHERE {key} = %s"
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows REPLACE")
@pytest.mark.parametrize(
    "sql",
    [
        replacing(Entry, verb="'x'"),
        replacing(Entry, verb="'x'", id="id + 1000"),  # in the way is the hash alone
        replacing(Words, note="'x'"),
        replacing(Words, "rowid", entry_id="entry_id + 1000"),
    ],
)
def test_nothing_takes_the_place_of_a_written_row(five, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql, [five[2].pk])

    assert Entry.objects.get(pk=five[2].pk).verb == "unit.edit"
    assert chain.without_words() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["audit_words", "audit_entry CASCADE", "accounts_unit CASCADE"])
def test_the_history_is_never_emptied_at_once(five, table):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table}")

    assert Entry.objects.count() == 5


@pytest.mark.parametrize(
    ("sql", "row", "found", "what"),
    [
        ("UPDATE audit_entry SET verb='x' WHERE id=%s", 2, 2, "changed"),
        ("UPDATE audit_entry SET at='2020-01-01 00:00:00+00' WHERE id=%s", 2, 2, "changed"),
        ("UPDATE audit_words SET note='khác' WHERE entry_id=%s", 3, 3, "words"),
        ("UPDATE audit_entry SET hash=digest WHERE id=%s", 4, 4, "changed"),
        ("UPDATE audit_entry SET previous=digest WHERE id=%s", 1, 1, "removed, swapped"),
    ],
)
def test_tampering_is_found_at_its_first_row(five, sql, row, found, what):
    by_force(sql, [five[row].pk])

    entry, text = chain.first_fault()

    assert entry.pk == five[found].pk
    assert what in text


def test_a_removed_row_is_found_at_the_next(five):
    Words.objects.filter(entry=five[2]).delete()
    by_force("DELETE FROM audit_entry WHERE id=%s", [five[2].pk])

    entry, _text = chain.first_fault()

    assert entry.pk == five[3].pk


def test_a_cut_tail_is_found_against_a_head_kept_elsewhere(five):
    Words.objects.filter(entry=five[4]).delete()
    by_force("DELETE FROM audit_entry WHERE id=%s", [five[4].pk])

    assert chain.first_fault() is None
    with pytest.raises(CommandError, match="cut off"):
        call_command("verify_history", head=five[4].hash)


def test_erased_words_do_not_break_the_chain(five):
    Words.objects.filter(entry=five[2]).delete()

    assert chain.first_fault() is None


def test_an_entry_without_words_can_still_be_read(five, ward):
    Words.objects.filter(entry=five[4]).delete()

    entry = Entry.objects.get(pk=five[4].pk)

    assert (entry.actor_name, entry.label, entry.note) == (
        "Một người (tên đã xóa)",
        "Nội dung đã xóa theo quy định của pháp luật",
        "",
    )
    assert log.changed_meanwhile(ward).startswith("Một người (tên đã xóa) đã sửa lúc")


def test_words_that_are_gone_are_named_until_somebody_answers_for_them(five, capsys):
    Words.objects.filter(entry__in=[five[1], five[2]]).delete()

    with pytest.raises(
        CommandError, match=f"2 entries have lost .*: {five[1].pk}, {five[2].pk}\\."
    ):
        call_command("verify_history")
    with pytest.raises(CommandError, match=f"1 entries have lost .*: {five[2].pk}\\."):
        call_command("verify_history", erased=[five[1].pk])
    call_command("verify_history", erased=[five[1].pk, five[2].pk])
    assert "5 entries are whole, 2 of them without words" in capsys.readouterr().out


def test_the_command_names_the_broken_row(five):
    by_force("UPDATE audit_entry SET verb='x' WHERE id=%s", [five[2].pk])

    with pytest.raises(CommandError, match=f"Entry {five[2].pk} "):
        call_command("verify_history")


def test_a_whole_history_is_confirmed(five, capsys):
    call_command("verify_history")

    assert "5 entries are whole" in capsys.readouterr().out


def test_a_history_written_under_the_clock_of_viet_nam_is_whole(ward, staff, settings):
    """The demo's clock answers in Việt Nam's time; a database gives the same instants as UTC."""
    settings.DEMO = True
    with clock.standing_at(datetime(2025, 12, 1, 9, 0, 0, 1, tzinfo=clock.ZONE)):
        log.record(actor=staff, verb="unit.edit", label="Một", target=ward, unit=ward)
        rows = [(ward, ward, {})] * 2
        log.record_many(actor=staff, verb="unit.edit", label="Nhiều", rows=rows)

    assert chain.first_fault() is None


def test_a_hash_of_an_entry_in_utc_is_what_it_always_was(settings):
    """Portals keep chains that were written under this form; another one would break them all."""
    settings.AUDIT_KEY = "k"
    entry = Entry(
        previous=chain.GENESIS,
        at=datetime(2025, 12, 1, 2, 0, 0, 1, tzinfo=UTC),
        actor_id=1,
        verb="unit.edit",
        target_type="accounts.unit",
        target_id="7",
        unit_id=7,
        digest="d",
    )

    assert (
        chain.hash_of(entry) == "43aef4e79cb2751cfc15daa7fa51882c453c8672d0325d1671bd1445298f3db6"
    )


def test_a_demonstration_that_an_older_version_signed_is_not_called_changed(
    ward, staff, settings, monkeypatch
):
    now = partial(chain.hash_of, zone=clock.ZONE)
    with monkeypatch.context() as older:
        older.setattr(chain, "hash_of", now)
        log.record(actor=staff, verb="unit.edit", label="Một", target=ward, unit=ward)

    assert chain.first_fault()[1] == "the entry was changed"
    settings.DEMO = True
    assert chain.first_fault()[1].endswith("load the demonstration anew")


def other(value):
    return {**value, "x": "y"} if isinstance(value, dict) else f"{value}x"


@pytest.mark.parametrize(
    "name", [field.name for field in Words._meta.concrete_fields if field.name != "entry"]
)
def test_the_digest_holds_every_word(five, name):
    words = five[2].words
    before = chain.digest_of(words)

    setattr(words, name, other(getattr(words, name)))

    assert chain.digest_of(words) != before


@pytest.mark.parametrize(
    "name",
    [field.attname for field in Entry._meta.concrete_fields if field.name not in ("id", "hash")],
)
def test_the_hash_holds_every_value_of_an_entry(five, name):
    entry = five[2]
    value = getattr(entry, name)
    before = chain.hash_of(entry)

    setattr(entry, name, value + timedelta(microseconds=1) if name == "at" else other(value))

    assert chain.hash_of(entry) != before


def test_editing_records_what_changed(ward, staff):
    with log.editing(ward, actor=staff, label="Đổi tên"):
        ward.name = "Phường Mỹ Trà"
        ward.save()

    assert Entry.objects.get().words.changes == {"name": ["Phường Cao Lãnh", "Phường Mỹ Trà"]}


def test_editing_nothing_records_nothing(ward, staff):
    with log.editing(ward, actor=staff, label="Không đổi"):
        ward.save()

    assert not Entry.objects.exists()


def test_what_the_demo_writes_is_whole_too(today, five):
    """Its clock answers in the time of the province, the database in another."""
    assert chain.first_fault() is None

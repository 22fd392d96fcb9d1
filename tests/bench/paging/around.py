"""What hangs on a dossier: reports, papers, sendings, verdicts, history."""

from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Any

from accounts.models import Notice
from core.audit.models import Entry, Words
from core.documents.models import Document
from core.text import fold
from dossiers import models
from dossiers.models import Dossier, Nomination
from dossiers.rules import contents
from tests.bench.paging import prose

REPORT = {"situation": 500, "results": 1500, "initiatives": 700, "observance": 300}  # letters
WITH_UNIT = ["Mở hồ sơ", "Ghi dữ liệu chung", "Thêm đối tượng", "Viết báo cáo"]
ON_ITS_WAY = ["Trình thủ trưởng đơn vị", "Gửi hồ sơ", "Đưa vào danh sách, chuyển Sở Nội vụ"]


def keep(world: Any, rng: Random, made: list[Dossier], nominations: list[Nomination]) -> None:
    reports(world, rng, nominations)
    papers(world, rng, made)
    sendings(world, rng, made, nominations)
    judgements(world, made, nominations)
    history(made)


def reports(world: Any, rng: Random, nominations: list[Nomination]) -> None:
    written = models.AchievementReport.objects.bulk_create(
        models.AchievementReport(
            nomination=row, **{part: prose.text(rng, size) for part, size in REPORT.items()}
        )
        for row in nominations
    )
    models.ReportSection.objects.bulk_create(
        models.ReportSection(report=report, content=content, text=prose.text(rng, 350))
        for report in written
        for content in rng.sample(world.contents, 4)
    )


def papers(world: Any, rng: Random, made: list[Dossier]) -> None:
    rows = [
        models.Paper(
            dossier=dossier,
            component=component,
            document=document(dossier, component, rng),
            added_by=dossier.created_by,
        )
        for dossier in made
        for component in world.components
    ]
    Document.objects.bulk_create(row.document for row in rows)
    models.Paper.objects.bulk_create(rows)


def document(dossier: Dossier, component: Any, rng: Random) -> Document:
    """A row without its file: nobody downloads here."""
    mark = sha256(f"{dossier.pk}/{component.pk}".encode()).hexdigest()
    return Document(
        file=f"documents/{mark}",
        name=f"{fold(component.name).replace(' ', '-')[:60]}.pdf",
        media_type="application/pdf",
        size=rng.randint(80_000, 4_000_000),
        sha256=mark,
        unit=dossier.unit,
        created_by=dossier.created_by,
    )


def sendings(world: Any, rng: Random, made: list[Dossier], nominations: list[Nomination]) -> None:
    rows = []
    for dossier in filter(lambda one: one.number, made):
        mine = [row for row in nominations if row.dossier_id == dossier.pk]
        held = as_sent(dossier, mine, rng)
        times = 2 if dossier.state == Dossier.State.RETURNED else 1
        rows += [sending(dossier, ordinal, held) for ordinal in range(1, times + 1)]
    again = [row for row in models.Submission.objects.bulk_create(rows) if row.ordinal > 1]
    models.Defect.objects.bulk_create(
        models.Defect(
            dossier=row.dossier,
            submission=row,
            part=part,
            text="Bổ sung biên bản họp Hội đồng có đủ chữ ký của các thành viên.",
            by=row.dossier.officer,
        )
        for row in again
        for part in ("general", "paper:BB")
    )
    models.ClockStop.objects.bulk_create(
        models.ClockStop(dossier=row.dossier, from_day=world.today) for row in again
    )


def as_sent(dossier: Dossier, nominations: list[Nomination], rng: Random) -> dict[str, Any]:
    """In the shape and size of `contents.contents_of`, without asking the database."""
    report = {part: prose.text(rng, size) for part, size in REPORT.items()}
    return {
        "general": {"unit_name": dossier.unit_name, "contact": dossier.contact},
        "nominees": [
            {
                "key": row.pk,
                "kind": row.kind,
                "name": row.name,
                "report": {**report, "sections": {}},
            }
            for row in nominations
        ],
        "papers": [],
    }


def sending(dossier: Dossier, ordinal: int, held: dict[str, Any]) -> models.Submission:
    return models.Submission(
        dossier=dossier,
        ordinal=ordinal,
        number=f"{dossier.number}/{ordinal}",
        at=dossier.submitted_at,
        by=dossier.submitted_by,
        contents=held,
        sha256=contents.sha256_of(held),
    )


def judgements(world: Any, made: list[Dossier], nominations: list[Nomination]) -> None:
    judged = [row for row in nominations if row.result != Nomination.Result.PENDING]
    models.Verdict.objects.bulk_create(
        models.Verdict(nomination=row, opinion="ok", by=row.dossier.officer) for row in judged
    )
    people = [*world.officers, world.head]
    Notice.objects.bulk_create(
        Notice(
            user=people[dossier.pk % len(people)],
            text=f"{dossier.unit_name} gửi hồ sơ {dossier.number}.",
            address=dossier.get_absolute_url(),
        )
        for dossier in made
        if dossier.state == Dossier.State.SUBMITTED
    )


def history(made: list[Dossier]) -> None:
    """As many entries as there would be; their hashes only differ, they make no chain."""
    rows = []
    for dossier in made:
        steps = WITH_UNIT + (ON_ITS_WAY if dossier.number else [])
        for place, label in enumerate(steps):
            words = Words(actor_name=str(dossier.created_by), label=label, target_name=str(dossier))
            words.entry = entry(dossier, place)
            rows.append(words)
    Entry.objects.bulk_create(words.entry for words in rows)
    for words in rows:
        words.entry_id = words.entry.pk
    Words.objects.bulk_create(rows)


def entry(dossier: Dossier, place: int) -> Entry:
    mark = sha256(f"{dossier.pk}/{place}".encode()).hexdigest()
    return Entry(
        at=dossier.created_at + timedelta(hours=place),
        actor=dossier.created_by,
        verb=f"dossier.{place}",
        target_type=dossier._meta.label_lower,
        target_id=str(dossier.pk),
        unit=dossier.unit,
        digest=mark,
        previous=mark,
        hash=mark,
    )

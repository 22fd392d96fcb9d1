"""A large file in parts: it goes on where it stopped, stays its person's own, and the gate judges."""

import hashlib
import os
import threading

import pytest

from core.documents import parts, store
from core.documents.models import Document
from core.documents.refusals import Refused
from tests.core.files import making

pytestmark = pytest.mark.django_db
CONTENT = making.pdf() + b"\n" * 3 * parts.PART


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def begin(by, unit, content=CONTENT, name="bien-ban.pdf", **other):
    said = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return parts.begin(name=name, unit=unit, by=by, **(said | other))


def send(by, begun, content=CONTENT, until=None):
    here = begun.offset
    while here < (until or len(content)):
        part = content[here : here + parts.PART]
        here = parts.add(key=begun.key, offset=here, content=part, by=by)
    return here


def test_a_file_goes_on_where_the_line_was_cut_and_is_kept_to_the_byte(officer, province):
    begun = begin(officer, province)
    send(officer, begun, until=parts.PART)

    again = begin(officer, province)

    assert (again.key, again.offset) == (begun.key, parts.PART)
    with pytest.raises(parts.Elsewhere) as early:
        parts.finish(key=again.key, unit=province, by=officer)
    assert early.value.offset == parts.PART
    send(officer, again)
    document = parts.finish(key=again.key, unit=province, by=officer)
    assert store.read(document) == CONTENT
    assert (document.name, document.waiting, document.unit) == ("bien-ban.pdf", True, province)


def test_a_second_tab_with_the_same_file_helps_and_gets_the_same_document(officer, province):
    one = begin(officer, province)
    send(officer, one, until=parts.PART)
    with pytest.raises(parts.Elsewhere) as elsewhere:
        parts.add(key=one.key, offset=0, content=CONTENT[: parts.PART], by=officer)
    assert elsewhere.value.offset == parts.PART

    send(officer, begin(officer, province))
    first = parts.finish(key=one.key, unit=province, by=officer)

    assert parts.finish(key=one.key, unit=province, by=officer) == first
    assert begin(officer, province).kept == first
    assert Document.objects.count() == 1


def test_parts_sent_at_once_never_mix(officer, province):
    begun = begin(officer, province)
    outcomes = []

    def tab():
        try:
            outcomes.append(
                parts.add(key=begun.key, offset=0, content=CONTENT[: parts.PART], by=officer)
            )
        except parts.Elsewhere as elsewhere:
            outcomes.append(-elsewhere.offset)

    tabs = [threading.Thread(target=tab) for _number in range(8)]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join()

    assert sorted(outcomes) == [-parts.PART] * 7 + [parts.PART]


def test_nobody_reaches_anothers_upload(officer, section_head, province):
    begun = begin(officer, province)

    for key in (begun.key, "0" * 64, f"../{officer.pk}/{begun.key}", ""):
        with pytest.raises(parts.Gone):
            parts.add(key=key, offset=0, content=b"x", by=section_head)
        with pytest.raises(parts.Gone):
            parts.finish(key=key, unit=province, by=section_head)


def test_a_file_beyond_the_limit_or_longer_than_announced_is_refused(officer, province, settings):
    settings.UPLOAD_MOST = 2 * parts.PART
    with pytest.raises(Refused, match="2"):
        begin(officer, province)
    with pytest.raises(Refused):
        begin(officer, province, size=0)
    short = begin(officer, province, size=10)
    for content in (b"x" * 11, b"x" * (parts.PART + 1)):
        with pytest.raises(Refused):
            parts.add(key=short.key, offset=0, content=content, by=officer)
    assert begin(officer, province, size=10).offset == 0


def test_a_part_without_room_on_the_disk_is_refused_in_words_and_leaves_nothing(
    officer, province, small_disk
):
    begun = begin(officer, province)

    with pytest.raises(Refused) as full:
        parts.add(key=begun.key, offset=0, content=CONTENT[: parts.PART], by=officer)

    assert full.value.code == "disk_full"
    assert begin(officer, province).offset == 0
    few = parts.PART // 4
    assert parts.add(key=begun.key, offset=0, content=CONTENT[:few], by=officer) == few


def test_a_beginning_without_room_on_the_disk_is_refused_in_words(officer, province, small_disk):
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * parts.PART)

    with pytest.raises(Refused) as full:
        begin(officer, province)

    assert full.value.code == "disk_full"
    filler.unlink()
    assert begin(officer, province).offset == 0


def test_a_renamed_program_is_refused_at_the_end_with_the_sentence_of_the_gate(officer, province):
    program = b"MZ" + os.urandom(parts.PART)
    begun = begin(officer, province, program)
    send(officer, begun, program)

    with pytest.raises(Refused) as gate:
        parts.finish(key=begun.key, unit=province, by=officer)

    assert "bien-ban.pdf" in gate.value.sentence
    assert gate.value.code == "program"
    assert not Document.objects.exists()
    with pytest.raises(parts.Gone):
        parts.finish(key=begun.key, unit=province, by=officer)


def test_other_bytes_than_announced_are_dropped(officer, province):
    begun = begin(officer, province, sha256="0" * 64)
    send(officer, begun)

    with pytest.raises(Refused, match="bien-ban.pdf"):
        parts.finish(key=begun.key, unit=province, by=officer)

    assert begin(officer, province, sha256="0" * 64).offset == 0


def test_only_a_few_are_under_way_and_the_forgotten_are_swept(officer, province, media):
    for number in range(parts.MOST_OPEN + 2):
        begun = begin(officer, province, name=f"tep-{number}.pdf")
        parts.add(key=begun.key, offset=0, content=b"x", by=officer)
    folder = media / parts.FOLDER / str(officer.pk)
    assert len(list(folder.glob("*.part"))) == parts.MOST_OPEN

    assert parts.sweep(3600) == 0
    for path in folder.glob("*"):
        os.utime(path, (0, 0))

    assert parts.sweep(3600) == parts.MOST_OPEN
    assert not list(folder.glob("*"))


def test_the_daily_tidying_passes_by_an_upload_that_is_dropped_meanwhile(officer, province, media):
    begun = begin(officer, province)
    send(officer, begun, until=parts.PART)
    gone = media / parts.FOLDER / str(officer.pk) / "gone.part"
    gone.symlink_to(media / "nowhere")  # listed, and not there when it is looked at

    assert parts.sweep(3600) == 0
    assert begin(officer, province).offset == parts.PART


def test_an_upload_that_is_gone_on_with_after_days_is_not_swept_away(officer, province, media):
    begun = begin(officer, province)
    folder = media / parts.FOLDER / str(officer.pk)
    os.utime(folder / f"{begun.key}.json", (0, 0))
    send(officer, begun, until=parts.PART)

    assert parts.sweep(3600) == 0
    assert begin(officer, province).offset == parts.PART

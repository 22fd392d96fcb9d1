"""`manage.py criteria`: sets as files from a terminal."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from criteria.models import CriteriaSet

pytestmark = pytest.mark.django_db
FILE = settings.BASE_DIR / "criteria/sets/files/bac-kan-tap-the-nho-2023.yaml"


def test_a_set_is_checked_applied_taken_into_use_and_written_out_again(
    province, officer, today, capfdbinary
):
    call_command("criteria", "check", FILE)
    call_command("criteria", "diff", FILE)
    call_command("criteria", "apply", FILE, by=officer.username, lock=True)
    call_command("criteria", "apply", FILE, by=officer.username, lock=True)

    held = CriteriaSet.objects.get()
    said = capfdbinary.readouterr().out.decode()
    assert (held.state, held.criteria.count()) == ("locked", 2)
    assert "nothing to mend" in said
    assert "Nothing differs." in said


def test_what_is_written_out_is_the_file(province, officer, today, capfdbinary):
    call_command("criteria", "apply", FILE, by=officer.username)
    capfdbinary.readouterr()

    call_command("criteria", "export", "bac-kan-tap-the-nho", year=2023)

    assert capfdbinary.readouterr().out == FILE.read_bytes()


def test_faults_are_told_with_their_lines_and_nothing_changes(province, officer, tmp_path):
    wrong = tmp_path / "sai.yaml"
    wrong.write_text(FILE.read_text().replace("most: 60", "most: nhiều"))

    with pytest.raises(CommandError, match=r"sai\.yaml:\d+: .*nhiều"):
        call_command("criteria", "apply", wrong, by=officer.username)
    assert not CriteriaSet.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("apply", FILE, "--by", "nobody"), "No user"),
        (("apply", FILE, "--by", "x", "--unit", "Sở Lạ"), "Sở Lạ"),
        (("export", "gi-do", "--year", "2025"), "no set"),
        (("check", "không có.yaml"), "không có"),
    ],
)
def test_what_is_not_there_is_told(province, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("criteria", *map(str, arguments))

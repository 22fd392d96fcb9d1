"""A set handed in as a file: shown first, then put in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from criteria.models import CriteriaSet
from criteria.workflow import CRITERIA_SET
from tests.criteria.sets.test_reading import GOOD

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand_in(signed_in, officer, province, today):
    client = signed_in(officer)

    def hand_in(content, **typed):
        content = content.encode() if isinstance(content, str) else content
        sent = {"file": SimpleUploadedFile("thu.yaml", content)} if content else {}
        return client.post(reverse("criteria:hand_in"), {**sent, "unit": province.pk, **typed})

    hand_in.client = client
    return hand_in


def put_in(hand_in, text):
    data = hand_in(text).context["form"].data
    sent = data["text"].replace("\n", "\r\n")  # as browsers do
    return hand_in("", text=sent, seen=data["seen"], name=data["name"])


def test_a_file_is_shown_first_and_then_drawn_up(hand_in):
    shown = hand_in(GOOD)
    assert "Họp Ban Chỉ đạo" in shown.content.decode()
    assert not CriteriaSet.objects.exists()

    answer = put_in(hand_in, GOOD)

    held = CriteriaSet.objects.get()
    assert answer.headers["Location"] == held.get_absolute_url()
    assert (held.criteria.count(), held.file.name) == (3, "thu.yaml")


def test_faults_are_shown_with_their_lines(hand_in):
    answer = hand_in(GOOD.replace("most: 10\n", "most: nhiều\n"))

    assert answer.status_code == 422
    assert [(fault.line, line) for fault, line in answer.context["faults"]] == [(20, "most: nhiều")]
    assert not CriteriaSet.objects.exists()


def test_another_text_than_the_one_shown_is_shown_again(hand_in):
    data = hand_in(GOOD).context["form"].data

    answer = hand_in("", text=GOOD.replace("30", "40"), seen=data["seen"], name="thu.yaml")

    assert answer.status_code == 200
    assert not CriteriaSet.objects.exists()


def test_what_comes_out_says_nothing_new_when_it_comes_in(hand_in, officer):
    put_in(hand_in, GOOD)
    held = CRITERIA_SET.perform(CriteriaSet.objects.get(), "lock", actor=officer)

    out = hand_in.client.get(reverse("criteria:file_out", args=[held.pk]))
    answer = hand_in(out.content)

    assert out.headers["Content-Disposition"] == 'attachment; filename="thu-2025.yaml"'
    assert "đã ghi đúng như vậy" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Chọn tệp"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("a: &a [x]\n", "dấu neo"),
        ("x" * 160_000, "kB"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(hand_in, text, words):
    answer = hand_in(text)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_only_who_draws_up_sets_hands_them_in(signed_in, staff):
    assert signed_in(staff).get(reverse("criteria:hand_in")).status_code == 404

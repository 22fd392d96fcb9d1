"""What changed between two sendings, part by part."""

import copy

import pytest

from awards.models import PositionClass
from dossiers.rules import changes

DIRECT = str(PositionClass.DIRECT.label)
BEFORE = {
    "general": {"contact": "0277", "campaign": "x"},
    "nominees": [
        {
            "key": 7,
            "order": 1,
            "name": "Trần Văn A",
            "identity": "a",
            "headcount": None,
            "birth_day": None,
            "position_class": "",
            "under_review": False,
            "report": {"results": "Cũ", "sections": {"a": "Nội dung"}},
        }
    ],
    "papers": [{"component": "TTR", "name": "to-trinh.pdf", "sha256": "1"}],
}


def changed(**edit):
    after = copy.deepcopy(BEFORE)
    for path, value in edit.items():
        *way, last = [int(step) if step.isdigit() else step for step in path.split("__")]
        place = after
        for step in way:
            place = place[step]
        place[last] = value
    return [(c.part, c.before, c.after) for c in changes.between(BEFORE, after)]


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        ({}, []),
        ({"general__contact": "0277 1"}, [("general", "0277", "0277 1")]),
        ({"nominees__0__headcount": 12}, [("nominee:7", "", "12")]),
        ({"nominees__0__birth_day": "1988-05-12"}, [("nominee:7", "", "12/05/1988")]),
        ({"nominees__0__under_review": True}, [("nominee:7", "", "Có")]),
        ({"nominees__0__position_class": "direct"}, [("nominee:7", "", DIRECT)]),
        ({"nominees__0__order": 2, "nominees__0__identity": "b"}, []),
        ({"nominees__0__report__results": "Mới"}, [("report:7", "Cũ", "Mới")]),
        ({"nominees__0__report__sections__b": "Thêm"}, [("report:7", "", "Thêm")]),
        ({"nominees__0__report": None}, [("report:7", "Cũ", ""), ("report:7", "Nội dung", "")]),
        ({"papers__0__sha256": "2"}, [("paper:TTR", "to-trinh.pdf", "to-trinh.pdf")]),
        ({"papers": []}, [("paper:TTR", "to-trinh.pdf", "")]),
        ({"nominees": []}, [("nominee:7", "Trần Văn A", "")]),
    ],
)
def test_each_change_names_its_part(edit, found):
    assert changed(**edit) == found

"""The guide and the published schema say what the format says."""

import io
import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command

from campaigns.plans import schema
from campaigns.plans.export import settled, write
from campaigns.plans.reading import read
from core.yaml.declaring import words
from core.yaml.kinds import Many, OneOf, Record

GUIDE = settings.BASE_DIR / "docs" / "plan-format.md"
PUBLISHED = settings.BASE_DIR / "docs" / "plan-format.schema.json"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(), re.DOTALL)


def records(cls, seen):
    if cls in seen:
        return seen
    seen.add(cls)
    for _word, attribute in words(cls):
        kind = attribute.metadata["kind"]
        kind = kind.of if isinstance(kind, Many) else kind
        if isinstance(kind, Record):
            records(kind.of, seen)
    return seen


def test_every_word_of_the_format_is_in_the_guide():
    said = set(re.findall(r"`([a-z_]+)`", GUIDE.read_text()))
    known = {word for cls in records(schema.Plan, set()) for word, _attribute in words(cls)}

    assert known - said == set()


def test_every_choice_is_in_the_guide():
    said = set(re.findall(r"`([a-z_]+)`", GUIDE.read_text()))
    kinds = [a.metadata["kind"] for cls in records(schema.Plan, set()) for _w, a in words(cls)]
    choices = {word for kind in kinds if isinstance(kind, OneOf) for word, _label in kind.choices}

    assert choices - said == set()


@pytest.mark.parametrize("text", EXAMPLES, ids=["small", "whole"])
def test_the_examples_are_plans_without_a_fault(text):
    reading = read(text.encode())

    assert reading.faults == []
    assert read(write(reading.plan)).plan == settled(reading.plan)


def test_the_published_schema_is_in_step():
    out = io.StringIO()
    call_command("plan", "schema", stdout=out)

    assert out.getvalue() == PUBLISHED.read_text(), "manage.py plan schema > docs/…schema.json"


def test_the_schema_knows_every_word_of_the_whole_example():
    published = json.loads(PUBLISHED.read_text())

    assert set(published["properties"]) == {word for word, _attribute in words(schema.Plan)}
    assert set(published["$defs"]) == {
        cls.__name__ for cls in records(schema.Plan, set()) if cls is not schema.Plan
    }

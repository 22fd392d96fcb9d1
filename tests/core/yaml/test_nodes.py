"""What is not plain YAML is refused, at once."""

import time

import pytest

from core.yaml.nodes import MOST_BYTES, Refused, Table, parse

BOMB = "a: &a [x,x,x,x]\n" + "".join(
    f"{n}: &{n} [*{p},*{p},*{p},*{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "anchor": BOMB,
    "alias": "a: *b",
    "tag": "a: !!python/object/apply:os.system [ls]",
    "own tag": "a: !x y",
    "merge of an alias": "a: {<<: *b}",
    "too large": "a: " + "x " * 5_000_000,
    "nested lists": "a:\n" + "".join(" " * n + "-\n" for n in range(1, 400)) + " " * 400 + "- x",
    "brackets": "[" * 100_000,
    "brackets over lines": "[\n" * 20_000,
    "braces": "{a: " * 20_000,
    "many entries": "- x\n" * 35_000,
    "one long line": "a: '" + "x" * 140_000 + "'",
    "mapping as a name": "? {a: b}\n: c",
    "list as a name": "? [a, b]\n: c",
    "two documents": "a: b\n---\nc: d",
    "a list": "- a\n- b",
    "a word": "x",
    "nothing": "",
    "tabs": "a:\n\t- b",
    "open bracket": "a: [b, c\nd: e",
    "odd indentation": "a: b\n  c: d",
    "open quotation": "a: 'b\nc: d",
    "directive": "%YAML 9.9\n---\na: b",
    "control character": "a: \x00b",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_file_is_refused_with_a_sentence_in_under_a_second(what):
    content = HOSTILE[what].encode()
    begun = time.process_time()

    with pytest.raises(Refused) as refused:
        parse(content)

    assert time.process_time() - begun < 1
    assert refused.value.fault.line >= 1
    assert refused.value.fault.text


def test_bytes_that_are_no_utf8_are_refused_with_their_line():
    with pytest.raises(Refused) as refused:
        parse(b"a: b\nc: \xff\xfe")

    assert refused.value.fault.line == 2


def test_a_large_text_is_read_in_under_a_second():
    content = ("a: '" + ("x" * 1000 + "\n  ") * 140 + "'").encode()
    begun = time.process_time()

    parse(content)

    assert time.process_time() - begun < 1


def test_a_file_may_be_as_large_as_the_limit_says():
    line = "a{}: " + "x" * 900 + "\n"
    text = "".join(line.format(number) for number in range(MOST_BYTES // 910 - 1))

    table, faults = parse(text.encode())

    assert len(table.members) == text.count("\n")
    assert faults == []


def test_a_name_that_stands_twice_is_a_fault_and_the_first_one_counts():
    table, faults = parse(b"a: 1\nb: 2\na: 3\n")

    assert [(fault.line, "a" in fault.text) for fault in faults] == [(3, True)]
    assert table.members["a"].text == "1"


def test_lines_of_names_and_values_are_known():
    table, _faults = parse("﻿a: 1\r\nb:\r\n  - x\r\n".encode())

    assert isinstance(table, Table)
    assert table.lines == {"a": 1, "b": 2}
    assert table.members["b"].members[0].line == 3


@pytest.mark.parametrize("nothing", ["a:", "a: ~", "a: null", "a: ''", "a: '  '"])
def test_nothing_is_nothing_however_it_is_written(nothing):
    assert parse(nothing.encode())[0].members["a"].text is None


def test_a_quoted_null_is_a_word():
    assert parse(b"a: 'null'")[0].members["a"].text == "null"

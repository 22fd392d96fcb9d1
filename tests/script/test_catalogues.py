"""The Vietnamese catalogue is complete and its parts agree."""

import pytest

from script.portal import catalogues

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def part(folder, name, *pairs):
    text = "".join(f'msgid "{msgid}"\nmsgstr "{msgstr}"\n\n' for msgid, msgstr in pairs)
    (folder / f"{name}.po").write_text(HEAD + text)


def test_parts_are_merged_and_may_say_the_same_twice(tmp_path):
    part(tmp_path, "a", ("Unit", "Đơn vị"), ("Send", "Gửi"))
    part(tmp_path, "b", ("Unit", "Đơn vị"))

    merged = catalogues.merged(tmp_path)

    assert {message.id: message.string for message in merged if message.id} == {
        "Unit": "Đơn vị",
        "Send": "Gửi",
    }


def test_two_translations_of_one_message_are_refused(tmp_path):
    part(tmp_path, "a", ("Unit", "Đơn vị"))
    part(tmp_path, "b", ("Unit", "Cơ quan"))

    with pytest.raises(catalogues.Disagreement, match=r"b\.po: 'Unit' is another in a\.po"):
        catalogues.merged(tmp_path)


def test_an_empty_translation_is_refused(tmp_path):
    part(tmp_path, "a", ("Unit", ""))

    with pytest.raises(catalogues.Disagreement, match="'Unit' has no settled translation"):
        catalogues.merged(tmp_path)


def test_messages_are_found_in_python():
    text = (
        '_("a" "b"); x.gettext_lazy("c"); pgettext_lazy("v", "o"); ngettext("1", "2", n); _(name)'
    )

    assert list(catalogues.in_python(text)) == [(None, "ab"), (None, "c"), ("v", "o"), (None, "1")]


def test_messages_are_found_in_templates():
    text = (
        '<p title="{% translate \'Sign (in)\' %}">It\'s {{ _("Hi") }}'
        "{% blocktranslate count n=rows|length %}one {{ n }}{% plural %}many{% endblocktranslate %}"
        '{% translate "open" context "verb" as z %}'
    )

    assert list(catalogues.in_template(text)) == [
        (None, "Sign (in)"),
        (None, "Hi"),
        (None, "one %(n)s"),
        ("verb", "open"),
    ]


def test_a_message_that_nothing_asks_for_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(catalogues, "PARTS", tmp_path)
    monkeypatch.setattr(catalogues, "used", lambda: [("core/x.py", None, "Unit")])
    part(tmp_path, "ours", ("Unit", "Đơn vị"), ("Merge into", "Nhập vào"))
    part(tmp_path, "allauth", ("Sign In", "Đăng nhập"))

    assert catalogues.unused() == ["ours.po: 'Merge into' is asked for nowhere; take it out"]

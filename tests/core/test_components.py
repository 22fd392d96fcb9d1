"""Components: the markup that the reference pages ask for, and loud refusals."""

from datetime import date

import pytest
from django.template import Context, Template, TemplateSyntaxError

from core.findings import Finding, Weight
from core.ui.components import marks
from tests.gallery import samples


def shown(text, **context):
    """The markup of a template, blanks squeezed."""
    return " ".join(Template(text).render(Context(context)).split())


@pytest.mark.parametrize(
    "tag",
    [
        "{% state off=x %}",
        "{% status %}",
        "{% clock_left left=3 %}",
        "{% section titel='x' id='x' %}{% endsection %}",
        "{% task title='x' url='#' %}{% endtask %}",
        "{% findings %}",
        "{% quota label='x' used=1 %}",
        "{% button 'x' sort='primary' %}",
        "{% table of=x %}",
        "{% chart id='c' title='x' %}",
    ],
)
def test_a_wrong_argument_is_refused_when_the_template_is_read(tag):
    with pytest.raises((TemplateSyntaxError, TypeError)):
        shown(tag, x=samples.DOSSIERS[0])


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{% status 'x' tone='green' %}", "Unknown tone 'green'"),
        ("{% button 'x' kind='red' %}", "Unknown kind 'red'"),
        ("{% chart id='c' title='x' labels=none series=none kind='pie' %}", "Unknown kind 'pie'"),
    ],
)
def test_a_value_that_is_not_known_is_refused(tag, said):
    with pytest.raises(ValueError, match=said):
        shown(tag, none=[])


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """`soon(7)`: from seven working days on a deadline is near; three where nobody says it."""
    monkeypatch.setattr(marks, "_soon_sources", [])
    return lambda days: marks.soon_from(lambda: days)


@pytest.mark.parametrize(("left", "tone"), [(8, ""), (7, "soon"), (0, "soon"), (-1, "late")])
def test_a_deadline_is_near_by_the_number_that_the_core_is_told(soon, left, tone):
    soon(7)

    page = shown("{% clock_left due=due left=left %}", due=date(2025, 12, 5), left=left)

    assert f'<span class="clock {tone}">' in page


def test_a_state_has_icon_words_and_tone():
    assert shown("{% state of=dossier %}", dossier=samples.DOSSIERS[2]) == (
        '<span class="status is-err"><i class="bi bi-arrow-return-left" aria-hidden="true"></i>'
        " Trả lại bổ sung</span>"
    )


def test_a_state_that_nobody_coloured_is_grey():
    page = shown("{% state of=dossier tones=none %}", dossier=samples.DOSSIERS[0], none={})

    assert 'class="status is-idle"' in page


@pytest.mark.parametrize(
    ("left", "tone", "words"),
    [
        (9, "", "còn 9 ngày làm việc"),
        (3, "soon", "còn 3 ngày làm việc"),
        (0, "soon", "hết hạn hôm nay"),
        (-1, "late", "quá 1 ngày làm việc"),
    ],
)
def test_a_clock_says_the_day_and_the_working_days(left, tone, words):
    page = shown("{% clock_left due=due left=left %}", due=date(2025, 12, 5), left=left)

    assert f'class="clock {tone}"' in page
    assert "<b>05/12/2025</b>, " + words in page


def test_a_clock_in_a_table_is_short():
    page = shown("{% clock_left due=due left=2 short=True %}", due=date(2025, 12, 5))

    assert "Còn 2 ngày</span><small>05/12/2025</small>" in page


def test_a_clock_counts_from_today_by_itself(db, today):
    page = shown("{% clock_left due=due %}", due=date(2025, 12, 10))

    assert "còn 7 ngày làm việc" in page


def test_a_clock_without_a_day_is_silent():
    assert shown("{% clock_left due=due %}", due=None) == ""


def test_findings_stand_with_what_must_be_mended_first():
    page = shown("{% findings items=items %}", items=samples.FINDINGS)

    assert page.index("Phải sửa:") < page.index("Nên xem lại:")
    assert "Căn cứ: Điều 22 Luật Thi đua, khen thưởng" in page
    assert 'href="#bien-ban"' in page


def test_no_findings_say_so():
    assert "Không thiếu mục nào" in shown("{% findings items=items %}", items=[])


def test_only_the_first_primary_step_that_is_ready_is_red():
    page = shown("{% step_buttons of=dossier offers=offers %}", **steps())

    assert page.count("btn-primary") == 1
    assert '<button class="btn btn-primary" type="submit" >Tiếp nhận hồ sơ</button>' in page


def test_a_step_that_is_not_ready_is_greyed_with_its_reasons():
    page = shown("{% step_buttons of=dossier offers=offers %}", **steps())

    assert 'aria-disabled="true" aria-describedby="why-submit">Trình lãnh đạo duyệt' in page
    assert 'id="why-submit"' in page
    assert 'action="/gallery/1/submit/"' not in page


def test_a_step_posts_version_key_and_note():
    page = shown("{% step_buttons of=dossier offers=offers %}", **steps())

    assert 'action="/gallery/1/return/"' in page
    assert 'name="note" rows="3" required' in page
    assert page.count('name="once"') == page.count('name="version" value="3"') == 2
    assert len({part[:36] for part in page.split('name="once" value="')[1:]}) == 2


def steps():
    return {"dossier": samples.DOSSIERS[0], "offers": samples.OFFERS}


def test_a_warning_does_not_stop_a_step():
    warned = [type(samples.OFFERS[1])(samples.OFFERS[1].step, [Finding("Xem lại", Weight.WARN)])]
    page = shown("{% step_buttons of=dossier offers=offers %}", **{**steps(), "offers": warned})

    assert 'aria-disabled="true"' not in page
    assert "Xem lại" in page


@pytest.mark.parametrize(
    ("used", "tone", "words"),
    [
        (17, "ok", "Còn 3 suất"),
        (20, "warn", "Đã hết suất"),
        (22, "err", "Vượt 2 suất"),
    ],
)
def test_a_quota_says_in_words_what_the_bar_shows(used, tone, words):
    page = shown("{% quota label='Tập thể' used=used size=20 %}", used=used)

    assert f'class="bar {tone}" value="{min(used, 20)}" max="20"' in page
    assert words in page


def test_a_funnel_counts_shares_of_its_first_step():
    page = shown("{% funnel items=items %}", items=[("Đăng ký", 1420, ""), ("Nộp", 710, "#")])

    assert 'value="710" max="1420"' in page
    assert "<b>710 <small>50 %</small></b>" in page


def test_a_chart_brings_its_numbers_as_a_table():
    page = shown(
        "{% chart id='c' title='Đã nộp' labels=labels series=series %}",
        labels=["11/11", "12/11"],
        series=[("Năm 2025", [4, None])],
    )

    assert 'id="c-data" type="application/json"' in page
    assert '<th scope="row">12/11</th><td class="num">–</td>' in page


def test_a_chart_says_what_its_labels_are_and_its_numbers_lead_to_their_lists():
    page = shown(
        "{% chart id='c' title='Đã nộp' labels=labels series=series points='Loại' lists=lists %}",
        labels=["Xã", "Phường"],
        series=[("Đã nộp", [4, 2]), ("%", [40, 20])],
        lists=[("Đã nộp", [4, 2], ["#xa", "#phuong"])],
    )

    assert '<th scope="col">Loại</th>' in page
    assert '<td class="num"><a href="#phuong">2</a></td><td class="num">20</td>' in page
    assert page.count('<th scope="col" class="num">') == 2


def test_the_number_of_a_quota_and_of_a_step_is_in_its_link():
    page = shown("{% quota label='Tập thể' used=5 size=20 url='#q' %}") + shown(
        "{% funnel items=items %}", items=[("Nộp", 710, "#f")]
    )

    inside = [part.partition("</a>")[0] for part in page.split("<a ")[1:]]
    assert ["5" in inside[0], "710" in inside[1]] == [True, True]


def test_what_people_typed_is_escaped():
    page = shown(
        "{% status words tone='ok' %}{% empty title=words %}{% facts items=pairs %}"
        "{% fold title=words %}x{% endfold %}{% task title=words url='#' verb='x' %}{% endtask %}",
        words="<script>",
        pairs=[("x", "<script>")],
    )

    assert "<script>" not in page


def test_facts_leave_out_what_is_empty():
    page = shown("{% facts items=pairs %}", pairs=[("Số", 0), ("Ngày", None), ("Nơi", "")])

    assert page.count("<dt>") == 1


def test_field_list_shows_names_choices_and_days(ward):
    ward.opened_on = date(2025, 7, 1)

    page = shown("{% field_list of=unit fields='name kind opened_on closed_on' %}", unit=ward)

    assert "<dd>Phường Cao Lãnh</dd>" in page
    assert f"<dd>{ward.get_kind_display()}</dd>" in page
    assert "<dd>01/07/2025</dd>" in page
    assert page.count("<dt>") == 3

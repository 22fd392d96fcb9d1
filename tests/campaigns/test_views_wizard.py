"""A campaign set up on pages: blank or copied, left and resumed, launched when nothing is missing."""

import dataclasses
import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.permissions import Role
from campaigns import rules
from campaigns.models import Campaign
from campaigns.plans import copying, export, steps
from campaigns.plans.reading import read
from core.audit.models import Entry
from tests import factories
from tests.campaigns.plans.book.books import FILES, plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer, catalogue, communications, home_affairs, today):
    return signed_in(officer)


@pytest.fixture
def blank(client, province):
    said = {"name": "Tỉnh xanh", "code": "xanh-2026", "unit": province.pk, "years": 1}
    answer = client.post(reverse("campaigns:wizard_begin"), said)
    assert answer.status_code == 302
    return Campaign.objects.get(code="xanh-2026")


def posted(client, campaign, step, *tables, **values):
    """Post a step; each table is a list of rows, each a list of cells or (kept, cells)."""
    address = reverse("campaigns:wizard", args=[campaign.pk, step])
    data = {**initial_of(client.get(address)), **values}
    for number, rows in enumerate(tables, start=1):
        data[f"t{number}-TOTAL_FORMS"], data[f"t{number}-INITIAL_FORMS"] = len(rows), 0
        for at, row in enumerate(rows):
            kept, cells = row if isinstance(row, tuple) else ("", row)
            data[f"t{number}-{at}-kept"] = kept
            data |= {f"t{number}-{at}-c{n}": cell for n, cell in enumerate(cells)}
    return client.post(address, data)


def initial_of(page):
    """What the page shows in its fields, as a browser would send it back."""
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    for _title, rows in page.context["tables"]:
        data[f"{rows.prefix}-TOTAL_FORMS"] = len(rows.forms)
        data[f"{rows.prefix}-INITIAL_FORMS"] = 0
        for row in rows.forms:
            for name in row.fields:
                if name != "DELETE":
                    value = row[name].value()
                    data[row.add_prefix(name)] = "" if value is None else value
    return data


def test_a_blank_campaign_is_written_step_by_step_and_launched(client, blank):
    ready = reverse("campaigns:wizard_ready", args=[blank.pk])
    assert any(f.blocks for f in client.get(ready).context["missing"])

    posted(client, blank, "ai", [["Cơ quan thường trực phong trào", "Sở Nội vụ"]], number="1/KH")
    posted(client, blank, "khi", [], **{"period.from": "2026", "period.to": "2026"})
    answer = posted(
        client, blank, "noi-dung", [["a", "Trồng cây", ""]], [["a", "RUNG", "Rừng", "Ý 1\nÝ 2"]]
    )
    assert answer.url == reverse("campaigns:wizard", args=[blank.pk, "chi-tieu"])
    award = ["BKT", "Bằng khen của Chủ tịch UBND tỉnh", ""]
    final = ["tk", "Tổng kết", "Tổng kết", "2026", "2026", "12/2026", "BKT", "", ""]
    posted(client, blank, "dot", [award], [final], [["tk", "Tập thể", "", "", "", "2"]])
    posted(client, blank, "ho-so", [["TTR", "Tờ trình", ""]])
    posted(client, blank, "bao-cao", [["nam", "Sở, ngành", "", "", "Hằng năm", "10/12"]])

    plan = export.plan_of(blank)
    assert plan.contents[0].sectors[0].points == ("Ý 1", "Ý 2")
    assert plan.rounds[0].quotas[0].per_block == 2
    assert plan.duties[0].due == "12-10"
    page = client.get(ready)
    assert [f for f in page.context["missing"] if f.blocks] == []
    client.post(reverse("campaigns:step", args=[blank.pk, "launch"]), {})
    blank.refresh_from_db()
    assert blank.state == Campaign.State.OPEN
    assert client.get(ready).status_code == 404


def test_a_source_that_no_database_can_hold_is_none(client, blank):
    address = reverse("campaigns:wizard_ready", args=[blank.pk])

    assert client.get(f"{address}?tu=a%00b").status_code == 200


def test_a_fault_stands_at_its_field_and_nothing_is_written(client, blank):
    entries = Entry.objects.count()

    answer = posted(
        client, blank, "noi-dung", [["a", "Một", ""], ["a", "", ""]], [["z", "X", "Y", ""]]
    )

    assert answer.status_code == 422
    contents, sectors, _dropped = (rows for _title, rows in answer.context["tables"])
    assert set(contents.forms[1].errors) == {"c0", "c1"}
    assert set(sectors.forms[0].errors) == {"c0"}
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("step", steps.STEPS, ids=lambda step: step.code)
def test_saving_a_step_as_it_stands_changes_nothing(client, plan_207, step):
    before = export.plan_of(plan_207)

    answer = posted(client, plan_207, step.code)

    assert answer.status_code == 302
    assert export.plan_of(plan_207) == before
    assert Entry.objects.filter(verb="campaign.apply_plan").count() == 1


def test_what_a_step_does_not_show_follows_its_row(client, plan_207):
    page = client.get(reverse("campaigns:wizard", args=[plan_207.pk, "noi-dung"]))
    data = initial_of(page)
    data["t1-8-c0"] = "k"  # content i, which has the sectors
    data["t2-0-c0"] = data["t2-1-c0"] = data["t2-2-c0"] = "k"
    data["t1-0-DELETE"] = "on"

    client.post(page.request["PATH_INFO"], data)

    contents = export.plan_of(plan_207).contents
    assert [content.code for content in contents] == list("bcdefghkj")
    assert len(contents[7].sectors) == 3


def test_last_years_plan_is_copied_with_its_dates_moved(client, plan_207, province):
    said = {
        "name": "Phong trào năm sau",
        "code": "nam-sau",
        "unit": province.pk,
        "source": plan_207.pk,
        "years": 1,
    }

    answer = client.post(reverse("campaigns:wizard_begin"), said)

    plan = export.plan_of(Campaign.objects.get(code="nam-sau"))
    assert (plan.period.first, plan.period.last) == (2022, 2026)
    assert plan.agency.rounds[1].last_day == datetime.date(2026, 12, 10)
    assert plan.rounds[1].review == "2026-12"
    assert plan.bases[0].signed == datetime.date(2020, 6, 3)
    assert plan.number is None
    assert len(plan.contents) == 10
    page = client.get(answer.url).content.decode()
    assert "10/12/2025 → 10/12/2026" in page


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_plan_that_ships_can_be_copied(path, catalogue, province, officer):
    plan = copying.moved(plan_of(path), code="ban-sao")
    written = export.write(dataclasses.replace(plan, parent=None))

    assert [str(fault) for fault in read(written).faults] == []


def test_the_wizard_is_for_those_who_may_plan(blank, signed_in, staff):
    client = signed_in(staff)

    assert client.get(reverse("campaigns:wizard_begin")).status_code == 404
    assert client.get(reverse("campaigns:wizard_ready", args=[blank.pk])).status_code == 404
    assert client.get(reverse("campaigns:wizard", args=[blank.pk, "khi"])).status_code == 404


def test_a_step_that_is_none_is_not_found(client, blank):
    assert client.get(reverse("campaigns:wizard", args=[blank.pk, "khong"])).status_code == 404


def test_targets_tasks_standards_and_annexes_are_written_on_pages(client, blank):
    award = ["BKT", "Bằng khen", ""]
    posted(client, blank, "chi-tieu", [["T1", "Che phủ rừng", "ít nhất", "42", "", "%", "2026"]])
    posted(
        client,
        blank,
        "nhiem-vu",
        [["1", "Trồng rừng"]],
        [["1", "1.1", "Cấp cây giống", "Sở Nông nghiệp", "Chủ trì", "10/2026", "1 triệu cây"]],
    )
    posted(client, blank, "dot", [award], [], [])
    posted(
        client,
        blank,
        "tieu-chuan",
        [["xa", "Xã"]],
        [["xa", "Đúng hạn", "30", ""]],
        [["Bằng khen", "Hai năm liền", "Cá nhân", "danh hiệu đã có", "2", "BKT", "có"]],
    )
    answer = posted(client, blank, "phu-luc", [["Phụ lục 1", "không", "Sở Nội vụ, quý I"]])
    assert answer.status_code == 302

    blank.refresh_from_db()
    plan = export.plan_of(blank)
    assert (plan.targets[0].compare, plan.targets[0].value) == ("at_least", 42)
    task = plan.task_groups[0].tasks[0]
    assert (task.who, task.responsibility, task.due, task.result) == (
        "Sở Nông nghiệp",
        "Chủ trì",
        "2026-10",
        "1 triệu cây",
    )
    assert plan.standards[0].criteria[0].points == 30
    condition = plan.awards.forms[0].conditions[0]
    assert (condition.measure, condition.at_least, condition.hard) == ("titles", 2, True)
    assert (plan.annexes[0].attached, plan.annexes[0].expected) == (False, "Sở Nội vụ, quý I")


def test_contents_of_the_superior_plan_are_taken_over_left_out_or_added(client, blank, plan_207):
    posted(client, blank, "cap-tren", [], parent=plan_207.code)
    address = reverse("campaigns:wizard", args=[blank.pk, "noi-dung"])
    kept = posted(client, blank, "noi-dung", then="ke-thua")
    assert kept.url == f"{address}?ke-thua=1"
    page = client.get(kept.url)
    assert len(page.context["left_open"]) == 10
    data = initial_of(page)
    assert (data["t1-0-c0"], data["t1-0-c3"]) == ("a", "a")
    data["t1-9-DELETE"] = "on"
    left = data["t1-9-c3"]
    data |= {"t3-TOTAL_FORMS": 1, "t3-0-c0": left, "t3-0-c1": "", "t3-0-c2": "Không thuộc tỉnh"}
    data |= {"t1-TOTAL_FORMS": 11, "t1-10-c0": "x", "t1-10-c1": "Thêm mới"}
    assert client.post(address, data).status_code == 302

    blank.refresh_from_db()
    plan = export.plan_of(blank)
    assert plan.parent == plan_207.code
    assert [each.inherits for each in plan.contents] == [*"abcdefghi", None]
    assert plan.dropped[0].reason == "Không thuộc tỉnh"
    assert rules.contents_left_open(Campaign.objects.get(pk=blank.pk)) == []


def test_readiness_names_faults_warnings_and_hints_of_the_parts(client, blank, plan_207):
    posted(client, blank, "cap-tren", [], parent=plan_207.code)
    posted(client, blank, "nhiem-vu", [["1", "Rừng"], ["2", "Biển"]], [["1", "1.1", "Trồng"]])
    posted(client, blank, "dot", [["BKT", "Bằng khen", ""]], [], [])
    rule = ["Bằng khen", "Hai năm liền", "", "danh hiệu đã có", "2", "", "có"]
    posted(client, blank, "tieu-chuan", [["xa", "Xã"]], [], [rule])

    page = client.get(reverse("campaigns:wizard_ready", args=[blank.pk]))

    found = {finding.href.split("/")[-2]: finding for finding in page.context["missing"]}
    assert found["tieu-chuan"].blocks
    assert not found["nhiem-vu"].blocks
    assert not found["cap-tren"].blocks
    hints = [text for text, _url in page.context["hints"]]
    assert "Nhóm nhiệm vụ “Biển” chưa có nhiệm vụ nào." in hints
    assert "Tiêu chuẩn cho “Xã” chưa có tiêu chí." in hints


def test_rows_that_were_typed_and_not_saved_are_there_on_return(client, plan_207):
    address = reverse("campaigns:wizard", args=[plan_207.pk, "noi-dung"])
    page = client.get(address)
    data = initial_of(page)
    first = len(page.context["tables"][0][1].forms)
    data |= {"t1-0-DELETE": "on", f"t1-{first}-c1": "Gõ dở", f"t1-{first}-kept": ""}
    data["t1-TOTAL_FORMS"] = first + 1

    assert client.post(page.context["autosave"], data).status_code == 204

    page = client.get(address)
    rows = page.context["tables"][0][1]
    assert rows.forms[first]["c1"].value() == "Gõ dở"
    assert [bool(row["DELETE"].value()) for row in rows.forms] == [True, *[False] * first]
    assert page.content.decode().count('class="row-of-set gone"') == 1
    again = {name: value for name, value in initial_of(page).items() if value != "Gõ dở"}
    client.post(address, again | {"t1-0-DELETE": "on", "then": "o-lai"})
    assert [each.code for each in export.plan_of(plan_207).contents] == list("bcdefghij")
    assert client.get(address).context["draft"] is None


def test_the_rail_says_where_something_is_typed_and_not_saved(client, blank):
    page = client.get(reverse("campaigns:wizard", args=[blank.pk, "khi"]))
    client.post(page.context["autosave"], initial_of(page))

    page = client.get(reverse("campaigns:wizard_ready", args=[blank.pk]))

    assert [
        each["title"] for each in page.context["rail"] if each["text"] == "Đã nhập, chưa lưu"
    ] == [step.title for step in steps.STEPS if step.code == "khi"]


def test_saving_may_stay_on_the_step_and_each_leads_to_the_one_before(client, blank):
    codes = [step.code for step in steps.STEPS]
    address = reverse("campaigns:wizard", args=[blank.pk, codes[1]])

    assert posted(client, blank, codes[1], then="o-lai").url == address
    before = reverse("campaigns:wizard", args=[blank.pk, codes[0]])
    assert f'href="{before}"' in client.get(address).content.decode()
    assert client.get(before).context["back"] == ""


# --- a colleague saves meanwhile -----------------------------------------------------------------


def test_a_kept_draft_stands_beside_what_a_colleague_saved_later(client, blank, province):
    address = reverse("campaigns:wizard", args=[blank.pk, "noi-dung"])
    posted(client, blank, "noi-dung", [["a", "Trồng cây", ""]], [])
    page = client.get(address)
    draft = initial_of(page) | {"t1-0-c1": "Trồng rừng"}
    client.post(page.context["autosave"], draft)
    other = Client()
    other.force_login(factories.member(Role.OFFICER, province, "Trần Thị Đồng Nghiệp"))
    posted(other, blank, "noi-dung", [("0", ["a", "Trồng hoa", ""]), ["b", "Dọn rác", ""]], [])

    page = client.get(address)

    text = " ".join(page.content.decode().split())
    assert "Trần Thị Đồng Nghiệp đã sửa lúc" in text
    assert "Đã được lưu trong lúc đó" in text
    (conflict,) = page.context["form"].conflicts
    assert ("Trồng hoa" in conflict.kept, "Trồng rừng" in conflict.mine) == (True, True)
    assert [row["c1"].value() for row in page.context["tables"][0][1].forms] == [
        "Trồng rừng",
        "Dọn rác",
    ]
    client.post(address, initial_of(page) | {"choose-t1": "mine"})
    assert [each.name for each in export.plan_of(blank).contents] == ["Trồng rừng", "Dọn rác"]


def test_an_older_page_does_not_write_over_a_colleague(client, blank, province):
    address = reverse("campaigns:wizard", args=[blank.pk, "ai"])
    mine = initial_of(client.get(address)) | {"number": "1/KH"}
    other = Client()
    other.force_login(factories.member(Role.OFFICER, province, "Trần Thị Đồng Nghiệp"))
    posted(other, blank, "ai", [["Cơ quan thường trực phong trào", "Sở Nội vụ"]], number="2/KH")

    answer = client.post(address, mine)

    assert answer.status_code == 409
    assert [conflict.name for conflict in answer.context["form"].conflicts] == ["number"]
    again = initial_of(answer) | {"choose-number": "kept"}
    assert client.post(address, again).status_code == 302
    blank.refresh_from_db()
    plan = export.plan_of(blank)
    assert (plan.number, [role.body for role in plan.roles]) == ("2/KH", ["Sở Nội vụ"])


def test_rows_of_one_code_under_two_parents_are_not_mixed_up(client, blank, province):
    address = reverse("campaigns:wizard", args=[blank.pk, "nhiem-vu"])
    groups = [["I", "Nhóm một"], ["II", "Nhóm hai"]]
    tasks = [["I", "1", "Việc A"], ["II", "1", "Việc B"], ["II", "2", "Việc C"]]
    more = ["", "", "", ""]
    posted(client, blank, "nhiem-vu", groups, [[*task, *more] for task in tasks])
    mine = initial_of(client.get(address)) | {"t1-0-c1": "Nhóm một, sửa"}
    other = Client()
    other.force_login(factories.member(Role.OFFICER, province, "Trần Thị Đồng Nghiệp"))
    theirs = initial_of(other.get(address)) | {"t2-2-c2": "Việc C, sửa"}
    assert other.post(address, theirs).status_code == 302

    assert client.post(address, mine).status_code == 302

    one, two = export.plan_of(blank).task_groups
    assert one.name == "Nhóm một, sửa"
    assert [task.name for task in one.tasks] == ["Việc A"]
    assert [task.name for task in two.tasks] == ["Việc B", "Việc C, sửa"]


@pytest.mark.parametrize("seen", [{}, {"seen": '[{}, {"t1": [1]}]'}], ids=["none", "mangled"])
def test_a_draft_with_marks_that_say_nothing_is_shown_as_it_was_typed(client, blank, seen):
    address = reverse("campaigns:wizard", args=[blank.pk, "noi-dung"])
    page = client.get(address)
    draft = initial_of(page) | {"t1-TOTAL_FORMS": 1, "t1-0-kept": "0", "t1-0-c1": "Trồng rừng"}
    del draft["seen"]
    client.post(page.context["autosave"], draft | seen)

    page = client.get(address)

    assert page.status_code == 200
    assert [row["c1"].value() for row in page.context["tables"][0][1].forms] == ["Trồng rừng"]


def test_a_step_that_is_sent_twice_does_not_meet_itself(client, blank):
    address = reverse("campaigns:wizard", args=[blank.pk, "noi-dung"])
    posted(client, blank, "noi-dung", [["a", "Trồng cây", ""]], [])
    mine = initial_of(client.get(address)) | {"t1-0-c0": "b"}
    first = client.post(address, mine)

    again = client.post(address, mine)

    assert (again.status_code, again.url) == (302, first.url)
    assert [each.code for each in export.plan_of(blank).contents] == ["b"]

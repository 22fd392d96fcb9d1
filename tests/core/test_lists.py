"""Lists: sorting, pages, filters and the menu, all from the address."""

from types import SimpleNamespace

import django_filters
import pytest
from django.urls import reverse

from accounts.models import Unit
from core.ui import nav
from core.ui.filters import ListFilter
from core.ui.tables import ListTable
from tests import factories
from tests.gallery import samples
from tests.gallery.tables import DossierTable


def table(rf, query="", per_page=3):
    request = rf.get(f"/gallery/{query}")
    shown = DossierTable(samples.DOSSIERS, request=request)
    shown.turn_to(request, per_page)
    return shown


def codes(shown):
    return [row.record.code for row in shown.paginated_rows]


def test_a_table_sorts_as_the_address_says(rf):
    assert codes(table(rf, "?sort=-code")) == ["KH207-0148", "KH207-0140", "KH207-0131"]


@pytest.mark.parametrize("page", ["99", "0", "nonsense", "-1"])
def test_a_page_that_is_not_there_gives_one_that_is(rf, page):
    assert codes(table(rf, f"?page={page}"))


def test_rows_a_page_are_only_those_we_offer(rf):
    assert table(rf, "?rows=100000").paginator.per_page == 3
    assert table(rf, "?rows=50").paginator.per_page == 50


@pytest.mark.both
def test_only_the_rows_of_a_page_are_read_in_two_queries(rf, units, django_assert_num_queries):
    request = rf.get("/don-vi/?page=2&sort=-name")

    with django_assert_num_queries(2):  # how many there are, and those of the page
        shown = UnitTable(units, request=request)
        shown.turn_to(request, 2)
        assert [row.record.name for row in shown.paginated_rows] == ["Phường Cao Lãnh"]


@pytest.mark.both
def test_rows_that_sort_alike_stand_on_one_page_each(rf, units, province):
    for name in ("Xã Hòa Lộc", "Xã Hòa Long"):
        factories.unit(name, kind="commune", superior=province)
    seen = []
    for page in range(1, 6):
        request = rf.get(f"/don-vi/?page={page}&sort=kind")
        shown = UnitTable(units, request=request)
        shown.turn_to(request, 1)
        seen += [row.record.pk for row in shown.paginated_rows]

    assert sorted(seen) == sorted(unit.pk for unit in units)


def test_a_deadline_in_a_table_is_short_under_a_head_that_says_working_days(rf, db, today):
    shown = table(rf)

    assert str(shown.columns["due_on"].header) == "Hạn (ngày làm việc)"
    assert "</span><small>05/12/2025</small>" in shown.body()


def test_a_table_keeps_its_roles_and_labels_on_a_phone(rf, db):
    page = table(rf, "?sort=-points").as_html(rf.get("/gallery/?sort=-points"))

    assert 'role="table"' in page
    assert 'aria-sort="descending"' in page
    assert 'data-l="Tự chấm"' in page
    assert 'href="?sort=points"' in page


class UnitTable(ListTable):
    class Meta(ListTable.Meta):
        model = Unit
        fields = ("name", "kind")


class UnitFilter(ListFilter):
    quick = (("Tất cả", {}), ("Phường", {"kind": "ward"}))
    opened_on = django_filters.DateFromToRangeFilter(label="Thành lập")
    below = django_filters.ModelChoiceFilter(label="Thuộc", queryset=Unit.objects, method="all")

    def all(self, rows, name, value):
        return rows

    class Meta:
        model = Unit
        fields = ["kind"]


@pytest.fixture
def units(province):
    for name, kind in [("Phường Cao Lãnh", "ward"), ("Xã Hòa Bình", "commune")]:
        factories.unit(name, kind=kind, superior=province)
    return Unit.objects.order_by("path")


def filtered(rf, units, query):
    request = rf.get(f"/don-vi/{query}")
    return UnitFilter(request.GET, units, request=request)


@pytest.mark.parametrize("query", ["hoa binh", "HOÀ-BÌNH", "bình hoà", "Hòa"])
def test_search_finds_without_accents_and_in_any_order(rf, units, query):
    found = filtered(rf, units, f"?q={query}")

    assert [unit.name for unit in found.qs] == ["Xã Hòa Bình"]


def test_search_reads_signs_as_signs(rf, units):
    assert filtered(rf, units, "?q=%25_%25").qs.count() == units.count()


def test_a_filter_that_is_on_has_a_pill_that_removes_it(rf, units):
    found = filtered(rf, units, "?q=cao&opened_on_after=01/07/2025&sort=name&page=3")

    labels = [pill["label"] for pill in found.pills()]
    assert labels == ["Tất cả", "Phường", "Thành lập: từ 01/07/2025"]
    assert found.pills()[2]["remove"] == "?q=cao&sort=name"
    assert found.clear() == "?sort=name"


def test_a_chosen_row_is_asked_for_once(rf, units, province, django_assert_num_queries):
    found = filtered(rf, units, f"?below={province.pk}")

    with django_assert_num_queries(1):
        assert found.qs is not None
        assert found.on == ["below"]
        assert found.pills()[2]["label"] == "Thuộc: Tỉnh Đồng Tháp"


def test_quick_pills_show_which_of_them_is_on(rf, units):
    pills = filtered(rf, units, "?kind=ward&q=cao").pills()

    assert [(pill["label"], pill["on"]) for pill in pills] == [("Tất cả", False), ("Phường", True)]
    assert pills[0]["url"] == "?q=cao"


def test_a_value_that_is_no_choice_has_no_pill(rf, units):
    found = filtered(rf, units, "?kind=nonsense")

    assert len(found.pills()) == 2
    assert found.qs.count() == units.count()


def test_filters_that_are_not_drawn_are_carried_along(rf, units, django_assert_num_queries):
    with django_assert_num_queries(0):
        found = filtered(rf, units, "?q=cao&kind=ward&opened_on_after=01/07/2025&sort=name")
        assert not found.unfolded
        assert found.folded() == [("kind", "ward"), ("opened_on_after", "01/07/2025")]


@pytest.mark.parametrize("query", ["?more=1", "?kind=nonsense"])
def test_filters_are_drawn_when_asked_for_or_to_be_mended(rf, units, query):
    assert filtered(rf, units, query).unfolded


def test_nothing_on_has_nothing_to_clear(rf, units):
    assert filtered(rf, units, "").clear() == ""


# --- menu ---------------------------------------------------------------------------------


@pytest.fixture
def menu(monkeypatch):
    reverse("account_login")  # the portal registers its own menu with its addresses, once
    monkeypatch.setattr(nav, "_items", [])
    nav.register(
        nav.Item(label="Mật khẩu", url="account_change_password", perm="a", place=20),
        nav.Item(label="Tài khoản", url="mfa_index", perm=nav.SIGNED_IN, place=10, count=len_of),
        nav.Item(label="Đăng nhập", url="account_login", perm=nav.PUBLIC),
    )


def len_of(user):
    return 7


def visitor(*perms):
    return SimpleNamespace(is_authenticated=True, reach=lambda perm: perm in perms)


def test_the_menu_shows_what_one_may_do_in_order(menu):
    labels = [item.label for item in nav.items_for(visitor("a"), "/")]

    assert labels == ["Tài khoản", "Mật khẩu"]
    assert [item.label for item in nav.items_for(visitor(), "/")] == ["Tài khoản"]
    assert [item.label for item in nav.items_for(None, "/")] == ["Đăng nhập"]


def test_the_menu_marks_where_one_is(menu):
    items = nav.items_for(visitor("a"), "/accounts/2fa/totp/activate/")

    assert [item.current for item in items] == [True, False]
    assert items[0].count == 7


def test_a_page_that_lies_elsewhere_marks_the_line_that_it_belongs_to(menu):
    nav.register(
        nav.Item(label="Đơn vị", url="accounts:units", perm="a", also=("accounts:changes",))
    )

    items = nav.items_for(visitor("a"), "/sap-xep/7/rut-lai/")

    assert [str(item.label) for item in items if item.current] == ["Đơn vị"]


@pytest.mark.parametrize(("items", "row", "below"), [(7, 7, 0), (8, 8, 0), (9, 7, 2), (11, 7, 4)])
def test_a_long_menu_opens_its_end_below_more(items, row, below):
    shown, more = nav.folded([nav.Shown(str(at), "/", False, 0) for at in range(items)])

    assert (len(shown), len(more)) == (row, below)


def test_the_same_item_twice_is_refused(menu):
    with pytest.raises(ValueError, match="in the menu already"):
        nav.register(nav.Item(label="x", url="mfa_index", perm=nav.SIGNED_IN))

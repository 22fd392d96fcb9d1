"""Nobody is written over silently: a row's form knows what its page showed, and its save raises it."""

import pytest
from django import forms as django_forms
from django.urls import get_resolver, reverse

from core.audit import log
from core.ui.forms import PortalModelForm
from core.ui.merging import MergingForm
from core.ui.once import new_key
from core.workflow import NotNow
from criteria import services as criteria_services
from tests import factories
from tests.factories import awards, sheets

pytestmark = pytest.mark.django_db


def of_a_user(have):
    user = factories.user("Lê Thị Mai", home=have("ward"))
    return have("admin"), reverse("accounts:user_edit", args=[user.pk]), "position"


def of_a_decision(have):
    draft = awards.decision(unit=have("province"), actor=have("officer"), signed=True)
    return have("officer"), reverse("awards:decision_signing", args=[draft.pk]), "place"


def of_an_award(have):
    award = awards.issued(unit=have("province")).awards.first()
    return have("officer"), reverse("awards:correct", args=[award.pk]), "position"


def of_a_set(have):
    held = criteria_services.draw_up(
        code="cham-diem", title="Bộ tiêu chí", year=2025, unit=have("province"), actor=have("admin")
    )
    return have("officer"), reverse("criteria:set_edit", args=[held.pk]), "title"


def of_a_number(have):
    criteria_services.load_law()
    return have("section_head"), reverse("criteria:number", args=["mend_days"]), "article"


def of_a_block(have):
    officer = have("officer")
    block = sheets.block(of_unit=have("province"), actor=officer, members=[have("ward")])
    return officer, reverse("campaigns:block_edit", args=[block.pk]), "name"


PAGES = {
    "UserForm": of_a_user,
    "SigningForm": of_a_decision,
    "CorrectionForm": of_an_award,
    "SetForm": of_a_set,
    "ParameterForm": of_a_number,
    "BlockForm": of_a_block,
}
NEW_ROWS_ONLY = {"MembershipForm"}


def subclasses(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def typed(answer, **other):
    """What a browser would send of the form that was shown, with other words in some fields."""
    form = answer.context["form"]
    values = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False or isinstance(bound.field, django_forms.FileField):
            continue
        shown = "on" if value is True else bound.field.widget.format_value(value)
        values[bound.html_name] = "" if shown is None else shown
    return values | other


def test_every_form_over_a_row_with_a_version_has_its_page_here():
    assert get_resolver().url_patterns  # all pages, and with them all forms, are read
    held = {
        form.__name__
        for form in subclasses(PortalModelForm)
        if not issubclass(form, MergingForm)
        and form._meta.model
        and hasattr(form._meta.model, "version")
        and not form.__module__.startswith("tests.")
    }

    assert held == set(PAGES) | NEW_ROWS_ONLY


@pytest.fixture
def form_page(request, today):
    return PAGES[request.param](request.getfixturevalue)


each_page = pytest.mark.parametrize("form_page", sorted(PAGES), indirect=True)


@each_page
def test_the_second_of_two_who_opened_a_page_is_told(form_page, signed_in):
    user, address, field = form_page
    client = signed_in(user)
    mine, theirs = (client.get(address) for _person in range(2))
    one = {"by": "7/QĐ-UBND", "on": "01/12/2025"} if "dinh-chinh" in address else {}

    first = client.post(address, typed(mine, **one, **{field: "Một"}))
    second = client.post(address, typed(theirs, **one, **{field: "Hai"}))

    assert first.status_code == 302, first.context["form"].errors
    assert second.status_code == 422
    assert second.context["form"][field].value() == "Hai"
    assert second.context["form"].has_error("__all__", "stale")


@each_page
def test_the_same_form_again_gets_the_same_answer(form_page, signed_in):
    user, address, field = form_page
    client = signed_in(user)
    sent = typed(client.get(address), **{field: "Một"})
    sent |= {"by": "7/QĐ-UBND", "on": "01/12/2025"} if "dinh-chinh" in address else {}

    answers = [client.post(address, sent) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url


@each_page
def test_another_text_under_the_same_key_is_shown_and_can_be_sent(form_page, signed_in):
    user, address, field = form_page
    client = signed_in(user)
    sent = typed(client.get(address), **{field: "Một"})
    sent |= {"by": "7/QĐ-UBND", "on": "01/12/2025"} if "dinh-chinh" in address else {}
    client.post(address, sent)

    told = client.post(address, sent | {field: "Hai"})

    assert told.status_code == 409
    assert "Trang này đã được gửi trước đó" in told.content.decode()
    assert told.context["form"][field].value() == "Hai"
    assert told.context["form"]["once"].value() != sent["once"]
    assert client.post(address, typed(told)).status_code == 302
    assert client.get(address).context["form"][field].value() == "Hai"


def test_what_a_colleague_saved_after_the_page_was_sent_is_not_written_over(
    admin, ward, signed_in, today
):
    """Sent, changed by a colleague, then sent again with other words from the page of before."""
    _user, address, _field = of_a_user({"admin": admin, "ward": ward}.get)
    client = signed_in(admin)
    sent = typed(client.get(address), position="Một")
    client.post(address, sent)
    client.post(address, typed(client.get(address), position="Của đồng nghiệp"))

    told = client.post(address, sent | {"position": "Hai"})
    again = client.post(address, typed(told))

    assert (told.status_code, again.status_code) == (409, 422)


def test_who_saves_between_the_look_and_the_act_is_not_written_over(admin, ward):
    user = factories.user("Lê Thị Mai", home=ward)

    class Form(PortalModelForm):
        class Meta:
            model = type(user)
            fields = ["position"]

    form = Form({"position": "Một", "version": user.version, "once": new_key()}, instance=user)
    assert form.is_valid()
    type(user).objects.filter(pk=user.pk).update(version=user.version + 1)

    with pytest.raises(NotNow):
        form.hold()


def test_editing_raises_the_version_once(admin, ward):
    user = factories.user("Lê Thị Mai", home=ward)
    before = user.version

    with log.editing(user, actor=admin, label="Sửa"):
        user.position = "Chuyên viên"
        user.save()

    user.refresh_from_db()
    assert user.version == before + 1

"""The rule book: documents of the law, and its numbers with the days on which they hold."""

from django.http import Http404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.clock import clock
from core.text import written
from core.ui.views import FiguresPage, FormPage
from criteria import figures, services
from criteria.forms.law import ParameterForm
from criteria.models import Parameter

PAGE = (_("Law and numbers"), reverse_lazy("criteria:law"))


class Law(FiguresPage):
    perm = Perm.LAW_READ
    title = PAGE[0]
    template_name = "criteria/law.html"

    def get_context_data(self, **kwargs):
        today = clock.today()
        numbers = figures.numbers(today)
        return super().get_context_data(
            bases=figures.bases(today),
            numbers=numbers,
            unsure=sum(not row["now"].confirmed for row in numbers),
            may_manage=self.request.user.holds(Perm.LAW_MANAGE),
            crumbs=[(PAGE[0], None)],
            **kwargs,
        )


class SetNumber(FormPage):
    """Another value of one number from a day on."""

    perm = Perm.LAW_MANAGE
    form_class = ParameterForm
    title = _("Set the number")
    message = _("The number is kept.")
    template_name = "criteria/parameter_form.html"

    def newest(self):
        row = (
            Parameter.objects.filter(key=written(self.kwargs["key"]))
            .select_related("basis")
            .first()
        )
        if row is None:
            raise Http404
        return row

    def get_form_kwargs(self):
        newest = self.newest()
        kept = {
            "value": newest.value.normalize(),
            "basis": newest.basis,
            "article": newest.article,
            "confirmed": newest.confirmed,
            "valid_from": newest.valid_from,
        }
        words = {"newest": newest, "instance": newest, "initial": kept}
        return {**super().get_form_kwargs(), **words}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            newest=self.newest(), crumbs=[PAGE, (self.title, None)], **kwargs
        )

    def act(self, form):
        names = ("value", "valid_from", "basis", "article", "confirmed")
        values = {name: form.cleaned_data[name] for name in names}
        services.set_value(
            newest=self.newest(),
            **values,
            unit=self._unit(),
            actor=self.request.user,
        )
        return reverse("criteria:law")

    def _unit(self):
        """The unit by whose right this person sets numbers: the topmost."""
        path = min(self.request.user.reach(self.perm), key=len)
        units = [m.unit for m in self.request.user.current_memberships()]
        return next(unit for unit in units if unit.path == path)

"""Decisions: the draft with its awards, its number and day, its steps."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from awards import services
from awards.forms import SigningForm
from awards.models import Decision
from awards.workflow import DECISION
from core.ui.views import DetailPage, FormPage, StepView


class DecisionPage(DetailPage):
    perm = (Perm.DECISION_DRAFT, Perm.DECISION_ISSUE, Perm.AWARD_READ)
    model = Decision
    workflow = DECISION
    template_name = "awards/decision_detail.html"

    def get_context_data(self, **kwargs):
        awards = self.object.awards.for_lists().in_book_order()
        return super().get_context_data(page_title=str(self.object), awards=awards, **kwargs)


class SigningPage(FormPage):
    """Number, day, signer and place of a draft."""

    perm = (Perm.DECISION_DRAFT, Perm.DECISION_ISSUE)
    model = Decision
    form_class = SigningForm
    template_name = "awards/decision_signing.html"
    message = _("Number and day are kept.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.target()}

    def act(self, form):
        decision = services.enter_signing(
            decision=self.target(),
            version=form.cleaned_data["version"],
            actor=self.request.user,
            **{name: form.cleaned_data[name] for name in form.Meta.fields},
        )
        return decision.get_absolute_url()


class Step(StepView):
    model = Decision
    workflow = DECISION

"""Drawing up a decision: the nominees who passed, beside the quota of their round."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import Perm
from campaigns import rules as campaign_rules
from campaigns.models import AwardRound
from core.ui.views import FormPage, ListPage
from dossiers.forms.decision import DecideForm, LeaveOutForm
from dossiers.models import Nomination
from dossiers.rules import decision as rules
from dossiers.services import deciding

Result = Nomination.Result


class Rounds(ListPage):
    """Rounds with nominees to whom the council agreed."""

    perm = Perm.DECISION_DRAFT
    model = AwardRound
    template_name = "dossiers/compose_rounds.html"
    extra_context = {"page_title": gettext_lazy("Draw up a decision")}

    def scoped(self, queryset):
        passed = Q(nominations__result=Result.PASSED)
        rows = super().scoped(queryset).select_related("campaign")
        rows = rows.annotate(waiting=Count("nominations", filter=passed)).filter(waiting__gt=0)
        return rows.order_by("campaign", "order", "pk")


class Compose(FormPage):
    """Choose among those who passed; the database refuses one too many.

    Two forms: the button pressed says which is read, the other is shown as it stood beside it.
    """

    perm = Perm.DECISION_DRAFT
    model = AwardRound
    form_class = DecideForm
    other_forms = (LeaveOutForm,)
    template_name = "dossiers/compose.html"

    def target(self):
        if not hasattr(self, "_target"):
            rows = self.scoped(AwardRound.objects.select_related("campaign__unit", "award_type"))
            self._target = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._target

    @cached_property
    def nominations(self):
        return rules.passed_in(self.target())

    @cached_property
    def quotas(self):
        return [*self.target().quotas.all(), *campaign_rules.shares_now(self.target())]

    def get_form_class(self):
        pressed = self.request.POST.get("act")
        return LeaveOutForm if pressed == "leave_out" else DecideForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "nominations": self.nominations}

    def other(self, kind):
        """The form of the act that was not asked for, with what was typed there so far."""
        return kind(
            user=self.request.user,
            nominations=self.nominations,
            initial=self.get_initial(),
            beside=self.request.POST,
        )

    def get_initial(self):
        award_round = self.target()
        fitting = rules.fitting(self.nominations, self.quotas)
        return {
            **super().get_initial(),
            **rules.usual_words(award_round),
            "nominee": [nomination.pk for nomination in fitting],
        }

    def get_context_data(self, **kwargs):
        award_round, title = self.target(), _("Draw up a decision")
        crumbs = [(title, reverse("dossiers:compose_rounds")), (str(award_round), None)]
        form = kwargs.get("form") or self.get_form()
        kwargs["form"] = form
        decide, leave_out = (
            form if isinstance(form, kind) else self.other(kind)
            for kind in (DecideForm, LeaveOutForm)
        )
        ties, ticked = rules.ties(self.nominations, self.quotas), decide.ticked()
        return super().get_context_data(
            page_title=title,
            crumbs=crumbs,
            round=award_round,
            quotas=self.quotas,
            unlimited=list(rules.without_quota(self.nominations, self.quotas)),
            rows=[(n, n.pk in ticked, n.pk in ties) for n in self.nominations],
            decide=decide,
            leave_out=leave_out,
            left=leave_out.ticked(),
            leaving=leave_out.begun(),
            **kwargs,
        )

    def act(self, form):
        chosen, actor = form.chosen(), self.request.user
        if isinstance(form, LeaveOutForm):
            left = deciding.leave_out(
                nominations=chosen, reason=form.cleaned_data["why"], actor=actor
            )
            text = ngettext("%d nominee is left out.", "%d nominees are left out.", len(left))
            messages.success(self.request, text % len(left))
            return reverse("dossiers:compose", args=[self.target().pk])
        draft = deciding.decide(
            nominations=chosen,
            actor=actor,
            **{name: form.cleaned_data[name] for name in form.words},
        )
        text = ngettext("A draft with %d award.", "A draft with %d awards.", len(chosen))
        messages.success(self.request, text % len(chosen))
        return draft.get_absolute_url()

"""Decisions: the draft with its awards, its number and day, its steps, its papers."""

import django_filters
import django_tables2 as tables
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from awards import services
from awards.forms import SigningForm
from awards.models import Decision
from awards.workflow import DECISION, missing_to_issue
from core.documents.views import DownloadPage
from core.findings import blocking
from core.ui.components import marks
from core.ui.filters import ListFilter
from core.ui.tables import DayColumn, ListTable, NumberColumn, RowLink, StateColumn
from core.ui.views import DetailPage, FormPage, ListPage, StepView

AWARDS_A_PAGE = 50
WORKS = (Perm.DECISION_DRAFT, Perm.DECISION_ISSUE)  # they see drafts as well


class Readable:
    """Issued decisions for all who read awards; drafts for those who work on them."""

    perm = (Perm.AWARD_READ, *WORKS)

    def scoped(self, queryset):
        return queryset.readable_by(self.request.user)


class DecisionFilter(ListFilter):
    state = django_filters.ChoiceFilter(label=_("State"), choices=Decision.State.choices)
    quick = [
        (_("All"), {}),
        (Decision.State.DRAFT.label, {"state": "draft"}),
        (Decision.State.ISSUED.label, {"state": "issued"}),
    ]

    class Meta:
        model = Decision
        fields = ["state"]


class DecisionTable(ListTable):
    number = RowLink(
        verbose_name=_("Decision"), accessor="name", note="subject", order_by=("number", "pk")
    )
    signed_on = DayColumn(verbose_name=_("Signed on"), order_by=("signed_on", "pk"))
    signer = tables.Column(verbose_name=_("Signer"))
    awards = NumberColumn(verbose_name=_("Awards"), accessor="award_count")
    state = StateColumn()

    class Meta(ListTable.Meta):
        model = Decision
        fields = ("number", "signed_on", "signer", "awards", "state")


class DecisionList(Readable, ListPage):
    queryset = Decision.objects.counted()
    template_name = "awards/decision_list.html"
    filter_class = DecisionFilter
    table_class = DecisionTable

    def get_context_data(self, **kwargs):
        nothing = {"title": _("No decisions found"), "text": _("Drafts are made from nominees.")}
        may_draw_up = self.request.user.holds(Perm.DECISION_DRAFT)
        return super().get_context_data(
            page_title=_("Decisions"), nothing=nothing, may_draw_up=may_draw_up, **kwargs
        )


class DecisionPage(Readable, DetailPage):
    queryset = Decision.objects.select_related("unit", "created_by", "paper", "booklet", "bundle")
    workflow = DECISION
    template_name = "awards/decision_detail.html"

    def get_context_data(self, **kwargs):
        decision, user = self.object, self.request.user
        awards = decision.awards.for_papers().in_book_order()
        page = Paginator(awards, AWARDS_A_PAGE).get_page(self.request.GET.get("trang"))
        may_sign = decision.state == "draft" and any(user.can(perm, decision) for perm in WORKS)
        return super().get_context_data(
            page_title=decision.name,
            crumbs=[(_("Decisions"), reverse("awards:decisions")), (decision.name, None)],
            facts=facts_of(decision),
            awards=page,
            may_sign=may_sign,
            **(self.before_issue(decision) if may_sign else {}),
            **self.certificates(decision),
            **kwargs,
        )

    def before_issue(self, decision):
        """What whoever draws it up still has to do; whoever issues it reads that at the button."""
        if self.request.user.can(Perm.DECISION_ISSUE, decision):
            return {}
        found = blocking(missing_to_issue(decision, self.request.user))
        return {"missing": found, "complete": not found}

    def certificates(self, decision):
        """How far the certificates are, while they are being made, and the job to watch."""
        due = decision.awards.standing().with_certificate()
        if (
            decision.state != Decision.State.ISSUED
            or decision.booklet
            or not (total := due.count())
        ):
            return {}
        job = services.certificates_job(decision)
        watches = job and (
            job.requested_by == self.request.user or self.request.user.holds(Perm.JOB_WATCH)
        )
        made = due.exclude(certificate=None).count()
        return {"making": True, "made": made, "total": total, "job": job, "watches": watches}


def facts_of(decision):
    """(label, value) in the order of the paper; what is empty is left out."""
    return [
        (_("Number"), decision.number),
        (_("Signed on"), marks.day(decision.signed_on)),
        (_("Granted by"), decision.granted_by),
        (_("Signer"), decision.signer),
        (_("Office of the signer"), decision.signer_role),
        (_("Place"), decision.place),
        (_("Submission"), decision.proposed),
        (_("Drawn up by"), decision.created_by.full_name),
        (_("Issued at"), marks.moment(decision.issued_at)),
    ]


class SigningPage(FormPage):
    """Number, day, signer and place of a draft."""

    perm = WORKS
    model = Decision
    form_class = SigningForm
    template_name = "awards/decision_signing.html"
    message = _("Number and day are kept.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.target()}

    def get_context_data(self, **kwargs):
        decision = Decision.objects.get(pk=self.target().pk)  # as kept: the form changes its own
        title = _("Number, day and signer")
        crumbs = [
            (_("Decisions"), reverse("awards:decisions")),
            (decision.name, decision.get_absolute_url()),
            (title, None),
        ]
        return super().get_context_data(
            page_title=title, crumbs=crumbs, decision=decision, **kwargs
        )

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


class PaperDownload(Readable, DownloadPage):
    model = Decision

    def document_of(self, decision):
        return decision.paper


class BookletDownload(Readable, DownloadPage):
    model = Decision

    def document_of(self, decision):
        return decision.booklet


class BundleDownload(Readable, DownloadPage):
    model = Decision

    def document_of(self, decision):
        return decision.bundle

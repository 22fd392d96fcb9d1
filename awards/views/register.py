"""The register: every granted award, found again, shown, downloaded."""

import django_filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.permissions import Perm
from awards import rules
from awards.models import Award, AwardType, NomineeKind
from awards.models.award import KEEPERS
from core.audit.models import Entry
from core.documents import xlsx
from core.documents.views import DownloadPage
from core.jobs.lists import ListWorkbook
from core.text import whole
from core.ui.components import marks
from core.ui.filters import ListFilter, RowFilter
from core.ui.tables import DayColumn, ListTable, RowLink, StateColumn
from core.ui.views import DetailPage, ListPage

STATES = [(state.value, state.label) for state in (Award.State.VALID, Award.State.REVOKED)]


def years(request=None):
    """Years of granted awards, newest first."""
    held = Award.objects.granted().order_by("-year").values_list("year", flat=True)
    return [(year, str(year)) for year in held.distinct()]


def units(request):
    """The units that the visitor reads awards of."""
    return (
        Unit.objects.visible_to(request.user, Perm.AWARD_READ) if request else Unit.objects.none()
    )


class RegisterFilter(ListFilter):
    year = django_filters.ChoiceFilter(label=_("Year"), choices=years)
    award_type = django_filters.ModelChoiceFilter(
        label=_("Award"), queryset=AwardType.objects.all()
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=NomineeKind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES)
    unit = RowFilter(label=_("Unit, with those below it"), queryset=units, method="below")

    class Meta:
        model = Award
        fields = ["year", "award_type", "kind", "state", "unit"]

    def __init__(self, *args, **kwargs):
        """A year of which nothing is kept is a year all the same: its list is empty, not whole."""
        super().__init__(*args, **kwargs)
        asked = whole(self.data.get("year"), most=9999)
        if asked and (asked, str(asked)) not in (known := years()):
            self.filters["year"].extra["choices"] = [*known, (asked, str(asked))]

    def below(self, rows, name, unit):
        return rows.filter(unit__path__startswith=unit.path)


WHOLE = {"td": {"class": "nowrap"}}  # an official number stands on one line


class RegisterTable(ListTable):
    name = RowLink(verbose_name=_("Holder"), note="position", order_by=("search_text", "pk"))
    award_type = tables.Column(
        verbose_name=_("Award"),
        accessor="award_type__short_name",
        order_by=("award_type__code", "pk"),
    )
    golden_entry = tables.Column(
        verbose_name=_("Golden book"), order_by=("golden_series", "golden_number"), attrs=WHOLE
    )
    decision = tables.Column(verbose_name=_("Decision"), accessor="decision__number", attrs=WHOLE)
    signed_on = DayColumn(
        verbose_name=_("Signed on"),
        accessor="decision__signed_on",
        order_by=("decision__signed_on", "pk"),
    )
    state = StateColumn()

    class Meta(ListTable.Meta):
        model = Award
        fields = ("name", "award_type", "golden_entry", "decision", "signed_on", "state")


class Register(ListPage):
    perm = Perm.AWARD_READ
    queryset = Award.objects.granted().for_lists()
    template_name = "awards/award_list.html"
    filter_class = RegisterFilter
    table_class = RegisterTable

    def get_context_data(self, **kwargs):
        nothing = {
            "title": _("No awards found"),
            "text": _("Nothing was granted yet, or the filters leave nothing."),
        }
        words = {"page_title": _("Register of awards"), "nothing": nothing}
        return super().get_context_data(**words, **kwargs)


class RegisterExport(ListWorkbook):
    """The same rows, all of them, as a workbook."""

    perm = Perm.AWARD_READ
    title = _("Register of awards")
    name = "so-vang"
    columns = (
        xlsx.Column(_("Golden book"), 16),
        xlsx.Column(_("Award"), 30),
        xlsx.Column(_("Kind"), 12),
        xlsx.Column(_("Holder"), 34),
        xlsx.Column(_("Position and unit"), 44),
        xlsx.Column(_("Achievement"), 60),
        xlsx.Column(_("Year"), 8),
        xlsx.Column(_("Decision"), 18),
        xlsx.Column(_("Signed on"), 12),
        xlsx.Column(_("State"), 12),
    )

    def found(self):
        rows = self.scoped(Register.queryset.all())
        found = RegisterFilter(self.request.GET, rows, request=self.request).qs
        return found.in_book_order().order_by("-year", "golden_series", "golden_number", "pk")

    def cells(self, rows):
        return map(_cells, rows)


def _cells(award):
    return [
        award.golden_entry,
        award.award_type.name,
        award.get_kind_display(),
        award.name,
        award.position,
        award.reason,
        award.year,
        award.decision.number,
        award.decision.signed_on,
        award.get_state_display(),
    ]


class AwardPage(DetailPage):
    perm = Perm.AWARD_READ
    queryset = Award.objects.granted().select_related(
        "award_type", "decision__unit", "unit", "person", "collective", "certificate"
    )
    template_name = "awards/award_detail.html"

    def get_context_data(self, **kwargs):
        award, user = self.object, self.request.user
        keeps = any(user.can(perm, award) for perm in KEEPERS)
        return super().get_context_data(
            page_title=award.name,
            crumbs=[(_("Register of awards"), reverse("awards:register")), (award.name, None)],
            facts=facts_of(award),
            past=rules.past_awards(person=award.person, collective=award.collective),
            history=Entry.objects.about(award, user) + Entry.objects.about(award.decision, user),
            reads_decision=user.can(Perm.AWARD_READ, award.decision),
            former=award.former_certificates.order_by("pk") if keeps else (),
            keeps=keeps,
            may_correct=user.can(Perm.DECISION_DRAFT, award) and award.state == "valid",
            may_revoke=user.can(Perm.AWARD_REVOKE, award) and award.state == "valid",
            **kwargs,
        )


def facts_of(award):
    """(label, value): the words as printed, and where they stand."""
    years = filter(None, (award.achieved_from, award.achieved_to))
    period = "–".join(map(str, dict.fromkeys(years)))
    return [
        (_("Holder"), award.name),
        (_("Position and unit"), award.position),
        (_("Kind"), award.get_kind_display()),
        (_("Class of position"), award.get_position_class_display()),
        (_("Achievement"), award.reason),
        (_("Period of the achievement"), period),
        (_("Year"), str(award.year)),
        (_("Golden book"), award.golden_entry),
        (_("Decision"), award.decision.titled),
        (_("Proposed by"), award.unit.name),
        (_("Correcting decision"), "; ".join(map(str, award.corrections.all()))),
        (_("Corrected on"), marks.day(award.corrected_on)),
    ]


class CertificateDownload(DownloadPage):
    """The certificate; that of a revoked award only for those who keep the record."""

    perm = Perm.AWARD_READ
    model = Award

    def scoped(self, queryset):
        return super().scoped(queryset).with_files_for(self.request.user)

    def document_of(self, award):
        return award.certificate


class FormerCertificateDownload(DownloadPage):
    """A certificate as it was before it was made again."""

    perm = KEEPERS
    model = Award

    def document_of(self, award):
        return award.former_certificates.filter(pk=self.kwargs["document"]).first()

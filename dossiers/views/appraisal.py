"""Home Affairs: the queue, one dossier beside its sheet, on to the next of the same queue."""

from django.contrib import messages
from django.db.models import F
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.audit.models import Entry
from core.findings import blocking
from core.jobs.lists import ListWorkbook
from core.ui.components import marks
from core.ui.views import FormPage, ListPage, StepView
from dossiers import figures
from dossiers.forms.appraisal import VerdictsForm
from dossiers.models import Dossier
from dossiers.rules import appraisal, changes, conditions, contents, mending, parts
from dossiers.services import appraising
from dossiers.views import lists
from dossiers.workflow import DOSSIER

HOME_AFFAIRS = (Perm.DOSSIER_APPRAISE, Perm.DOSSIER_CONFIRM)
State = Dossier.State


def queue_of(user):
    """What Home Affairs has on the desk in this person's reach, the nearest day first."""
    rows = (
        Dossier.objects.visible_to(user, *HOME_AFFAIRS)
        .with_home_affairs()
        .in_lines()
        .with_sendings()
    )
    return rows.order_by(F("due_on").asc(nulls_last=True), "held_since", "pk")


class Queue(ListPage):
    perm = HOME_AFFAIRS
    model = Dossier
    filter_class = lists.QueueFilter
    table_class = lists.QueueTable
    template_name = "dossiers/queue_list.html"
    extra_context = {"page_title": gettext_lazy("Dossiers to appraise")}

    def scoped(self, queryset):
        return queue_of(self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        shown = [row.record for row in context["table"].paginated_rows]
        query = self.request.GET.urlencode()
        first = reverse("dossiers:appraise", args=[shown[0].pk]) if shown else ""
        return context | {
            "first": f"{first}?{query}" if first and query else first,
            "nothing": {
                "title": _("No dossier matches"),
                "text": _("Nothing waits here with these filters."),
                "url": reverse("dossiers:queue"),
                "verb": _("Drop all filters"),
            },
        }


class QueueSheet(ListWorkbook):
    """The queue as filtered, as a workbook."""

    perm = HOME_AFFAIRS
    title = gettext_lazy("Dossiers to appraise")
    name = "tham-dinh"
    columns = lists.COLUMNS

    def found(self):
        rows = queue_of(self.request.user)
        return lists.QueueFilter(self.request.GET, rows, request=self.request).qs

    def cells(self, rows):
        return lists.cells(rows)


class Place:
    """Where a dossier stands in the queue that the address describes."""

    def __init__(self, request, pk):
        self.query = request.GET.urlencode()
        rows = queue_of(request.user)
        if request.GET:
            rows = self._chosen(rows, request)
        self.pks = list(rows.values_list("pk", flat=True))
        self.at = self.pks.index(pk) if pk in self.pks else None

    def _chosen(self, rows, request):
        """As filters and sorting in the address choose and order them."""
        table = lists.QueueTable(lists.QueueFilter(request.GET, rows, request=request).qs)
        if sort := request.GET.getlist("sort"):
            table.order_by = sort
        return table.data.data

    @property
    def words(self):
        if self.at is None:
            return ""
        return _("Dossier %(at)d of %(all)d") % {"at": self.at + 1, "all": len(self.pks)}

    @property
    def before(self):
        return self._address(self.at - 1) if self.at else ""

    @property
    def after(self):
        """The next one; from a dossier that left the queue, the first."""
        return self._address(0 if self.at is None else self.at + 1)

    @property
    def queue(self):
        return self._with_query(reverse("dossiers:queue"))

    def address_of(self, pk):
        return self._with_query(reverse("dossiers:appraise", args=[pk]))

    def _address(self, place):
        return self.address_of(self.pks[place]) if 0 <= place < len(self.pks) else ""

    def _with_query(self, address):
        return f"{address}?{self.query}" if self.query else address


class Appraise(FormPage):
    """The dossier on the left, the sheet on the right; saving leads to the next one."""

    perm = HOME_AFFAIRS
    model = Dossier
    form_class = VerdictsForm
    template_name = "dossiers/appraise.html"

    def scoped(self, queryset):
        return super().scoped(queryset).sent().with_unit().with_sendings()

    @cached_property
    def nominations(self):
        """Those of the dossier as read once for all that this page asks of it."""
        return contents.read_once(self.target(), with_reports=True).nominations

    @cached_property
    def past(self):
        return conditions.past_awards_of(self.nominations)

    @cached_property
    def place(self):
        return Place(self.request, self.target().pk)

    @property
    def may_write(self):
        dossier = self.target()
        return dossier.state == State.APPRAISING and self.request.user.can(
            Perm.DOSSIER_APPRAISE, dossier
        )

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "nominations": self.nominations}

    def get_context_data(self, **kwargs):
        dossier, user, nominations = self.target(), self.request.user, self.nominations
        found = (
            []
            if dossier.state == State.RETURNED
            else list(appraisal.look_again(dossier, self.past))
        )
        own = list(appraisal.own_unit(dossier, user))
        offers = [o for o in DOSSIER.offers(dossier, user) if o.step.name != "appraise"]
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(
            page_title=f"{dossier} · {dossier.unit_name}",
            dossier=dossier,
            place=self.place,
            papers=contents.rows_of(dossier).papers,
            changes=self.changes(),
            rows=list(self.rows(kwargs["form"], found)),
            general_findings=[finding for finding in found if ":" not in finding.part],
            decided=sum(hasattr(nomination, "verdict") for nomination in nominations),
            may_write=self.may_write,
            blocked=" ".join(map(str, blocking(own))),
            own_unit="" if blocking(own) else " ".join(map(str, own)),
            may_return=bool(appraising.step_of_return(dossier, user)),
            other_offers=offers,
            may_take=any(offer.step.name == "open_appraisal" for offer in offers),
            step_address=reverse("dossiers:appraise", args=[dossier.pk]),
            history=Entry.objects.about(dossier, user),
            defects=[{"flaw": flaw} for flaw in self.open_flaws()],
            earlier=[{"flaw": flaw} for flaw in self.earlier_flaws()],
            soon=figures.soon(self.request.user),
            **kwargs,
        )

    def open_flaws(self):
        waits = self.target().state == State.RETURNED
        return mending.open_flaws(self.target()) if waits else []

    def earlier_flaws(self):
        """Flaws of the returns that the unit answered, each with what became of it."""
        return mending.earlier_flaws(self.target()) if self.target().sendings > 1 else []

    def changes(self):
        """What changed since the sending before: (name of the part, changes in it)."""
        if self.target().sendings < 2:
            return []
        dossier, found = self.target(), {}
        for change in changes.since_last_sending(dossier):
            found.setdefault(change.part, []).append(change)
        names = parts.part_names(dossier)
        held = [sending.contents for sending in changes.sendings_of(dossier)[:2]]
        return [
            (names.get(part) or parts.name_then(dossier, part, *held), rows)
            for part, rows in found.items()
        ]

    def rows(self, form, findings):
        """Each nominee with form fields, findings and what it holds already."""
        for row in form.rows:
            nomination = row["nomination"]
            keys = {f"nominee:{nomination.pk}", f"report:{nomination.pk}"}
            yield {
                **row,
                "findings": [finding for finding in findings if finding.part in keys],
                "past": self.past[nomination.pk],
                "facts": facts_of(nomination),
                "parts": nomination.report.in_order() if hasattr(nomination, "report") else [],
                "verdict": getattr(nomination, "verdict", None),
            }

    def field_of(self, finding, form):
        """What is said of a nominee leads to the nominee's place on the sheet."""
        kind, _colon, key = finding.part.partition(":")
        field = f"{'remark' if finding.rule == 'R14' else 'opinion'}_{key}"
        return field if kind in ("nominee", "report") and field in form.fields else None

    def act(self, form):
        concluding = "conclude" in self.request.POST
        after = self.place.after or self.place.queue
        dossier = appraising.save_verdicts(
            dossier=self.target(),
            opinions=form.opinions(),
            actor=self.request.user,
            conclude=concluding,
        )
        text = (
            _("%(dossier)s is appraised.") if concluding else _("The sheet of %(dossier)s is kept.")
        )
        messages.success(self.request, text % {"dossier": dossier})
        return after


def facts_of(nomination):
    """What form 0603.N and the certificate need, as facts of the sheet."""
    names = ["position", "position_class", "birth_day", "workplace", "headcount", "unit_votes"]
    for name in names:
        value = getattr(nomination, name)
        shown = getattr(nomination, f"get_{name}_display", None)
        label = nomination._meta.get_field(name).verbose_name
        yield label, shown() if shown else (marks.day(value) if name == "birth_day" else value)


class DeskStep(StepView):
    """A step pressed at the desk leads on in the same queue."""

    model = Dossier
    workflow = DOSSIER

    def post(self, request, pk, step):
        self.place = Place(request, pk)
        return super().post(request, pk, step)

    def address_after(self, obj):
        if obj.state == State.APPRAISING:
            return self.place.address_of(obj.pk)
        return self.place.after or self.place.queue

"""One step of the wizard: its values and tables, typed, read like the cells of a workbook, kept."""

from functools import cached_property

from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from campaigns.forms.wizard import StepForm, StepRows
from campaigns.models import Campaign
from campaigns.plans import export, sketch, steps
from campaigns.plans.apply import faults_here
from campaigns.views.campaigns import LIST
from campaigns.views.planning.asking import Choices, ask_for
from campaigns.views.planning.meeting import Kept, KeptTable, meet, rows_of_draft
from campaigns.views.planning.wizard import applied, steps_of
from core.audit import log
from core.ui.drafts import KeepsDraft
from core.ui.merging import plain
from core.ui.once import was_sent
from core.ui.views import FormPage

CONTENTS = "noi-dung"  # the step that takes over contents of the superior plan
STAY, TAKE_OVER = "o-lai", "ke-thua"  # what the button beside “Save and go on” sends as `then`


class WizardStep(KeepsDraft, FormPage):
    """One step; saving goes on to the next. What is typed and not saved is there on return."""

    perm = Perm.CAMPAIGN_PLAN
    model = Campaign
    form_class = StepForm
    template_name = "campaigns/wizard_step.html"
    conflicts = ()
    stale = False  # whether a colleague saved after the kept draft was typed

    def scoped(self, queryset):
        return super().scoped(queryset).filter(state=Campaign.State.DRAFT)

    @property
    def title(self):
        return self.step.title

    @cached_property
    def step(self):
        for step in steps.STEPS:
            if step.code == self.kwargs["step"]:
                return step
        raise Http404

    @cached_property
    def sketch(self):
        return sketch.Sketch(export.plan_of(self.target()))

    @cached_property
    def choices(self):
        readable = Campaign.objects.for_reader(self.request.user)
        return Choices(self.target(), self.sketch, self.step, readable)

    @cached_property
    def names(self):
        """{place: name of its field}, for the single values."""
        return {place: ".".join(place.words) for place in sketch.places(self.step)}

    @cached_property
    def tables(self):
        """[(shown table, its formset)]."""
        return [
            (each, self._rows(each, number))
            for number, each in enumerate(sketch.shown(self.step), start=1)
        ]

    def _rows(self, each, number):
        asks = [
            ask_for(place, f"c{at}", choices=self.choices.of(each, place))
            for at, place in enumerate(each.places)
        ]
        prefix = f"t{number}"
        draft = getattr(self, "draft", None)
        if self.posted:
            initial = []
        elif draft:
            initial = rows_of_draft(draft.values, prefix)
        else:
            kept = enumerate(self.sketch.rows[each.table])
            rows = [*kept, *((None, row) for row in self.choices.offered(each, self.request))]
            initial = [
                {"kept": at, **{f"c{n}": row.get(place) for n, place in enumerate(each.places)}}
                for at, row in rows
            ]
        return StepRows(
            self.posted or None,
            prefix=prefix,
            initial=initial,
            form_kwargs={"asks": asks},
        )

    @cached_property
    def kept(self):
        """What is kept of this step now, by names of fields."""
        values = {name: (place.label, self.sketch.of(place)) for place, name in self.names.items()}
        tables = {}
        for number, each in enumerate(sketch.shown(self.step), start=1):
            places = each.places
            rows = [
                [plain(row.get(place)) for place in places] for row in self.sketch.rows[each.table]
            ]
            tables[f"t{number}"] = KeptTable(each.table.title, rows, _key(each))
        return Kept(values, tables)

    @cached_property
    def posted(self):
        """What came with the request, as `post` merged it."""
        return self.request.POST

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        """Merge with what a colleague saved since the page was shown; show what both changed.

        The campaign is held from before its plan is read until the plan is written: a step
        writes the whole of it, and would undo a step that somebody saves in between.
        """
        list(Campaign.objects.select_for_update().filter(pk=kwargs["pk"]).values_list("pk"))
        if was_sent(request):  # it would meet itself; this leads to where the first sending led
            return super().form_valid(self.get_form())
        found, self.conflicts = meet(dict(request.POST.lists()), self.kept)
        self.posted = QueryDict(mutable=True)
        for name, texts in found.items():
            self.posted.setlist(name, texts)
        if not self.conflicts:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        form.add_error(None, log.changed_meanwhile(self.target()))
        return self.form_invalid(form, status=409)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.conflicts = self.conflicts
        return form

    def kept_draft(self):
        """What was typed and not saved, merged with what a colleague saved meanwhile."""
        draft = super().kept_draft()
        if draft:
            before = draft.values.get("seen")
            draft.values, self.conflicts = meet(draft.values, self.kept, again=True)
            self.stale = before not in (None, draft.values.get("seen"))
        return draft

    def get_initial(self):
        said = {name: self.sketch.of(place) for place, name in self.names.items()}
        return said | {"seen": self.kept.seen()}

    def get_form_kwargs(self):
        asks = [
            ask_for(place, name, self.sketch, self.choices.of_value(place))
            for place, name in self.names.items()
        ]
        said = {**super().get_form_kwargs(), "asks": asks}
        return said | {"data": self.posted} if "data" in said else said

    def get_context_data(self, **kwargs):
        campaign = self.target()
        kwargs.setdefault("form", self.get_form())  # with its draft, which the tables show too
        return super().get_context_data(
            campaign=campaign,
            back=self._beside(-1),
            lead=self.step.lead,
            tables=[(each.table.title, rows) for each, rows in self.tables],
            formsets=[rows for _each, rows in self.tables],
            rail=steps_of(campaign, self.step.code, user=self.request.user),
            changed=log.changed_meanwhile(campaign) if self.stale else "",
            left_open=self.choices.left_open if self.step.code == CONTENTS else [],
            crumbs=[LIST, (str(campaign), campaign.get_absolute_url()), (self.title, None)],
            **kwargs,
        )

    def form_valid(self, form):
        if not all(rows.is_valid() for _each, rows in self.tables):
            return self.form_invalid(form)
        for place, name in self.names.items():
            self.sketch.put(place, form.cleaned_data[name])
        places = {each.table: self._take(each, rows) for each, rows in self.tables}
        reading = self.sketch.read()
        faults = faults_here(reading, owner=self.target().unit)
        if faults:
            self._tell(form, faults, places)
            return self.form_invalid(form)
        self.plan = reading.plan
        return super().form_valid(form)

    def _take(self, each, rows):
        """Put the rows as typed into the sketch; answers their forms in that order."""
        standing = [
            row
            for row in rows.forms
            if not row.cleaned_data.get("DELETE")
            and any(row.cleaned_data.get(f"c{n}") for n in range(len(each.places)))
        ]
        typed = [
            (
                row.cleaned_data.get("kept"),
                {place: row.cleaned_data[f"c{n}"] for n, place in enumerate(each.places)},
            )
            for row in standing
        ]
        self.sketch.put_rows(each.table, typed)
        return standing

    def _tell(self, form, faults, places):
        """Each fault at its field; one that this step does not show, above the form."""
        shown = {each.table: each.places for each, _rows in self.tables}
        for fault in faults:
            table, row, place = self.sketch.where(fault.line)
            if place in self.names:
                form.add_error(self.names[place], fault.text)
            elif table in shown and row is not None and place in shown[table]:
                field = f"c{shown[table].index(place)}"
                places[table][row].add_error(field, fault.text)
            else:
                form.add_error(None, str(fault))

    def act(self, form):
        applied(self.plan, actor=self.request.user, owner=self.target().unit)
        self.message = _("Saved.")
        then = self.posted.get("then")
        if then == STAY:
            return self.request.path
        if then == TAKE_OVER:
            return f"{self.request.path}?{TAKE_OVER}=1"
        return self._beside(1) or reverse("campaigns:wizard_ready", args=[self.target().pk])

    def _beside(self, by):
        """The address of the step before (-1) or after (1); nothing beyond the ends."""
        codes = [step.code for step in steps.STEPS]
        at = codes.index(self.step.code) + by
        if at not in range(len(codes)):
            return ""
        return reverse("campaigns:wizard", args=[self.target().pk, codes[at]])


def _key(each):
    """The columns by which a row of a shown table is known: a code may stand under two parents."""
    table, places = each.table, each.places
    if table.key not in places:
        return ()
    return tuple(places.index(place) for place in (table.belongs, table.key) if place)

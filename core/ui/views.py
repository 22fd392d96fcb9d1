"""Page kinds. Every page names the permission it needs; rows come scoped to it."""

from contextlib import nullcontext
from typing import Any

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, ListView, TemplateView, View

from core.audit.models import Entry
from core.findings import Finding
from core.text import whole, written
from core.ui.once import Repeated, Reused, ask_first, once, taken
from core.workflow import Blocked, NotNow

SIGNED_IN = "signed-in"  # a page that shows only the visitor's own things
MOST_NOTE = 4_000  # characters of the reason for a step
PUBLIC = "public"  # a page for everybody; its class is marked login_not_required as well


READS = {"SELECT", "WITH", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA"}


def refuse_writes(execute, sql, params, many, context):
    """A GET reads; session and cache rows are the framework's and may be touched."""
    word = sql.lstrip("( ").split(None, 1)[0].upper()
    own = '"django_session"' in sql or '"django_cache"' in sql
    if word not in READS and not own:
        raise RuntimeError(f"A GET must not write: {sql[:80]}")
    return execute(sql, params, many, context)


class Guarded:
    """The base of every page of ours: a permission by name, and a GET that cannot write."""

    perm: Any = None
    abstract = False  # a base that names no permission; its subclasses do
    title: Any = ""  # the heading; a page about one row has the row's name

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        unfinished = cls.__module__ == __name__ or cls.__dict__.get("abstract", False)
        if cls.perm is None and not unfinished:
            raise ImproperlyConfigured(f"{cls.__qualname__} must name a perm")

    @property
    def perms(self) -> tuple[str, ...]:
        return self.perm if isinstance(self.perm, tuple) else (self.perm,)

    def dispatch(self, request, *args, **kwargs):
        if not {SIGNED_IN, PUBLIC} & set(self.perms) and not request.user.holds(*self.perms):
            raise Http404
        reading = request.method in {"GET", "HEAD"}
        with connection.execute_wrapper(refuse_writes) if reading else nullcontext():
            response = super().dispatch(request, *args, **kwargs)
            if reading and hasattr(response, "render"):
                response.render()
        return response

    def http_method_not_allowed(self, request, *args, **kwargs):
        """In the frame: whoever reloads the address of a button finds a way on."""
        response = render(request, "405.html", status=405)
        response.headers["Allow"] = ", ".join(self._allowed_methods())
        return response

    def get_context_data(self, **kwargs):
        """Every page has a heading, in `page_title`."""
        kwargs.setdefault("page_title", self.title or getattr(self, "object", ""))
        return super().get_context_data(**kwargs)

    def scoped(self, queryset):
        """Only the rows on which this visitor holds one of the page's permissions."""
        return queryset.visible_to(self.request.user, *self.perms)


class ListPage(Guarded, ListView):
    """A list with search, filters, sorting and pages, all in the address.

    `filter_class` and `table_class` are a core.ui.filters.ListFilter and a
    core.ui.tables.ListTable; either may be left out.
    """

    paginate_by = 25
    filter_class: Any = None
    table_class: Any = None
    empty: Any = None

    def get_queryset(self):
        rows = self.scoped(super().get_queryset())
        self.filterset = None
        if self.filter_class:
            self.filterset = self.filter_class(self.request.GET, rows, request=self.request)
            rows = self.filterset.qs
        return rows

    def get_context_data(self, **kwargs):
        kwargs["filter"] = self.filterset
        if self.table_class:
            self.paginate_by, per_page = None, self.paginate_by
            kwargs["table"] = self.get_table(per_page)
        return super().get_context_data(**kwargs)

    def get_table(self, per_page):
        """The page of the table that the address asks for; the rest is never read."""
        counted = self.filterset.counted() if self.filterset else None
        table = self.table_class(self.object_list, request=self.request, counted=counted)
        table.turn_to(self.request, per_page)
        return table


class DetailPage(Guarded, DetailView):
    """One row, the buttons of its workflow and its history."""

    workflow: Any = None

    def get_queryset(self):
        return self.scoped(super().get_queryset())

    def get_context_data(self, **kwargs):
        obj, user = self.object, self.request.user
        if "offers" not in kwargs:
            kwargs["offers"] = self.workflow.offers(obj, user) if self.workflow else []
        if "history" not in kwargs:
            kwargs["history"] = Entry.objects.about(obj, user)
        return super().get_context_data(**kwargs)


class FiguresPage(Guarded, TemplateView):
    """Numbers over everything in the visitor's reach."""


class FormPage(Guarded, FormView):
    """One form. `act(form)` does the work and returns the address to go to.

    The same form sent twice does the work once; a failed one comes back with everything
    typed. Subclasses get their object, if there is one, from `self.target()`.
    """

    model: Any = None
    message: Any = ""

    def target(self):
        """The row of the address, in the visitor's scope for this page; else 404."""
        if not hasattr(self, "_target"):
            rows = self.scoped(self.model._default_manager.all())
            self._target = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._target

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def post(self, request, *args, **kwargs):
        """What was carried out before is asked for its answer, before it is looked at for faults."""
        try:
            ask_first(request)
            form = self.get_form()
            if form.is_valid():
                return self.form_valid(form)
            ask_first(request)  # its first sending may have ended while this one was read
        except Repeated as repeated:
            return taken(redirect(repeated.address), request)
        except Reused as reused:
            return self.sent_otherwise(self.get_form(), reused)
        return self.form_invalid(form)

    def form_valid(self, form):
        try:
            with once(self.request) as key:
                form.hold()
                address = self.act(form)
                key.answer(address, form.version_left(), form.marks_left())
        except Repeated as repeated:
            return taken(redirect(repeated.address), self.request)
        except Reused as reused:
            return self.sent_otherwise(form, reused)
        except NotNow as moved_on:
            form.add_error(None, str(moved_on))
            return self.form_invalid(form, status=409)
        except Blocked as blocked:
            for finding in blocked.findings:
                where = finding.href if finding.href.startswith("#") else None  # on this page
                fault = ValidationError(str(finding), code=where)
                form.add_error(self.field_of(finding, form), fault)
            return self.form_invalid(form, status=409)
        if self.message:
            messages.success(self.request, self.message)
        return taken(redirect(address), self.request)

    def field_of(self, finding, form) -> str | None:
        """The field at which a finding is mended, to which the list of errors leads; if any."""
        return finding.part if finding.part in form.fields else None

    def form_invalid(self, form, status=422):
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def sent_otherwise(self, form, reused):
        """The page went back in the browser and says something else now: it is shown, to be sent."""
        form.renew(reused.first)
        form.add_error(None, str(reused))
        return self.form_invalid(form, status=409)

    def act(self, form) -> str:
        raise NotImplementedError


class StepView(View):
    """POST /…/<pk>/<step>/ : every button of a workflow lands here; its step names the perm."""

    model: Any = None
    workflow: Any = None
    http_method_names = ["get", "post"]

    def get(self, request, pk, step, **of) -> HttpResponse:
        """The address of a button, reloaded or asked for after signing in, leads to the row."""
        return redirect(self.row_for(pk, step, **of).get_absolute_url())

    def row_for(self, pk, step):
        """The row of the address, in reach of whoever may take the step; else 404."""
        known = self.workflow.transitions.get(step)
        if known is None or not known.button:
            raise Http404
        return get_object_or_404(
            self.model.objects.visible_to(self.request.user, known.perm), pk=pk
        )

    def post(self, request, pk, step, **of) -> HttpResponse:
        obj, known = self.row_for(pk, step, **of), self.workflow.transitions[step]
        note = _note(request)
        if len(note) > MOST_NOTE:
            said = _("The reason has %(there)d characters; write at most %(most)d.")
            words = {"there": len(note), "most": MOST_NOTE}
            return self.refused(obj, known, [Finding(said % words)])
        try:
            with once(request) as key:
                obj = self.workflow.perform(
                    obj,
                    step,
                    actor=request.user,
                    note=note,
                    version=_seen(request.POST.get("version")),
                )
                key.answer(obj.get_absolute_url())
        except Repeated as repeated:
            return taken(redirect(repeated.address), request)
        except NotNow as moved_on:
            if note.strip():  # to be taken along, not typed again
                return self.refused(obj, known, [Finding(str(moved_on))])
            messages.warning(request, str(moved_on))
            return redirect(self.address_after(obj))
        except Blocked as blocked:
            return self.refused(obj, known, blocked.findings)
        done = _("“%(step)s” is done: %(object)s.")
        messages.success(request, done % {"step": known.label, "object": obj})
        return taken(redirect(self.address_after(obj)), request)

    def refused(self, obj, step, findings):
        """Why not, and the note that was typed."""
        note = _note(self.request)
        context = {"object": obj, "step": step, "findings": findings, "note": note}
        return render(self.request, "409.html", context, status=409)

    def address_after(self, obj) -> str:
        """Where the person goes next: the row, unless it is out of reach now."""
        return obj.get_absolute_url()


def _note(request: Any) -> str:
    """The reason that was typed, as it may be kept; a line's end counts once."""
    return written(request.POST.get("note", "")).replace("\r\n", "\n")


def _seen(version: str | None) -> int | None:
    """The version that the page showed, if it said one; -1, which no row has, for nonsense."""
    known = whole(version)
    return -1 if version and known is None else known


class Ping(Guarded, View):
    """Says “still here”: the answer is nothing, the session lives on."""

    perm = SIGNED_IN

    def get(self, request):
        return HttpResponse(status=204)

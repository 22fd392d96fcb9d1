"""Pages about jobs: how far is it, what came of it, run it again."""

from django.contrib import messages
from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView, View

from core.documents.views import answer
from core.jobs.background import is_open_to
from core.jobs.models import Job
from core.ui.components.marks import moment
from core.ui.once import Repeated, once, taken
from core.ui.views import SIGNED_IN, Guarded

WATCH = "job.watch"  # accounts.permissions.Perm.JOB_WATCH; the core knows it by name only


def own_or_watched(user):
    """A person sees what they asked for; an administrator sees every job."""
    return Job.objects.all() if user.holds(WATCH) else Job.objects.filter(requested_by=user)


class JobProgress(Guarded, DetailView):
    """The page a person watches; htmx asks for its middle until the job is over."""

    perm = SIGNED_IN
    model = Job

    def get_queryset(self):
        jobs = own_or_watched(self.request.user).select_related("requested_by")
        return jobs.prefetch_related("results")

    def get_template_names(self):
        part = bool(self.request.htmx) and not self.request.htmx.boosted
        return ["jobs/job_progress.html" if part else "jobs/job_detail.html"]

    def get_context_data(self, **kwargs):
        user = self.request.user
        watched = user.holds(WATCH)
        heading = _("Jobs") if watched else JobList.title
        return super().get_context_data(
            mine=self.object.requested_by_id == user.pk,
            facts=_facts(self.object) if watched else [],
            crumbs=[(heading, reverse("jobs:list")), (str(self.object), None)],
            **kwargs,
        )


def _facts(job):
    """What an administrator is to know of a job that stopped."""
    return [
        (_("Number to name"), job.number),
        (_("Asked for by"), job.requested_by or _("the portal itself")),
        (_("Asked for at"), moment(job.created_at)),
        (_("Times tried"), job.attempts),
        (_("What the program said"), "" if job.plain else job.error),
    ]


class JobList(Guarded, ListView):
    """What I asked for; for an administrator, everything, parked jobs first."""

    perm = SIGNED_IN
    model = Job
    paginate_by = 25
    title = _("My jobs")
    template_name = "jobs/job_list.html"

    def get_queryset(self):
        user = self.request.user
        jobs = own_or_watched(user).select_related("requested_by")
        if user.holds(WATCH):
            waits = Case(When(state=Job.State.PARKED, then=0), default=1)
            jobs = jobs.order_by(waits, *Job._meta.ordering)
        state = self.request.GET.get("state")
        return jobs.filter(state=state) if state in Job.State.values else jobs

    def get_context_data(self, **kwargs):
        everybody = self.request.user.holds(WATCH)
        title = _("Jobs") if everybody else self.title
        return super().get_context_data(
            page_title=title,
            states=Job.State.choices,
            state=self.request.GET.get("state", ""),
            everybody=everybody,
            crumbs=[(title, None)],
            **kwargs,
        )


class JobAgain(Guarded, View):
    """POST: a person lets a stopped job run once more."""

    perm = SIGNED_IN
    http_method_names = ["post"]

    def post(self, request, pk):
        job = get_object_or_404(own_or_watched(request.user), pk=pk)
        if not is_open_to(job, request.user) and not request.user.holds(WATCH):
            raise Http404
        address = reverse("jobs:job", args=[job.pk])
        try:
            with once(request) as key:
                key.answer(address)
                runs = job.try_again()
        except Repeated as repeated:
            return redirect(repeated.address)
        if runs:
            messages.success(request, _("The job runs again."))
        else:
            messages.warning(request, _("The job is not stopped; there is nothing to repeat."))
        return taken(redirect(address), request)


class JobResult(Guarded, View):
    """A file that came of a job: for the person who asked for it, while they may have it."""

    perm = SIGNED_IN

    def get(self, request, pk, document):
        job = get_object_or_404(Job, pk=pk, requested_by=request.user)
        if not is_open_to(job, request.user):
            raise Http404
        found = job.results.filter(pk=document).first()
        if found is None:
            raise Http404
        return answer(request, found)

"""A list as a file, a workbook or a paper: at once while it is short, else as a job.

class QueueSheet(ListWorkbook):
    perm = HOME_AFFAIRS
    title = _("Dossiers to appraise")
    name = "tham-dinh"
    columns = COLUMNS

    def found(self):
        return QueueFilter(self.request.GET, queue_of(self.request.user), …).qs

    def cells(self, rows):
        …  # a row of `columns` for each
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.generic import View

from core.clock import clock
from core.documents import pdf, store, xlsx
from core.documents.views import made
from core.jobs.background import Stopped, background, deliver
from core.jobs.models import Job
from core.ui.once import Repeated, once, taken
from core.ui.views import Guarded

AT_ONCE = 1_000  # rows for which a page makes its visitor wait
CHUNK = 500  # rows that the job holds in memory


class ListFile(Guarded, View):
    """A list as a file. A subclass says `title`, `media_type`, how long it is, and its bytes.

    A long list answers with a page that says so; its button starts the job, which reads with
    the eyes of whoever pressed it.
    """

    abstract = True
    media_type = ""
    icon = "file-earmark"

    def number(self) -> int:
        """How many rows the visitor will get."""
        raise NotImplementedError

    def is_long(self) -> bool:
        return self.number() > AT_ONCE

    def content(self, job: Any = None) -> bytes:
        """The file; a `job` hears how far it is."""
        raise NotImplementedError

    def file(self) -> str:
        """The name of the file."""
        raise NotImplementedError

    def trail(self) -> list[tuple[str, str]]:
        """(title, address) of the pages above, for the way back."""
        return []

    def get(self, request, **kwargs):
        if not self.is_long():
            return made(self.content(), name=self.file(), media_type=self.media_type)
        context = {
            "page_title": _("List as a file"),
            "list": self.title,
            "number": self.number(),
            "icon": self.icon,
            "crumbs": [*self.trail(), (_("List as a file"), None)],
        }
        return render(request, "jobs/list_file.html", context)

    def post(self, request, **kwargs):
        try:
            with once(request) as key:
                job = write_list.start(
                    by=request.user,
                    about=self.title,
                    page=f"{type(self).__module__}.{type(self).__qualname__}",
                    of=kwargs,
                    query=request.GET.urlencode(),
                    language=translation.get_language(),
                )
                key.answer(reverse("jobs:job", args=[job.pk]))
        except Repeated as repeated:
            return redirect(repeated.address)
        return taken(redirect(key.address), request)


class ListWorkbook(ListFile):
    """A list as its filters in the address leave it. A subclass says `title`, `name` (of the
    file, without day and ending), `columns`, `found()` and `cells(rows)`."""

    abstract = True
    media_type = store.XLSX
    icon = "file-earmark-spreadsheet"
    name = ""
    columns: Sequence[xlsx.Column] = ()

    def found(self) -> Any:
        """The rows in this visitor's reach, a queryset."""
        raise NotImplementedError

    def cells(self, rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
        raise NotImplementedError

    def number(self) -> int:
        return self.found().count()

    def content(self, job: Any = None) -> bytes:
        found = self.found()
        cells = _in_chunks(job, found, self.cells) if job else self.cells(list(found))
        return xlsx.workbook(self.title, self.columns, cells)

    def file(self) -> str:
        return f"{self.name}-{clock.today():%Y%m%d}.xlsx"


class ListPaper(ListFile):
    """A list on paper. A subclass says `title`, `number()`, `paper()`, `file()` and the page to
    which one that cannot be printed leads `back()`, with the reason as a sentence."""

    abstract = True
    media_type = store.PDF
    icon = "file-earmark-pdf"
    most_at_once = 100  # rows: paper takes many times as long as a workbook

    def paper(self) -> bytes:
        raise NotImplementedError

    def back(self) -> str:
        raise NotImplementedError

    def trail(self) -> list[tuple[str, str]]:
        return [(self.title, self.back())]

    def is_long(self) -> bool:
        return self.number() > self.most_at_once

    def content(self, job: Any = None) -> bytes:
        return self.paper()

    def get(self, request, **kwargs):
        try:
            return super().get(request, **kwargs)
        except pdf.RenderRefused as fault:
            messages.error(request, str(fault))
            return redirect(self.back())


def _of_page(job: Job) -> Iterable[str]:
    """The permissions of the page whose list it is."""
    return import_string(job.params["page"])().perms


@background(gettext_noop("List as a file"), needs=_of_page)
def write_list(job: Any, page: str, of: dict[str, Any], query: str, language: str) -> None:
    """The file of `page`, for whoever asked; `of` and `query` are of its address. Safe to repeat."""
    shown: ListFile = import_string(page)()
    shown.kwargs, shown.request = of, _request(job.requested_by, query)
    if not job.requested_by.holds(*shown.perms):
        raise Stopped(_("You may no longer see this list."))
    try:
        with translation.override(language):
            content = shown.content(job)
    except Http404:
        raise Stopped(_("This list is no longer within your reach.")) from None
    except pdf.RenderRefused as fault:
        raise Stopped(str(fault)) from None
    unit = job.requested_by.home_unit or job.requested_by.current_memberships()[0].unit
    deliver(job, content, name=shown.file(), media_type=shown.media_type, unit=unit)


def _request(user: Any, query: str) -> HttpRequest:
    """What a filter asks of a request: who looks, and the address."""
    request = HttpRequest()
    request.GET, request.user = QueryDict(query), user
    return request


def _in_chunks(
    job: Any, rows: Any, cells: Callable[[Sequence[Any]], Iterable[Sequence[Any]]]
) -> Iterator[Sequence[Any]]:
    """The cells of all rows in their order; the progress page hears of each chunk."""
    pks = list(rows.values_list("pk", flat=True))
    job.beat(done=0, total=len(pks))
    for start in range(0, len(pks), CHUNK):
        chunk = pks[start : start + CHUNK]
        yield from cells(list(rows.filter(pk__in=chunk)))
        job.beat(done=start + len(chunk))

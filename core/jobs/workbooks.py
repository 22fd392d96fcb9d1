"""The rows of a list as a workbook: at once while they are few, else as a job.

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

from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.generic import View

from core.clock import clock
from core.documents import store, xlsx
from core.documents.views import made
from core.jobs.background import Stopped, background
from core.ui.once import Repeated, once, taken
from core.ui.views import Guarded

AT_ONCE = 1_000  # rows for which a page makes its visitor wait
CHUNK = 500  # rows that the job holds in memory


class ListWorkbook(Guarded, View):
    """A list as its filters in the address leave it. A subclass says `title`, `name` (of the
    file, without day and ending), `columns`, `found()` and `cells(rows)`.

    A long list answers with a page that says so; its button starts the job, which reads with
    the eyes of whoever pressed it.
    """

    abstract = True
    name = ""
    columns: Sequence[xlsx.Column] = ()

    def found(self) -> Any:
        """The rows in this visitor's reach, a queryset."""
        raise NotImplementedError

    def cells(self, rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
        raise NotImplementedError

    def get(self, request):
        rows = self.found()
        number = rows.count()
        if number <= AT_ONCE:
            return made(
                self.content(self.cells(list(rows))), name=self.file(), media_type=store.XLSX
            )
        context = {
            "page_title": _("List as a workbook"),
            "list": self.title,
            "number": number,
            "crumbs": [(_("List as a workbook"), None)],
        }
        return render(request, "jobs/workbook.html", context)

    def post(self, request):
        try:
            with once(request) as key:
                job = write_list.start(
                    by=request.user,
                    about=str(self.title),
                    page=f"{type(self).__module__}.{type(self).__qualname__}",
                    query=request.GET.urlencode(),
                    language=translation.get_language(),
                )
                key.answer(reverse("jobs:job", args=[job.pk]))
        except Repeated as repeated:
            return redirect(repeated.address)
        return taken(redirect(key.address), request)

    def content(self, cells: Iterable[Sequence[Any]]) -> bytes:
        return xlsx.workbook(self.title, self.columns, cells)

    def file(self) -> str:
        return f"{self.name}-{clock.today():%Y%m%d}.xlsx"


@background(gettext_noop("List as a workbook"))
def write_list(job: Any, page: str, query: str, language: str) -> None:
    """The workbook of `page`, for whoever asked, as the address `query` filters. Safe to repeat."""
    shown: ListWorkbook = import_string(page)()
    shown.request = _request(job.requested_by, query)
    if not job.requested_by.holds(*shown.perms):
        raise Stopped("Bạn không còn quyền xem danh sách này.")
    with translation.override(language):
        content = shown.content(_in_chunks(job, shown.found(), shown.cells))
    unit = job.requested_by.home_unit or job.requested_by.current_memberships()[0].unit
    kept = store.keep(
        content, name=shown.file(), media_type=store.XLSX, unit=unit, by=job.requested_by
    )
    job.results.add(kept)


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

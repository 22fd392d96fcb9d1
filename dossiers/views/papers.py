"""Papers of a dossier, component by component: in by the gate, out by the download page."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from campaigns.models import Component
from core.documents.views import DownloadPage
from dossiers.forms.preparing import PaperForm
from dossiers.models import Dossier, Paper
from dossiers.rules import contents
from dossiers.services import papers
from dossiers.views.nominees import Press
from dossiers.views.reading import paper_row
from dossiers.views.unit import READERS
from dossiers.views.writing import WritingPage


class PapersPage(WritingPage):
    """The files of one component, and the form that adds another."""

    perm = READERS
    model = Dossier
    form_class = PaperForm
    template_name = "dossiers/papers.html"
    message = gettext_lazy("The file is in the dossier.")

    @cached_property
    def component(self):
        found = Component.objects.filter(
            campaign=self.dossier.campaign_id, pk=self.kwargs["component"]
        ).first()
        if found is None:
            raise Http404
        return found

    @property
    def part(self):
        return f"paper:{self.component.code}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"dossier": self.dossier}

    def get_context_data(self, **kwargs):
        mine = [
            paper
            for paper in contents.papers_of(self.dossier)
            if paper.component_id == self.component.pk
        ]
        return super().get_context_data(
            page_title=self.component.name,
            component=self.component,
            uploads=[paper_row(paper, removable=self.writable) for paper in mine],
            **kwargs,
        )

    def act(self, form):
        papers.attach_paper(
            dossier=self.dossier,
            component=self.component,
            document=form.cleaned_data["file"],
            nomination=form.cleaned_data["nomination"],
            number=form.cleaned_data["number"],
            signed_on=form.cleaned_data["signed_on"],
            signer=form.cleaned_data["signer"],
            actor=self.request.user,
        )
        return self.request.path


class PaperFile(DownloadPage):
    perm = READERS
    model = Paper

    def document_of(self, obj):
        return obj.document


class RemovePaper(Press):
    perm = Perm.DOSSIER_WRITE

    def find(self):
        rows = self.scoped(Paper.objects.all()).select_related(
            "dossier__unit", "component", "document"
        )
        self.paper = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.paper.dossier

    def press(self):
        papers.remove_paper(paper=self.paper, actor=self.request.user)
        return f"giay-to/{self.paper.component_id}/"

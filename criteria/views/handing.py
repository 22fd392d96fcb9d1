"""A set of criteria as a YAML file: out, and in again after a look at what it would change."""

from hashlib import sha256

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.permissions import Perm
from core.documents import names, store
from core.documents.views import made
from core.ui.views import FormPage, Guarded
from criteria.forms.handing import HandInForm
from criteria.models import CriteriaSet
from criteria.sets import export
from criteria.sets.apply import apply, difference, faults_here, latest
from criteria.sets.reading import read
from criteria.views.sets import LIST, visible

YAML = "application/yaml"


class HandIn(FormPage):
    """Reads the file and shows what it would change; the same text sent again is applied."""

    perm = Perm.CRITERIA_MANAGE
    form_class = HandInForm
    title = gettext_lazy("Hand in a set as a file")
    template_name = "criteria/hand_in.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[LIST, (self.title, None)], **kwargs)

    def form_valid(self, form):
        self.content = form.content()
        owner = form.cleaned_data["unit"]
        reading = read(self.content)
        faults = reading.faults or faults_here(reading)
        if faults:
            return self._shown(form, status=422, faults=self._with_lines(faults))
        changes = difference(reading.said, owner=owner)
        if not changes or form.cleaned_data["seen"] != self._stamp(changes):
            return self._shown(
                form, said=reading.said, changes=changes, held=latest(reading.said, owner=owner)
            )
        self.said = reading.said
        return super().form_valid(form)

    def _shown(self, form, *, status=200, changes=(), **context):
        """The page again, which carries the text so that exactly that is applied."""
        form.data = {
            **form.data.dict(),
            "text": "" if status == 422 else self._text(),
            "seen": self._stamp(changes) if changes else "",
            "name": form.cleaned_data["name"],
        }
        shown = self.get_context_data(
            form=form, read=form.cleaned_data["name"], changes=changes, **context
        )
        return self.render_to_response(shown, status=status)

    def _with_lines(self, faults):
        lines = self.content.decode("utf-8", "replace").splitlines() or [""]
        return [(fault, lines[min(fault.line, len(lines)) - 1].strip()[:160]) for fault in faults]

    def _stamp(self, changes):
        said = "\n".join(f"{change.kind} {change}" for change in changes).encode()
        return sha256(self._text().encode() + said).hexdigest()

    def _text(self):
        """As it comes back from a page, whatever wrote the file."""
        return self.content.decode("utf-8-sig").replace("\r\n", "\n")

    def act(self, form):
        owner, by = form.cleaned_data["unit"], self.request.user
        name = names.clean(form.cleaned_data["name"]) or "bo-tieu-chi.yaml"
        file = store.keep(self.content, name=name, media_type=YAML, unit=owner, by=by)
        applied = apply(self.said, owner=owner, actor=by, file=file)
        self.message = _("The set says what the file says.")
        return applied.criteria_set.get_absolute_url()


class FileOut(Guarded, View):
    """The set as a file in its canonical form."""

    perm = Perm.CRITERIA_READ

    def get(self, request, pk):
        held = get_object_or_404(visible(CriteriaSet.objects.all(), request.user), pk=pk)
        content = export.write(export.set_of(held))
        return made(content, name=f"{held.code}-{held.year}.yaml", media_type=YAML)

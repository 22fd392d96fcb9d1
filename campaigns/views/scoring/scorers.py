"""Who of a block scores whom: by how many members each sheet is scored, tried out and kept."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from campaigns import services
from campaigns.forms.blocks import ScorersForm
from campaigns.rules import scorers
from campaigns.views.scoring.blocks import OfBlock
from core.text import whole


class ShareOut(OfBlock):
    """By how many members each sheet is scored: tried out first, with who would score whom."""

    form_class = ScorersForm
    title = gettext_lazy("Who scores whom")
    message = gettext_lazy("Kept. Who scores whom is fixed when the scoring opens.")
    template_name = "campaigns/block_scorers.html"

    def get_initial(self):
        """What is tried out, where an emptied field asks for everybody, and the marks of what the
        page showed before it was."""
        tried = self.request.GET
        typed = tried.get("each", "").strip()
        if "each" not in tried or (typed and whole(typed) is None):
            return {}
        return {"each": whole(typed)} | ({"seen": tried["seen"]} if "seen" in tried else {})

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "block": self.target()}

    def get_context_data(self, **kwargs):
        block = self.target()
        members = list(block.members.order_by("pk"))
        names = {member.unit_id: member.unit_name for member in members}
        form = kwargs.setdefault("form", self.get_form())
        each = whole(str(form["each"].value() or ""))
        fits = each is None or 0 < each < len(names)  # an empty field is everybody
        tried = scorers.design_of(block, each or len(names)) if fits else {}
        rows = [(names[u], [names[o] for o in chosen]) for u, chosen in tried.items() if u in names]
        times = [len(chosen) for _name, chosen in rows]
        return super().get_context_data(
            rows=sorted(rows), each=max(times, default=0), fixed=scorers.is_fixed(block), **kwargs
        )

    def act(self, form):
        block = services.share_out_scoring(
            block=self.target(), each=form.cleaned_data["each"], actor=self.request.user
        )
        return reverse("campaigns:block_scorers", args=[block.pk])

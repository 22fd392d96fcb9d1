"""Acts on one granted award: make its certificate again, correct its words, revoke it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from awards import services
from awards.forms import CorrectionForm, RevocationForm
from awards.models import Award
from core.ui.forms import PortalForm
from core.ui.views import FormPage


class AwardAct(FormPage):
    """A form about one granted award; subclasses name what it is called."""

    perm = Perm.DECISION_DRAFT
    model = Award
    template_name = "awards/award_act.html"
    title = text = verb = ""

    def scoped(self, queryset):
        return super().scoped(queryset.granted())

    def get_context_data(self, **kwargs):
        award = self.target()
        crumbs = [
            (_("Register of awards"), reverse("awards:register")),
            (award.name, award.get_absolute_url()),
            (self.title, None),
        ]
        words = {"page_title": self.title, "text": self.text, "verb": self.verb}
        return super().get_context_data(award=award, crumbs=crumbs, **words, **kwargs)


class ReissuePage(AwardAct):
    form_class = PortalForm
    title = verb = _("Make the certificate again")
    text = _(
        "From the words in the register, for example after a printing fault. The former "
        "file is kept."
    )
    message = _("The certificate is being made again.")

    def act(self, form):
        award = services.reissue_certificate(award=self.target(), actor=self.request.user)
        return award.get_absolute_url()


class CorrectionPage(AwardAct):
    form_class = CorrectionForm
    title = _("Correct the words")
    verb = _("Correct and print again")
    text = _(
        "Only by a correcting decision. The golden number stays; the former certificate is kept."
    )
    message = _("Corrected. The certificate is being made again.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.target()}

    def act(self, form):
        values = {name: form.cleaned_data[name] for name in ("name", "position", "by", "on")}
        award = services.correct_award(award=self.target(), actor=self.request.user, **values)
        return award.get_absolute_url()


class RevocationPage(AwardAct):
    perm = Perm.AWARD_REVOKE
    form_class = RevocationForm
    title = verb = _("Revoke the award")
    text = _(
        "Article 93 of the law. The golden number stays taken, and the public page says "
        "from now on that the award is revoked. This cannot be undone."
    )
    message = _("The award is revoked.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "award": self.target()}

    def act(self, form):
        values = {name: form.cleaned_data[name] for name in ("by", "on", "cause")}
        award = services.revoke_award(award=self.target(), actor=self.request.user, **values)
        return award.get_absolute_url()

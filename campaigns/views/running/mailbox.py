"""The demonstration's mailbox: what it “sent”, read from the folder where its mails lie."""

from datetime import UTC
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.permissions import Perm
from campaigns.services.mailing import MARK
from core.ui.views import Guarded

FILED = "django.core.mail.backends.filebased.EmailBackend"
BETWEEN = b"\n" + b"-" * 79 + b"\n"  # as Django's backend parts the mails of one file
MOST = 300  # files read, the newest first
PER_PAGE = 20


class Mailbox(Guarded, TemplateView):
    """Reminders only: a mail with a new password is for its reader alone."""

    perm = Perm.JOB_WATCH
    title = _("Mails of the demonstration")
    template_name = "campaigns/mailbox.html"

    def get_context_data(self, **kwargs):
        if not (settings.DEMO and settings.EMAIL_BACKEND == FILED):
            raise Http404
        mails = list(mails_in(Path(settings.EMAIL_FILE_PATH)))
        page = Paginator(mails, PER_PAGE).get_page(self.request.GET.get("page", 1))
        return super().get_context_data(page_obj=page, crumbs=[(self.title, None)], **kwargs)


def mails_in(folder):
    """Our own mails as (to, subject, moment, body), the newest first."""
    files = sorted(folder.glob("*.log"), reverse=True) if folder.is_dir() else []
    for file in files[:MOST]:
        for text in reversed(file.read_bytes().split(BETWEEN)):
            mail = message_from_bytes(text.lstrip(), policy=policy.default)
            if mail[MARK]:
                yield mail["To"], mail["Subject"], _moment(mail), mail.get_content()


def _moment(mail):
    """Django writes the day without a zone (-0000), which is UTC."""
    return mail["Date"].datetime.replace(tzinfo=UTC)

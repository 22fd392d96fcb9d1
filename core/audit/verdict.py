"""What the last walk along the chain found, in a sentence for whoever asks."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.audit import chain
from core.audit.models import Check

MOST_NAMED = 20  # entries without words; `verify_history` names them all


def of_check(check: Check | None) -> tuple[str, str]:
    """(tone of a notice, sentence); without a check, that there was none yet."""
    if check is None:
        return "warn", _("The history has not been checked yet; that is done each night.")
    at = f"{localtime(check.at):%H:%M, %d/%m/%Y}"
    words = {"last": check.last, "at": at, "broken": check.broken}
    if check.fault:
        text = _("Checked at %(at)s: entry %(broken)s is not as it was written: %(fault)s.")
        return "err", text % (words | {"fault": _(check.fault)})
    text = _("Checked at %(at)s: the history is whole up to entry %(last)s.") % words
    if bare := chain.without_words():
        lost = _(
            "Entries whose words are gone: %(which)s. Only what the law had erased may be missing."
        )
        which = ", ".join(map(str, bare[:MOST_NAMED])) + ("…" if bare[MOST_NAMED:] else "")
        return "warn", f"{text} {lost % {'which': which}}"
    return "ok", text

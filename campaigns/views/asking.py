"""Fields of the wizard's forms, from the kinds of values that plans know."""

from django.utils.translation import gettext as _

from awards.models import AwardType
from campaigns.forms.wizard import Ask
from campaigns.plans.book import cells
from campaigns.plans.giving import UNITS
from core.yaml.kinds import Flag, Many, OneOf, Text

LONG = 300  # characters of a text that gets several lines


def ask_for(place, name, of=None):
    kind = place.kind
    many = isinstance(kind, Many) or (of is not None and place in of.lists)
    if place.words[-1:] in {("award",), ("of",)}:
        return Ask(name, place.label, choices=_awards(units=place.words[-1] == "of"))
    if isinstance(kind, OneOf):
        return Ask(
            name, place.label, choices=tuple((word, word) for word in cells.labels(kind).values())
        )
    if isinstance(kind, Flag):
        return Ask(name, place.label, choices=(("có", _("yes")), ("không", _("no"))))
    long = many or (isinstance(kind, Text) and kind.most >= LONG)
    hint = "" if isinstance(kind, Text) else cells.hint(kind)
    return Ask(name, place.label, _("One entry a line.") if many else hint, long=long)


def _awards(*, units):
    """Award types to choose from; a share may be of the units as well."""
    rows = AwardType.objects.values_list("code", "short_name").order_by("short_name")
    choices = [(code, f"{name} ({code})") for code, name in rows]
    return ((UNITS, _("the units registered")), *choices) if units else tuple(choices)

"""Fields of the wizard's forms, from the kinds of values that plans know."""

from functools import cached_property

from django.utils.translation import gettext as _

from awards.models import AwardType
from campaigns import rules
from campaigns.forms.wizard import Ask
from campaigns.plans.book import cells
from campaigns.plans.giving import UNITS
from campaigns.plans.sketch import words_of
from core.yaml.kinds import Flag, Many, OneOf, Text

LONG = 300  # characters of a text that gets several lines


def ask_for(place, name, of=None, choices=()):
    """The field of a value; `choices` as (value, label) where only these make sense."""
    kind = place.kind
    if choices:
        return Ask(name, place.label, choices=tuple(choices))
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


class Choices:
    """What a step offers to choose from because something else has said it already: superior
    campaigns and their contents, and rows of other steps."""

    def __init__(self, campaign, sketch, step, campaigns):
        self.campaign, self.sketch, self.campaigns = campaign, sketch, campaigns
        self.tables = [words for words, _columns in step.tables]

    @cached_property
    def left_open(self):
        return rules.contents_left_open(self.campaign)

    def of_value(self, place):
        """(value, label) of a single value; nothing where anything may be typed."""
        if place.words != ("parent",):
            return ()
        others = self.campaigns.exclude(pk=self.campaign.pk).values_list("code", "name")
        return self._with_what_stands(others, [self.sketch.of(place)])

    def of(self, shown, place):
        """The same of a column of a table."""
        path = (*words_of(shown.table), *place.words)
        if path in {("contents", "inherits"), ("dropped", "code")}:
            found = self._of_the_parent()
        elif place is shown.table.belongs:
            found = self._rows_of(shown.table.parent)
        else:
            found = self._rows_of(self._named_by(path))
        standing = [row.get(place) for row in self.sketch.rows[shown.table]]
        return self._with_what_stands(found, standing) if found else ()

    def offered(self, shown, request):
        """Rows that are put before the writer: the contents of the superior plan, if asked for."""
        if words_of(shown.table) != ("contents",) or "ke-thua" not in request.GET:
            return []
        names = {place.words: place for place in shown.places}
        taken = {str(row.get(names["code",])) for row in self.sketch.rows[shown.table]}
        return [
            {
                names["code",]: "" if row.code in taken else row.code,
                names["name",]: row.name,
                names["inherits",]: row.code,
            }
            for row in self.left_open
        ]

    def _of_the_parent(self):
        if self.campaign.parent_id is None:
            return []
        rows = self.campaign.parent.contents.values_list("code", "name")
        return [(code, f"{code}. {name}") for code, name in rows]

    def _named_by(self, path):
        """The table whose rows a column of targets names."""
        named = {
            ("targets", "index"): ("indices",),
            ("targets", "sector"): ("contents", "sectors"),
            ("targets", "group"): ("task_groups",),
        }.get(path)
        return next((each for each in self.sketch.rows if words_of(each) == named), None)

    def _rows_of(self, table):
        """Its rows by their key; none if they are typed in this same step and may change."""
        if table is None or words_of(table) in self.tables:
            return []
        name = next((place for place in table.columns if place.words == ("name",)), table.key)
        found = []
        for row in self.sketch.rows[table]:
            key, label = str(row.get(table.key) or ""), str(row.get(name) or "")
            found.append((key, label if key == label else f"{key}. {label}"))
        return found

    @staticmethod
    def _with_what_stands(found, standing):
        """What a plan says already stays to be chosen, known here or not."""
        found = list(found)
        known = {value for value, _label in found}
        more = {str(value) for value in standing if value} - known
        return [*found, *((value, value) for value in sorted(more))]

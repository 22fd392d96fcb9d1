"""What a plan measures and hands out: targets, and tasks with the five clear things."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign, PlanRow


class Target(PlanRow):
    """One target (chỉ tiêu). `value` stands where the comparison has a number, `text` where it
    has words; a year that the plan does not print is empty. `index`, `sector` and `group` are
    codes of the same plan."""

    class Compare(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        MORE_THAN = "more_than", _("more than")
        AT_MOST = "at_most", _("at most")
        LESS_THAN = "less_than", _("less than")
        EQUAL = "equal", _("exactly")
        RANK = "rank", _("among the first")
        YES_NO = "yes_no", _("done or not")
        TEXT = "text", _("in words")

    class Gather(models.TextChoices):
        """How months make a quarter or a year, where nothing was reported for it."""

        SUM = "sum", _("months are added")
        LAST = "last", _("the last one stands")
        NONE = "none", _("months make nothing longer")

    WITHOUT_NUMBER = frozenset({Compare.YES_NO, Compare.TEXT})

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="targets")
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    compare = models.CharField(max_length=9, choices=Compare.choices)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    text = models.CharField(max_length=400, blank=True)
    unit_of_measure = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True, blank=True)  # reckoned over a period
    to_year = models.PositiveSmallIntegerField(null=True, blank=True)
    gather = models.CharField(max_length=4, choices=Gather.choices, blank=True)  # rules/gathering
    index = models.CharField(max_length=20, blank=True)
    sector = models.CharField(max_length=20, blank=True)
    group = models.CharField(max_length=10, blank=True)
    places = models.JSONField(default=list)  # where, in words
    quote = models.CharField(max_length=400, blank=True)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=12, blank=True)  # where the plan itself is silent

    class Meta:
        ordering = ["campaign_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="target_code_once"),
            models.CheckConstraint(
                condition=models.Q(compare__in=["yes_no", "text"], value=None)
                | models.Q(value__isnull=False),
                name="target_has_its_number",
            ),
        ]

    def __str__(self):
        return f"{self.code}: {self.name}"


class TaskGroup(PlanRow):
    """A group of tasks (nhóm nhiệm vụ) as the plan numbers it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="task_groups")
    code = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=400)

    class Meta:
        ordering = ["campaign_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="task_group_code_once")
        ]

    def __str__(self):
        return f"{self.code}. {self.name}"


class Task(PlanRow):
    """One task with the five clear things (5 rõ): person, task, responsibility, time, result.

    What the plan leaves open stays empty. `due` is as `plans/deadlines.py` keeps it.
    """

    group = models.ForeignKey(TaskGroup, models.CASCADE, related_name="tasks")
    code = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=600)
    who = models.CharField(max_length=200, blank=True)
    responsibility = models.CharField(max_length=300, blank=True)
    due = models.CharField(max_length=40, blank=True)
    result = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=12, blank=True)  # where the plan itself is silent

    class Meta:
        ordering = ["group_id", "order"]
        constraints = [models.UniqueConstraint(fields=["group", "code"], name="task_code_once")]

    def __str__(self):
        return f"{self.code}. {self.name}"

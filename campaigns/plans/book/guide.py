"""The first sheet: how the workbook is filled in, for whoever opens it without having read more."""

from django.utils.translation import gettext as _

from campaigns.plans.book.layout import layout
from core.documents import xlsx


def sheet() -> xlsx.Sheet:
    columns = [xlsx.Column(_("How to fill in this workbook"), 100)]
    return xlsx.Sheet(layout().guide, columns, [(line,) for line in lines()])


def lines() -> list[str]:
    titles = layout()
    said = {"plan": titles.values_title, "sentences": titles.lists_title}
    return [
        _(
            "One workbook is one plan. Write only what the plan says; what it does not say is empty."
        ),
        _("Sheet “%(plan)s”: one value in each row, in the second column.") % said,
        _(
            "Sheet “%(sentences)s”: one sentence in each row, with the part of the plan it "
            "belongs to in the first column."
        )
        % said,
        _("Each other sheet is a table; a heading in bold means that every row needs a value."),
        _("A column “Belongs to …” names a row of that sheet by its code, its label or its name."),
        _("Days: 07/06/2022. Months: 12/2025. Numbers: 1900 or 0,8, never 1.900."),
        _(
            "A deadline is 10/12 (each year), 10/12/2025, 12/2025, 20 (of each month) or "
            "“5 ngày làm việc sau CODE”, reckoned from the report, phase or round of that code."
        ),
        _("Several entries in one cell: one a line, with Alt+Enter."),
        _(
            "Do not merge cells and do not write formulas. Names of sheets and headings stay as "
            "they are; columns may stand in another order, and empty sheets may be deleted."
        ),
        _(
            "Hand the file in under Campaigns › Hand in a plan. The portal lists every fault "
            "with its sheet and cell; nothing changes while there is one."
        ),
    ]


def item() -> str:
    return _("Item")


def value() -> str:
    return _("Content of the item")


def how() -> str:
    return _("How to write it")


def needed() -> str:
    return _("Needed.")

"""A list with every kind of column."""

import django_tables2 as tables

from core.ui.tables import ChoiceColumn, DueColumn, ListTable, NumberColumn, RowLink, StateColumn


class DossierTable(ListTable):
    chosen = ChoiceColumn()
    code = RowLink(verbose_name="Hồ sơ", note="title")
    unit = tables.Column(
        verbose_name="Đơn vị trình", empty_values=(), orderable=False, default="UBND xã Tháp Mười"
    )
    points = NumberColumn(verbose_name="Tự chấm", places=1)
    state = StateColumn()
    due_on = DueColumn()

    class Meta(ListTable.Meta):
        order_by = "due_on"

    def render_unit(self):
        return "UBND xã Tháp Mười"

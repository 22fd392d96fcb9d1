"""The sheets and columns that follow from the schema."""

from campaigns.plans.book.layout import layout
from core.text import fold


def test_every_sheet_has_a_name_of_its_own_that_excel_takes():
    titles = [layout().guide, layout().values_title, layout().lists_title]
    titles += [table.title for table in layout().tables]

    assert len({fold(title) for title in titles}) == len(titles)
    assert [title for title in titles if len(title) > 31 or set(title) & set("[]:*?/\\'")] == []


def test_headings_of_a_sheet_differ_even_without_marks():
    rows = [layout().values, layout().lists, *(table.headings for table in layout().tables)]

    for places in rows:
        labels = [fold(place.label) for place in places]
        assert len(set(labels)) == len(labels), labels


def test_a_table_inside_a_table_names_the_row_it_belongs_to():
    inside = {table.title: table.parent.title for table in layout().tables if table.parent}

    assert inside == {
        "Lĩnh vực": "Nội dung thi đua",
        "Nhiệm vụ": "Nhóm nhiệm vụ",
        "Tiêu chí": "Tiêu chuẩn",
        "Điều kiện": "Hình thức khen thưởng",
        "Số suất": "Đợt khen thưởng",
    }

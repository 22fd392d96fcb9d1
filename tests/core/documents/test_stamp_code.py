"""The quick codes are segno's own."""

import string

import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents.stamp import code

CODES = st.text(string.ascii_uppercase + string.digits + "-", min_size=4, max_size=20)


@given(CODES)
@settings(max_examples=15, deadline=None)
def test_code_is_the_one_segno_makes(tail):
    text = f"https://khenthuong.dongthap.example/x/{tail}"

    matrix = segno.make(text, error="m", micro=False, mask=2, boost_error=False, mode="byte").matrix
    assert code.rows(text) == ["".join(map(str, row)) for row in matrix]

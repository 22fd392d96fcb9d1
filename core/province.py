"""What the portal's province is called in a sentence: six of the 34 are cities run centrally.

Catalogues, the law's data and papers speak of a province; `here` says the same of a city.
"""

import re
from typing import Any

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language

from core.text import nfc

CITY = "Thành phố "
_OF_A_CITY = {
    "tỉnh ủy": "thành ủy",
    "tỉnh đoàn": "thành đoàn",
    "tỉnh": "thành phố",
    "provincial": "city",
    "province": "city",
}
_WORDS = re.compile(rf"\b({'|'.join(_OF_A_CITY)})\b", re.IGNORECASE)


def is_city() -> bool:
    """Whether it is a city run centrally, as its name says: “Thành phố Huế”."""
    return nfc(settings.PROVINCE).startswith(CITY)


def here(words: Any) -> str:
    """Words about “the province”, in Vietnamese or English, as they are said here: “của tỉnh” is
    “của thành phố” in Huế. Not for words that name a province.

    `words` may be lazy. Where no language speaks (migrations keep labels as the code has them) nothing is changed.
    """
    if not is_city() or get_language() is None:
        return str(words)
    return _WORDS.sub(_of_a_city, str(words))


here_lazy = lazy(here, str)


def _of_a_city(found):
    said = _OF_A_CITY[found[0].lower()]
    return said.capitalize() if found[0][0].isupper() else said

"""What may be said of an address that holds a user's name and password: messages end up in logs."""

import re

PLACE = re.compile(r"(?:\[[\da-f:.]+\]|[\w.-]*)(?::\d+)?(?:/[\w./-]*)?", re.IGNORECASE | re.ASCII)


def hidden(address: str) -> str:
    """Where an address leads, without who asks and what is asked: “postgres://…@127.0.0.1/portal”.
    Of one that is not clearly written, such as one without a scheme, “…”."""
    scheme, _, rest = address.partition("://")
    before, _, query = rest.partition("?")
    place = before.rpartition("@")[2]
    clear = re.fullmatch(r"[\w+]+", scheme) and "@" not in query and PLACE.fullmatch(place)
    return f"{scheme}://{'…@' * ('@' in before)}{place}{'?…' * bool(query)}" if clear else "…"

"""What an opener found wrong: a code, and words to fill into the sentence for it."""

from typing import Any


class Refusal(Exception):
    def __init__(self, code: str, **words: Any):
        super().__init__(code)
        self.code = code
        self.words = words


def refuse(code: str, **words: Any) -> None:
    raise Refusal(code, **words)

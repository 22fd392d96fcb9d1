"""QR codes by the hundred.

For one version, mask and length every module of a QR code is a sum modulo 2 of bits of the text:
error correction, interleaving and masking are all linear or constant. So a batch asks segno for one
code, then once for each bit in which a later text differs from it, and adds matrices with XOR.
A code costs some microseconds instead of a millisecond.
"""

import segno

MASK = 2  # one mask for all: it only has to be constant, readers accept each of the eight
LEVEL = "m"  # up to 15% of the code may be damaged
MOST_FAMILIES = 50


def rows(text: str) -> list[str]:
    """The code of an ASCII text as rows of "0" and "1", top to bottom."""
    # Texts of one portal share their head, so few bits are left to be learnt.
    kind = (len(text), text.rpartition("/")[0])
    if kind not in _families:
        if len(_families) >= MOST_FAMILIES:
            _families.clear()
        _families[kind] = _Family(text)
    family = _families[kind]
    digits, size = family.digits(text), family.size
    return [digits[at : at + size] for at in range(0, size * size, size)]


class _Family:
    """All texts of one length, learnt from the first one and bit by bit as others come."""

    def __init__(self, first: str):
        self.first = first
        self.whole, self.size = _matrix(first)
        self.flips: dict[tuple[int, int], int] = {}

    def digits(self, text: str) -> str:
        return format(self._bits(text), f"0{self.size * self.size}b")

    def _bits(self, text: str) -> int:
        bits = self.whole
        for at, (one, other) in enumerate(zip(self.first, text, strict=True)):
            change = ord(one) ^ ord(other)
            while change:
                bits ^= self._flip(at, change & -change)
                change &= change - 1
        return bits

    def _flip(self, at: int, bit: int) -> int:
        """What changes in the code when one bit of the character `at` changes."""
        if (at, bit) not in self.flips:
            changed = chr(ord(self.first[at]) ^ bit)
            text = self.first[:at] + changed + self.first[at + 1 :]
            self.flips[at, bit] = _matrix(text)[0] ^ self.whole
        return self.flips[at, bit]


def _matrix(text: str) -> tuple[int, int]:
    """(all modules as one number, modules on a side), in byte mode whatever the letters."""
    code = segno.make(
        text, error=LEVEL, micro=False, mask=MASK, boost_error=False, mode="byte", encoding="latin1"
    )
    modules = [bit for row in code.matrix for bit in row]
    return int("".join(map(str, modules)), 2), len(code.matrix)


_families: dict[tuple[int, str], _Family] = {}

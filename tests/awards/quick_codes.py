"""Reads a quick code from a picture, as a telephone does: ISO/IEC 18004, versions 2 to 6, level M.

Finds the three corner patterns, samples the modules between them, takes the mask off, and reads the
bytes. It knows nothing of how the code was made and mends no damage: the pictures are clean.
"""

from itertools import combinations, groupby
from typing import Any

BLOCKS_M = {2: 1, 3: 1, 4: 2, 5: 2, 6: 4}  # version: blocks of data, of equal length at level M
DATA_M = {2: 28, 3: 44, 4: 64, 5: 86, 6: 108}  # version: bytes of data
MASKS = [
    lambda r, c: (r + c) % 2,
    lambda r, c: r % 2,
    lambda r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
]
FORMAT_MASK = 0b101010000010010


def read(picture: Any) -> str:
    """What the code in a grey picture (PIL, mode “L”, 300 dots an inch) says. Raises ValueError."""
    modules = _sampled(picture)
    size = len(modules)
    version = (size - 17) // 4
    level_and_mask = _format(modules)
    if level_and_mask >> 3 != 0b00:
        raise ValueError("not of level M")
    mask = MASKS[level_and_mask & 7]
    bits = [
        modules[r][c] ^ (mask(r, c) == 0) for r, c in _way(size) if not _fixed(r, c, size, version)
    ]
    found = [
        int("".join(str(int(bit)) for bit in bits[at : at + 8]), 2)
        for at in range(0, 8 * DATA_M[version], 8)
    ]
    blocks = BLOCKS_M[version]
    data = [byte for block in range(blocks) for byte in found[block::blocks]]
    stream = "".join(f"{byte:08b}" for byte in data)
    if stream[:4] != "0100":
        raise ValueError("not in byte mode")
    count = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * n : 20 + 8 * n], 2) for n in range(count)).decode("latin1")


def _sampled(picture: Any) -> list[list[bool]]:
    """The modules, row by row, true for dark: an upright code has its corners on one grid."""
    width, height = picture.size
    dark = picture.point(lambda grey: grey < 128, mode="L").tobytes()
    centres = _corners(dark, width, height)
    (left, top), (right, _t), (_l, bottom), step = _arranged(centres)
    size = round((right - left) / step) + 7
    across, down = (right - left) / (size - 7), (bottom - top) / (size - 7)

    def is_dark(row: int, column: int) -> bool:
        x, y = left + (column - 3) * across, top + (row - 3) * down
        return bool(dark[round(y) * width + round(x)])

    return [[is_dark(row, column) for column in range(size)] for row in range(size)]


def _corners(dark: bytes, width: int, height: int) -> list[tuple[float, float, float]]:
    """(x, y, module) of the middles of what looks like a corner: 1, 1, 3, 1, 1 both ways."""
    seen: list[tuple[float, float, float]] = []
    for y in range(0, height, 4):
        for x, module in _like_corners(dark[y * width : (y + 1) * width]):
            column = dark[round(x) :: width]
            for middle, other in _like_corners(column):
                near = abs(middle - y) < 2 * module and abs(other - module) < module / 3
                if near and not any(abs(x - a) + abs(middle - b) < 3 * module for a, b, _m in seen):
                    seen.append((x, middle, module))
    return seen


def _like_corners(line: bytes) -> list[tuple[float, float]]:
    """(middle, module) of each dark-light-dark-light-dark as 1, 1, 3, 1, 1 in a row of dots."""
    runs, at = [], 0
    for shade, dots in groupby(line):
        length = sum(1 for _dot in dots)
        runs.append((bool(shade), at, length))
        at += length
    found = []
    for five in zip(*(runs[n:] for n in range(5)), strict=False):
        lengths = [length for _shade, _at, length in five]
        module = sum(lengths) / 7
        fits = all(
            abs(a - b * module) <= module / 2 for a, b in zip(lengths, (1, 1, 3, 1, 1), strict=True)
        )
        if five[0][0] and module >= 3 and fits:
            found.append((five[2][1] + (five[2][2] - 1) / 2, module))
    return found


def _arranged(centres: list[tuple[float, float, float]]) -> Any:
    """Top left, top right, bottom left, and the module: two sides, alike and upright."""
    for three in combinations(centres, 3):
        step = sum(module for *_xy, module in three) / 3
        (a, b, c) = sorted(
            ((x, y) for x, y, _m in three), key=lambda xy: (round(xy[1] / step), xy[0])
        )
        across, down = b[0] - a[0], c[1] - a[1]
        level = abs(a[1] - b[1]) < step and abs(a[0] - c[0]) < step
        if level and abs(across - down) < step and across > 10 * step:
            return a, b, c, step
    raise ValueError("no quick code found")


def _format(modules: list[list[bool]]) -> int:
    """The five bits of level and mask, beside the upper left corner."""
    places = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    bits = int("".join(str(int(modules[r][c])) for r, c in places), 2)
    return (bits ^ FORMAT_MASK) >> 10


def _way(size: int) -> Any:
    """The modules in the order of the bits: in pairs of columns, up and down, from the right."""
    rows, up = range(size), True
    for right in (column if column > 6 else column - 1 for column in range(size - 1, 0, -2)):
        for row in reversed(rows) if up else rows:
            yield row, right
            yield row, right - 1
        up = not up


def _fixed(row: int, column: int, size: int, version: int) -> bool:
    """Whether a module is of a pattern: corners with format, timing, alignment."""
    corner = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    middle = size - 7
    aligned = version > 1 and abs(row - middle) <= 2 and abs(column - middle) <= 2
    return corner or 6 in (row, column) or aligned

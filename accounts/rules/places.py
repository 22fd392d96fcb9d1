"""The reorganisation of 1 July 2025 as published: provinces, districts and communes, with codes.

Facts of the tables of the statistics office, taken from the package `vietnam-provinces`
2026.9.0, which asks for a newer Python than ours; so they are kept here as a file. What the
tables do not say, such as how much of a divided commune went where, is not in it.
"""

import datetime
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "reorganisation-2025.json"


@dataclass(frozen=True)
class Commune:
    """A commune, ward or town before; `into` are codes of those that it went into."""

    code: str
    name: str
    into: tuple[str, ...] = ()

    @property
    def divided(self) -> bool:
        return len(self.into) > 1


@dataclass(frozen=True)
class District:
    code: str
    name: str
    communes: tuple[Commune, ...]


@dataclass(frozen=True)
class Former:
    """A province as it was until 30 June 2025."""

    code: str
    name: str
    districts: tuple[District, ...]

    @property
    def communes(self) -> list[Commune]:
        return [commune for district in self.districts for commune in district.communes]


@dataclass(frozen=True)
class Province:
    """A province of today with those that went into it; `basis` and `communes_basis` are the
    resolutions on provinces and on communes."""

    code: str
    name: str
    basis: str
    communes_basis: str
    before: tuple[Former, ...]
    communes: tuple[Commune, ...]

    def kinds(self) -> dict[str, int]:
        """{“Phường”, “Xã” or “Đặc khu”: how many of today}."""
        words = ("Phường", "Xã", "Đặc khu")
        found = {word: sum(c.name.startswith(word) for c in self.communes) for word in words}
        return {word: number for word, number in found.items() if number}


@cache
def published() -> tuple[datetime.date, dict[str, Province]]:
    """The day, and {code of today: province} for those that the file knows."""
    said = json.loads(FILE.read_text())
    found = [_province(each) for each in said["provinces"]]
    day = datetime.date.fromisoformat(said["effective_on"])
    return day, {each.code: each for each in found}


def _province(said):
    return Province(
        code=said["code"],
        name=said["name"],
        basis=said["basis"],
        communes_basis=said["communes_basis"],
        before=tuple(_former(each) for each in said["before"]),
        communes=tuple(Commune(code, name) for code, name in said["communes"]),
    )


def _former(said):
    return Former(
        code=said["code"],
        name=said["name"],
        districts=tuple(
            District(
                each["code"],
                each["name"],
                tuple(Commune(code, name, tuple(into)) for code, name, into in each["communes"]),
            )
            for each in said["districts"]
        ),
    )

"""Units, users and people."""

import datetime
import itertools

from accounts import services
from accounts.models import Membership, Person, User

LONG_AGO = datetime.date(2020, 1, 1)
_count = itertools.count(1)


def unit(name=None, *, kind="department", superior=None, since=LONG_AGO, short_name=""):
    return services.found_unit(
        name=name or f"Đơn vị {next(_count)}",
        kind=kind,
        superior=superior,
        since=since,
        short_name=short_name,
    )


def user(full_name=None, *, home=None, position=""):
    number = next(_count)
    return User.objects.create(
        username=f"user{number}",
        email=f"user{number}@example.test",
        full_name=full_name or f"Người Dùng {number}",
        home_unit=home,
        position=position,
    )


def member(role, of_unit, full_name=None, *, home=None):
    someone = user(full_name, home=home or of_unit)
    Membership.objects.create(user=someone, unit=of_unit, role=role, from_day=LONG_AGO)
    return someone


def person(full_name=None, *, unit, sex="female", birth_day=datetime.date(1985, 3, 8)):
    return Person.objects.create(
        full_name=full_name or f"Trần Thị Số {next(_count)}",
        sex=sex,
        birth_day=birth_day,
        unit=unit,
        position="Công chức",
    )

"""Invented people: names put together from common parts, the same at every loading."""

import datetime
import random
from collections.abc import Iterator

from accounts.models import Employment, Membership, Person, Sex, Unit, UnitKind, User
from accounts.permissions import Role
from awards.models import PositionClass

FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Phan",
    "Trương",
    "Đinh",
]
MIDDLE_F = ["Thị", "Thị", "Thị", "Ngọc", "Thanh", "Kim", "Bích", "Mỹ", "Hồng", "Thùy"]
MIDDLE_M = ["Văn", "Hữu", "Minh", "Quốc", "Thành", "Hoàng", "Đức", "Công", "Tấn", "Trọng"]
GIVEN_F = [
    "Hương",
    "Lan",
    "Mai",
    "Trúc",
    "Ngân",
    "Liên",
    "Tuyết",
    "Vân",
    "Hạnh",
    "Phượng",
    "Quyên",
    "Diễm",
    "Thảo",
    "Yến",
    "Ánh",
    "Duyên",
]
GIVEN_M = [
    "Tâm",
    "Phước",
    "Khánh",
    "Đức",
    "Trung",
    "Nam",
    "Hải",
    "Thuận",
    "Lộc",
    "Phúc",
    "Tài",
    "Sơn",
    "Nghĩa",
    "Dũng",
    "Khoa",
    "Bình",
]
LOCAL_POSITIONS = [
    "Chuyên viên Văn phòng HĐND và UBND",
    "Chuyên viên Phòng Văn hóa – Xã hội",
    "Chuyên viên Phòng Kinh tế",
    "Tổ trưởng Tổ công nghệ số cộng đồng",
    "Phó Trưởng phòng Văn hóa – Xã hội",
    "Viên chức Trung tâm Phục vụ hành chính công",
    "Nhân viên kỹ thuật",
]
OFFICE_POSITIONS = [
    "Chuyên viên",
    "Chuyên viên chính",
    "Viên chức",
    "Phó Trưởng phòng",
    "Trưởng phòng",
    "Kỹ sư công nghệ thông tin",
    "Nhân viên kỹ thuật",
]
SERVANTS = {  # whom else than a public service unit employs as “viên chức”: by kind of unit
    UnitKind.SERVICE: "Viên chức",
    UnitKind.ENTERPRISE: "Nhân viên",
    UnitKind.ARMED: "Cán bộ",
}
SINCE = datetime.date(2022, 1, 1)  # nobody's place begins earlier, nor before the unit: `since`
PASSWORD = "thi-dua-2025"  # of the demonstration's accounts; printed when it starts

SIGN_INS = [
    # sign-in name, full name, position, role, home unit ("" = the province), reach
    ("canbo", "Nguyễn Thị Thanh Trúc", "Công chức", Role.UNIT_STAFF, "Phường Cao Lãnh", "unit"),
    ("thutruong", "Võ Thành Trung", "Chủ tịch", Role.UNIT_LEADER, "Phường Cao Lãnh", "unit"),
    (
        "thuongtruc",
        "Đặng Hữu Phước",
        "Chuyên viên",
        Role.CAMPAIGN_AGENCY,
        "Sở Khoa học và Công nghệ",
        "unit",
    ),
    ("thamdinh", "Phạm Quốc Khánh", "Chuyên viên", Role.OFFICER, "Sở Nội vụ", "all"),
    ("truongphong", "Lê Thị Bích Vân", "Trưởng phòng", Role.SECTION_HEAD, "Sở Nội vụ", "all"),
    ("thukyhoidong", "Huỳnh Minh Đức", "Thư ký", Role.COUNCIL_SECRETARY, "Sở Nội vụ", "all"),
    (
        "hoidong",
        "Dương Thị Mỹ Hạnh",
        "Ủy viên",
        Role.COUNCIL_MEMBER,
        "Liên đoàn Lao động tỉnh",
        "all",
    ),
    ("chutich", "Trần Hoàng Nam", "Chủ tịch UBND tỉnh", Role.DECIDER, "", "all"),
    ("lanhdao", "Bùi Thị Ánh Tuyết", "Phó Chủ tịch UBND tỉnh", Role.LEADER_VIEW, "", "all"),
    ("quantri", "Ngô Công Khoa", "Quản trị hệ thống", Role.ADMIN, "Sở Nội vụ", "all"),
    ("thanhtra", "Hồ Tấn Nghĩa", "Thanh tra viên", Role.AUDITOR, "Thanh tra tỉnh", "all"),
]


def names(rng: random.Random) -> Iterator[tuple[str, str]]:
    """(full name, sex) without end."""
    while True:
        female = rng.random() < 0.5
        middle, given = (MIDDLE_F, GIVEN_F) if female else (MIDDLE_M, GIVEN_M)
        name = [rng.choice(FAMILY), rng.choice(middle)]
        name.append(another(rng.choice(given), name, given))
        if rng.random() < 0.3:
            name.append(another(rng.choice(given), name, given))
        yield " ".join(name), Sex.FEMALE if female else Sex.MALE


def another(word: str, said: list[str], choice: list[str]) -> str:
    """The word, or the next of its list that the name does not have already."""
    at = choice.index(word)
    return next(each for each in [*choice[at:], *choice] if each not in said)


def position_of(kind: str, rng: random.Random) -> str:
    """A position as units of this kind have it: an office of the State has no “viên chức”."""
    said = rng.choice(LOCAL_POSITIONS if kind in {"ward", "commune"} else OFFICE_POSITIONS)
    return SERVANTS.get(kind, "Công chức") if said == "Viên chức" else said


def since(unit: Unit) -> datetime.date:
    """The first day on which people of the demonstration are at a unit."""
    return max(SINCE, unit.opened_on or SINCE)


def accounts(root: Unit) -> None:
    """One sign-in for each role, all with one password."""
    units = {unit.name: unit for unit in Unit.objects.all()}
    hashed = ""
    for username, full_name, position, role, home, reach in SIGN_INS:
        user = User(
            username=username,
            full_name=full_name,
            position=position,
            email=f"{username}@dongthap.example",
            home_unit=units.get(home, root),
        )
        if not hashed:
            user.set_password(PASSWORD)
            hashed = user.password
        user.password = hashed
        user.save()
        place = units[home] if reach == "unit" else root
        Membership.objects.create(user=user, unit=place, role=role, from_day=since(place))


def staff_of(units: list[Unit], rng: random.Random) -> None:
    """A writer and a head for every unit that has none; they cannot sign in."""
    making = names(rng)
    have = set(Membership.objects.filter(role=Role.UNIT_LEADER).values_list("unit_id", flat=True))
    for unit in units:
        if unit.pk in have:
            continue
        for role, called, position in [
            (Role.UNIT_STAFF, "canbo", f"{SERVANTS.get(unit.kind, 'Công chức')} phụ trách thi đua"),
            (Role.UNIT_LEADER, "thutruong", "Thủ trưởng đơn vị"),
        ]:
            user = User(
                username=f"{called}-{unit.pk}",
                email=f"{called}-{unit.pk}@dongthap.example",
                full_name=next(making)[0],
                position=position,
                home_unit=unit,
                password="!",
            )
            user.save()
            Membership.objects.create(user=user, unit=unit, role=role, from_day=since(unit))


def nominable(units: list[Unit], rng: random.Random, count: int = 300) -> None:
    """People whom units can put forward."""
    making = names(rng)
    for number in range(count):
        unit = units[number % len(units)]
        full_name, sex = next(making)
        person = Person.objects.create(
            full_name=full_name,
            sex=sex,
            birth_day=datetime.date(
                rng.randint(1968, 1999), rng.randint(1, 12), rng.randint(1, 28)
            ),
            unit=unit,
            position=position_of(unit.kind, rng),
        )
        Employment.objects.create(
            person=person, unit=unit, position=person.position, from_day=since(unit)
        )


def class_of(position: str) -> PositionClass:
    """The class that form 0603.N counts a position by: nobody here leads a department."""
    leads = position.startswith(("Trưởng phòng", "Phó Trưởng phòng"))
    return PositionClass.MANAGER if leads else PositionClass.DIRECT

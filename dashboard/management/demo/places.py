"""Units of the demonstration: the communes are the real ones, the rest is what a province has.

Communes, wards and their codes come from the package `vietnam-provinces` (34 provinces since
1 July 2025). Departments follow Nghị định 45/2025/NĐ-CP as domain notes list them; hospitals
and enterprises are invented.
"""

import datetime
from typing import Any

from vietnam_provinces import ProvinceCode, Ward

from accounts import services
from accounts.models import CodeSystem, Unit, UnitKind, UnitVersion

LONG_AGO = datetime.date(2004, 1, 1)
TWO_LEVELS = datetime.date(2025, 7, 1)
MERGER = datetime.date(2025, 3, 1)
PROVINCE = ProvinceCode(82)
FIRST_OF_OLD = 29800  # codes of communes: below it they lie in what was Tiền Giang until 30/6/2025
YOUNG = {  # these names began in 2025: no decision of an earlier year honours them
    "Sở Nông nghiệp và Môi trường": MERGER,
    "Thuế tỉnh": TWO_LEVELS,
}

DEPARTMENTS = [
    ("Sở Nội vụ", "SNV"),
    ("Sở Khoa học và Công nghệ", "SKHCN"),
    ("Sở Tài chính", "STC"),
    ("Sở Nông nghiệp và Môi trường", "SNNMT"),
    ("Sở Xây dựng", "SXD"),
    ("Sở Công Thương", "SCT"),
    ("Sở Y tế", "SYT"),
    ("Sở Giáo dục và Đào tạo", "SGDĐT"),
    ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
    ("Sở Tư pháp", "STP"),
    ("Thanh tra tỉnh", "TTT"),
    ("Văn phòng Ủy ban nhân dân tỉnh", "VP"),
]
OTHERS = [
    ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", UnitKind.MASS),
    ("Tỉnh Đoàn", UnitKind.MASS),
    ("Liên đoàn Lao động tỉnh", UnitKind.MASS),
    ("Hội Nông dân tỉnh", UnitKind.MASS),
    ("Công an tỉnh", UnitKind.ARMED),
    ("Bộ Chỉ huy Quân sự tỉnh", UnitKind.ARMED),
    ("Thuế tỉnh", UnitKind.CENTRAL),
    ("Bảo hiểm xã hội tỉnh", UnitKind.CENTRAL),
    ("Bệnh viện Đa khoa Sen Hồng", UnitKind.SERVICE),
    ("Trung tâm Y tế Bờ Bắc", UnitKind.SERVICE),
    ("Trường Cao đẳng Cộng đồng Sen Hồng", UnitKind.SERVICE),
    ("Công ty Cổ phần Nông sản Đất Sen", UnitKind.ENTERPRISE),
    ("Công ty Trách nhiệm hữu hạn Công nghệ số Tràm Chim", UnitKind.ENTERPRISE),
    ("Hợp tác xã Nông nghiệp Tân Cửu Long", UnitKind.ENTERPRISE),
]


def found(*, actor: Any = None) -> Unit:
    """Open all units; `merge_departments` closes one of them on its day."""
    root = services.found_unit(
        name="Tỉnh Đồng Tháp", kind=UnitKind.PROVINCE, superior=None, since=LONG_AGO, code="87"
    )
    new_code(root)
    for name, short_name in DEPARTMENTS:
        below(root, name, UnitKind.DEPARTMENT, short_name)
    below(root, "Sở Thông tin và Truyền thông", UnitKind.DEPARTMENT, "STTTT")
    for name, kind in OTHERS:
        below(root, name, kind)
    for place in communes():
        services.found_unit(
            name=place.name,
            kind=UnitKind.WARD if place.name.startswith("Phường") else UnitKind.COMMUNE,
            superior=root,
            since=TWO_LEVELS,
            code=f"{place.code.value:05d}",
            code_system=CodeSystem.TWO,
            legal_basis="Nghị quyết 202/2025/QH15",
        )
    return root


def communes() -> list[Ward]:
    """The communes and wards of the province since 1 July 2025, in the order of their codes."""
    return sorted(Ward.iter_by_province(PROVINCE), key=lambda ward: ward.code.value)


def of_old_dong_thap() -> set[str]:
    """Names of the communes and wards where plan 207 held from its beginning."""
    return {place.name for place in communes() if place.code.value >= FIRST_OF_OLD}


def new_code(root: Unit) -> None:
    """The province kept its name and took another code on 1 July 2025 (domain 5.1)."""
    first = root.versions.get()
    first.valid_to = TWO_LEVELS - datetime.timedelta(days=1)
    first.code_system = CodeSystem.THREE
    first.save(update_fields=["valid_to", "code_system"])
    UnitVersion.objects.create(
        unit=root,
        name=root.name,
        kind=root.kind,
        code="82",
        code_system=CodeSystem.TWO,
        valid_from=TWO_LEVELS,
        legal_basis="Nghị quyết 202/2025/QH15",
    )


def below(root: Unit, name: str, kind: str, short_name: str = "") -> Unit:
    return services.found_unit(
        name=name,
        kind=kind,
        superior=root,
        since=YOUNG.get(name, LONG_AGO),
        short_name=short_name,
    )


def merge_departments(*, actor: Any) -> None:
    """Sở Thông tin và Truyền thông goes into Sở Khoa học và Công nghệ on 1 March 2025."""
    services.merge_units(
        predecessors=[Unit.objects.get(name="Sở Thông tin và Truyền thông")],
        successor=Unit.objects.get(name="Sở Khoa học và Công nghệ"),
        on=MERGER,
        document="Nghị định 45/2025/NĐ-CP và quyết định sắp xếp của tỉnh",
        actor=actor,
    )

"""Who and where: units through their changes, people, users and what they may do."""

from accounts.models.membership import Membership
from accounts.models.notice import Notice
from accounts.models.person import Employment, Person, Sex
from accounts.models.unit import Unit, UnitKind
from accounts.models.unit_change import Carried, Succession, UnitChange
from accounts.models.unit_version import CodeSystem, UnitVersion
from accounts.models.user import User

__all__ = [
    "Carried",
    "CodeSystem",
    "Employment",
    "Membership",
    "Notice",
    "Person",
    "Sex",
    "Succession",
    "Unit",
    "UnitChange",
    "UnitKind",
    "UnitVersion",
    "User",
]

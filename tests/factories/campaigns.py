"""A small campaign with one round, made by hand where a whole plan would hide the point."""

import itertools

from awards.models import AwardType, NomineeKind
from campaigns.models import AwardRound, Campaign, Component, Content, Quota

_count = itertools.count(1)


def award_type(code="BKT", **values):
    defaults = {
        "name": "Bằng khen của Chủ tịch UBND tỉnh",
        "short_name": "Bằng khen",
        "family": AwardType.Family.FORM,
        "level": AwardType.Level.PROVINCE,
        "kinds": [kind.value for kind in NomineeKind],
        "certificate_title": "BẰNG KHEN",
    }
    return AwardType.objects.get_or_create(code=code, defaults=defaults | values)[0]


def campaign(*, unit, steward=None, **values):
    number = next(_count)
    defaults = {
        "code": f"campaign-{number}",
        "title": "Tổ chức phong trào thi đua chuyển đổi số",
        "name": "Đồng Tháp đẩy mạnh chương trình chuyển đổi số",
        "short_name": "Phong trào thi đua chuyển đổi số",
        "number": "207/KH-UBND",
        "dossier_prefix": "KH207",
        "starts_year": 2021,
        "ends_year": 2025,
        "state": Campaign.State.OPEN,
    }
    made = Campaign.objects.create(unit=unit, steward=steward, **(defaults | values))
    for order, code in enumerate("ab", start=1):
        Content.objects.create(campaign=made, code=code, order=order, name=f"Nội dung {code}")
    for order, (code, name) in enumerate([("TTR", "Tờ trình"), ("BB", "Biên bản")], start=1):
        Component.objects.create(campaign=made, code=code, order=order, name=name)
    return made


def award_round(of_campaign, **values):
    defaults = {
        "code": "tong-ket",
        "order": 2,
        "name": "Tổng kết giai đoạn 2022–2025",
        "kind": AwardRound.Kind.FINAL,
        "achieved_from": 2022,
        "achieved_to": 2025,
        "award_type": award_type(),
        "appraisal_days": 25,
    }
    return AwardRound.objects.create(campaign=of_campaign, **(defaults | values))


def quota(of_round, kind=NomineeKind.INDIVIDUAL, size=30):
    return Quota.objects.create(
        round=of_round, award_type=of_round.award_type, kind=kind, size=size
    )

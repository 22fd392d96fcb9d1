"""What awards print. Words on paper are Vietnamese always, whatever the reader's language."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from awards.models import Award, Decision, NomineeKind
from core.documents import pdf, stamp, store
from core.documents.names import clean
from core.documents.templatetags.paper import capitals, date_in_words
from core.province import here
from core.text import official_number
from criteria.models import LegalBasis

LONG = pdf.Limits(cpu_s=120, wall_s=300)  # an annex of a thousand rows on a busy machine
FIELD = "thi đua, khen thưởng"
KINDS = ("Luật", "Nghị định", "Thông tư")
PROPOSER = "Giám đốc Sở Nội vụ"
EXECUTORS = "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ"
RECEIVERS = ["Như Điều 3", "Lưu: VT, TĐKT"]


def certificate(award: Award) -> bytes:
    """The certificate of a granted award as PDF. The same words give the same bytes.

    Raises `stamp.Unfit` with a sentence when the words cannot be set on it.
    """
    return next(stamp.certificates([certificate_text(award)]))


def certificate_text(award: Award) -> stamp.CertificateText:
    decision, address = award.decision, check_address(award)
    assert decision.signed_on is not None  # issued, so a constraint says
    return stamp.CertificateText(
        title=award.award_type.certificate_title,
        authority=capitals(decision.granted_by),
        name=award.name,
        position=award.position,
        reason=award.reason,
        decision=f"{official_number(decision.number)} {date_in_words(decision.signed_on)}",
        golden_number=award.golden_entry,
        code=award.code,
        url=address,
        host=re.sub(r"^https?://", "", address).removesuffix(f"/{award.code}/"),
        place=decision.place,
        date=decision.signed_on,
        signer_role=decision.signer_role,
        signer=decision.signer,
    )


def check_address(award: Award) -> str:
    """Where anybody sees whether the award is valid; the QR code leads there."""
    return settings.PORTAL_ADDRESS.rstrip("/") + reverse("awards:check", args=[award.code])


def certificate_name(award: Award) -> str:
    """Name of the file: book order first, so that a folder of them sorts like the annex."""
    number = f"{award.golden_number:04d}"
    return clean(f"{award.golden_series} {number} {award.name[:80]}.pdf")


def decision_paper(words: dict[str, Any]) -> bytes:
    """The decision with its annex (Nghị định 30/2020/NĐ-CP). Asks the database nothing."""
    return pdf.render("decision.html", words, limits=LONG)


def decision_words(decision: Decision) -> dict[str, Any]:
    """What the paper of a decision says: the context of `templates/documents/decision.html`."""
    awards = list(decision.awards.select_related("award_type").in_book_order())
    types = {award.award_type.pk: award.award_type for award in awards}.values()
    return {
        "head": {
            "superior": "",
            "issuer": capitals(f"Ủy ban nhân dân\n{decision.unit.name}"),
            "number": decision.number,
            "place": decision.place,
            "date": decision.signed_on,
            "about": "",
        },
        "subject": decision.subject,
        "authority": capitals(decision.granted_by),
        "bases": [_cited(basis) for basis in bases_on(decision.signed_on)],
        "proposal": _proposal(decision),
        "signed_by": decision.granted_by,
        "award": ", ".join(kind.name for kind in types),
        "achievement": re.sub(r"^[Đđ]ã ", "", decision.reason),
        "collectives": _annex(awards, NomineeKind.COLLECTIVE, NomineeKind.ENTERPRISE),
        "individuals": _annex(awards, NomineeKind.INDIVIDUAL),
        "households": _annex(awards, NomineeKind.HOUSEHOLD),
        "money": "",
        "executors": here(EXECUTORS),
        "articles": [],
        "end": {
            "receivers": RECEIVERS,
            "roles": decision.signer_role.splitlines(),
            "signer": decision.signer,
        },
    }


def _proposal(decision):
    """Who proposed it, by which submission: “Giám đốc Sở Nội vụ tại Tờ trình số 412/TTr-SNV …”."""
    if not (decision.proposal_number and decision.proposal_on):
        return PROPOSER
    cited = f"{official_number(decision.proposal_number)} {date_in_words(decision.proposal_on)}"
    return f"{PROPOSER} tại Tờ trình số {cited}"


def booklet(awards: Iterable[Award], *, title: str) -> bytes:
    """All certificates as one PDF, for printing."""
    return stamp.merge((store.read(award.certificate) for award in awards), title=title)


def bundle(awards: Iterable[Award]) -> Iterator[bytes]:
    """All certificates as a ZIP, in pieces; PDFs are packed already and are stored as they are."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for award in awards:
            entry = zipfile.ZipInfo(
                award.certificate.name, award.decision.signed_on.timetuple()[:6]
            )
            archive.writestr(entry, store.read(award.certificate))
            yield sink.taken()
    yield sink.taken()


class _Sink:
    """Where a ZIP is written that is passed on piece by piece; it cannot seek."""

    def __init__(self):
        self.pieces = []

    def write(self, piece):
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self):
        pass

    def taken(self):
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def bases_on(day: date) -> list[LegalBasis]:
    """Law, decrees and circulars on emulation and commendation in force on a day, in that order."""
    found = LegalBasis.objects.in_force(day).filter(title__icontains=FIELD)
    known = [basis for basis in found if basis.title.startswith(KINDS)]
    return sorted(known, key=lambda basis: (_kind(basis), basis.valid_from))


def _cited(basis):
    """As papers cite it: “Nghị định số 152/2025/NĐ-CP ngày … của Chính phủ quy định …”."""
    kind, day = KINDS[_kind(basis)], basis.signed_on
    signed = f" {date_in_words(day)}" if day else ""
    if kind == "Luật":
        title = re.sub(r"( \d{4})?( \(.*\))?$", "", basis.title)
        return f"{title}{signed}"
    issuer = f" của {basis.issuer}" if basis.issuer else ""
    return f"{kind} số {basis.number}{signed}{issuer}{basis.title.removeprefix(kind)}"


def _kind(basis):
    return next(place for place, kind in enumerate(KINDS) if basis.title.startswith(kind))


def _annex(awards, *kinds):
    return [
        {"name": award.name, "position": award.position, "note": award.golden_entry}
        for award in awards
        if award.kind in kinds
    ]

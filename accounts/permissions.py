"""Who may do what, on one page. Where: the unit of the membership, and all below it.

Roles are those of the field (glossary: vai trò); one person may hold several, each with a
unit and dates. A permission says what, never where.
"""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.province import here_lazy


class Perm(StrEnum):
    UNIT_READ = "unit.read"
    UNIT_MANAGE = "unit.manage"
    USER_MANAGE = "user.manage"
    CLOCK_MOVE = "clock.move"
    JOB_WATCH = "job.watch"
    HISTORY_READ = "history.read"
    LAW_READ = "law.read"
    LAW_MANAGE = "law.manage"
    CRITERIA_READ = "criteria.read"
    CRITERIA_MANAGE = "criteria.manage"
    CAMPAIGN_READ = "campaign.read"
    CAMPAIGN_PLAN = "campaign.plan"
    CAMPAIGN_JOIN = "campaign.join"
    BLOCK_READ = "block.read"
    BLOCK_MANAGE = "block.manage"
    SHEET_READ = "sheet.read"
    SHEET_WRITE = "sheet.write"
    SHEET_SEND = "sheet.send"
    SHEET_PEER = "sheet.peer"
    SHEET_ADVISE = "sheet.advise"
    SHEET_VERIFY = "sheet.verify"
    SHEET_APPRAISE = "sheet.appraise"
    SHEET_PUBLISH = "sheet.publish"
    REPORT_READ = "report.read"
    REPORT_WRITE = "report.write"
    REPORT_SEND = "report.send"
    REPORT_COLLECT = "report.collect"
    PERMIT_GIVE = "permit.give"
    AIM_READ = "aim.read"
    AIM_WRITE = "aim.write"
    AIM_SEND = "aim.send"
    AIM_COLLECT = "aim.collect"
    REMINDER_SEND = "reminder.send"
    DOSSIER_READ = "dossier.read"
    DOSSIER_WRITE = "dossier.write"
    DOSSIER_SUBMIT = "dossier.submit"
    DOSSIER_AGGREGATE = "dossier.aggregate"
    DOSSIER_APPRAISE = "dossier.appraise"
    DOSSIER_CONFIRM = "dossier.confirm"
    COUNCIL_READ = "council.read"
    COUNCIL_RECORD = "council.record"
    DECISION_READ = "decision.read"
    DECISION_DRAFT = "decision.draft"
    DECISION_ISSUE = "decision.issue"
    AWARD_READ = "award.read"
    AWARD_REVOKE = "award.revoke"
    FIGURES_READ = "figures.read"


class Role(TextChoices):
    UNIT_STAFF = "unit_staff", _("Unit staff")
    UNIT_LEADER = "unit_leader", _("Head of the unit")
    UNIT_COUNCIL_SECRETARY = "unit_council_secretary", _("Secretary of the unit's council")
    CLERK = "clerk", _("Clerical desk")
    CAMPAIGN_AGENCY = "campaign_agency", _("Standing agency of a campaign")
    OFFICER = "officer", _("Appraising officer, Home Affairs")
    SECTION_HEAD = "section_head", _("Head of section, Home Affairs")
    DIRECTOR = "director", _("Director of Home Affairs")
    CONSULTED = "consulted", _("Agency asked for its opinion")
    COUNCIL_MEMBER = "council_member", here_lazy(_("Member of the provincial council"))
    COUNCIL_SECRETARY = "council_secretary", here_lazy(_("Secretary of the provincial council"))
    COUNCIL_CHAIR = "council_chair", here_lazy(_("Chair of the provincial council"))
    DECIDER = "decider", here_lazy(_("Chairman of the People's Committee"))
    LEADER_VIEW = "leader_view", _("Leader, reading")
    ADMIN = "admin", _("Administrator")
    AUDITOR = "auditor", _("Inspector")
    FORMER_STAFF = "former_staff", _("Reads dossiers of a former unit")


READS = {
    Perm.UNIT_READ,
    Perm.CAMPAIGN_READ,
    Perm.AWARD_READ,
    Perm.LAW_READ,
    Perm.CRITERIA_READ,
    Perm.BLOCK_READ,
    Perm.SHEET_READ,
    Perm.REPORT_READ,
    Perm.AIM_READ,
}
SCORES = {Perm.SHEET_WRITE, Perm.SHEET_PEER, Perm.SHEET_ADVISE, Perm.SHEET_VERIFY}
AIMS = {Perm.AIM_WRITE, Perm.AIM_COLLECT}  # a unit that heads a block takes the others' in
DRAWS_UP = {
    Perm.CAMPAIGN_PLAN,
    Perm.CRITERIA_MANAGE,
    Perm.BLOCK_MANAGE,
    Perm.SHEET_APPRAISE,
    Perm.DECISION_DRAFT,
    Perm.PERMIT_GIVE,
    Perm.AIM_COLLECT,
    Perm.REMINDER_SEND,
}
WRITES = (
    READS
    | SCORES
    | AIMS
    | {Perm.DOSSIER_READ, Perm.DOSSIER_WRITE, Perm.CAMPAIGN_JOIN, Perm.REPORT_WRITE}
)
APPRAISES = READS | {Perm.DOSSIER_READ, Perm.FIGURES_READ, Perm.COUNCIL_READ}

GRANTS: dict[str, set[Perm]] = {
    Role.UNIT_STAFF: WRITES,
    Role.UNIT_LEADER: WRITES
    | {Perm.DOSSIER_SUBMIT, Perm.SHEET_SEND, Perm.REPORT_SEND, Perm.AIM_SEND},
    Role.UNIT_COUNCIL_SECRETARY: WRITES,
    Role.CLERK: READS | {Perm.DOSSIER_READ},
    Role.CAMPAIGN_AGENCY: READS
    | {
        Perm.DOSSIER_AGGREGATE,
        Perm.FIGURES_READ,
        Perm.REPORT_WRITE,
        Perm.REPORT_SEND,
        Perm.REPORT_COLLECT,
        Perm.PERMIT_GIVE,
        Perm.AIM_WRITE,
        Perm.AIM_SEND,
        Perm.AIM_COLLECT,
    },
    Role.OFFICER: APPRAISES | DRAWS_UP | {Perm.DOSSIER_APPRAISE},
    Role.SECTION_HEAD: APPRAISES
    | DRAWS_UP
    | {Perm.DOSSIER_CONFIRM, Perm.LAW_MANAGE, Perm.SHEET_PUBLISH},
    Role.DIRECTOR: APPRAISES | {Perm.DECISION_DRAFT, Perm.AWARD_REVOKE},
    Role.CONSULTED: {Perm.UNIT_READ, Perm.SHEET_ADVISE},
    Role.COUNCIL_MEMBER: READS | {Perm.COUNCIL_READ, Perm.DOSSIER_READ},
    Role.COUNCIL_SECRETARY: READS | {Perm.COUNCIL_READ, Perm.COUNCIL_RECORD, Perm.DOSSIER_READ},
    Role.COUNCIL_CHAIR: READS | {Perm.COUNCIL_READ, Perm.DOSSIER_READ, Perm.FIGURES_READ},
    Role.DECIDER: READS
    | {Perm.DOSSIER_READ, Perm.DECISION_ISSUE, Perm.AWARD_REVOKE, Perm.FIGURES_READ},
    Role.LEADER_VIEW: READS | {Perm.DOSSIER_READ, Perm.FIGURES_READ},
    Role.ADMIN: {
        Perm.UNIT_READ,
        Perm.UNIT_MANAGE,
        Perm.USER_MANAGE,
        Perm.CLOCK_MOVE,
        Perm.JOB_WATCH,
        Perm.LAW_READ,
        Perm.CAMPAIGN_READ,
        Perm.CRITERIA_READ,
        Perm.AWARD_READ,
    },
    Role.AUDITOR: READS
    | {
        Perm.DOSSIER_READ,
        Perm.HISTORY_READ,
        Perm.COUNCIL_READ,
        Perm.DECISION_READ,
        Perm.FIGURES_READ,
    },
    # Given for one unit that is no more, by name (domain D12); it reads, nothing else.
    Role.FORMER_STAFF: READS | {Perm.DOSSIER_READ},
}

STAFF_ROLES = frozenset(Role) - {
    Role.UNIT_STAFF,
    Role.UNIT_LEADER,
    Role.UNIT_COUNCIL_SECRETARY,
    Role.FORMER_STAFF,
}
"""Roles that must sign in with a second factor where `MFA_REQUIRED` is on."""

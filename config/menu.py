"""The menu and the foot of the portal: one line a page, with the permission that shows it."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from campaigns import figures
from core.ui import nav

DEMO = (
    (
        nav.Item(
            label=_("Mails of the demonstration"),
            url="campaigns:mailbox",
            perm=Perm.JOB_WATCH,
            place=82,
        ),
    )
    if settings.DEMO
    else ()
)

MENU = (
    nav.Item(label=_("My work"), url="home", perm=nav.SIGNED_IN, place=10),
    nav.Item(label=_("Dashboard"), url="dashboard:overview", perm=Perm.FIGURES_READ, place=15),
    nav.Item(
        label=_("Dossiers"),
        url="dossiers:list",
        perm=(Perm.DOSSIER_READ, Perm.DOSSIER_AGGREGATE),
        place=30,
    ),
    nav.Item(label=_("Register"), url="awards:register", perm=Perm.AWARD_READ, place=40),
    nav.Item(
        label=_("Decisions"),
        url="awards:decisions",
        perm=(Perm.DECISION_READ, Perm.DECISION_DRAFT, Perm.DECISION_ISSUE),
        place=45,
    ),
    nav.Item(label=_("Check a certificate"), url="awards:check_form", perm=nav.PUBLIC, place=60),
    nav.Item(label=_("Campaigns"), url="campaigns:list", perm=Perm.CAMPAIGN_READ, place=20),
    nav.Item(
        label=_("Blocks and clusters"), url="campaigns:blocks", perm=Perm.BLOCK_READ, place=21
    ),
    nav.Item(
        label=_("Titles aimed at"),
        url="campaigns:aims",
        perm=(Perm.AIM_WRITE, Perm.AIM_COLLECT, Perm.FIGURES_READ),
        place=23,
    ),
    nav.Item(
        label=_("Periodic reports"),
        url="campaigns:reports",
        perm=Perm.REPORT_WRITE,
        count=figures.count_waiting,
        place=24,
    ),
    nav.Item(
        label=_("Locker of evidence"), url="campaigns:evidence", perm=Perm.SHEET_WRITE, place=32
    ),
    nav.Item(label=_("Sets of criteria"), url="criteria:sets", perm=Perm.CRITERIA_MANAGE, place=22),
    nav.Item(label=_("Law and numbers"), url="criteria:law", perm=Perm.LAW_MANAGE, place=60),
    nav.Item(
        label=_("To appraise"),
        url="dossiers:queue",
        perm=(Perm.DOSSIER_APPRAISE, Perm.DOSSIER_CONFIRM),
        place=25,
    ),
    nav.Item(
        label=_("Reminders"),
        url="campaigns:reminders",
        perm=Perm.REMINDER_SEND,
        place=46,
    ),
    nav.Item(label=_("Came in"), url="dossiers:incoming", perm=Perm.DOSSIER_AGGREGATE, place=25),
    nav.Item(
        label=_("Council"),
        url="dossiers:sittings",
        perm=(Perm.COUNCIL_READ, Perm.COUNCIL_RECORD),
        place=35,
    ),
    nav.Item(
        label=_("Units"),
        url="accounts:units",
        perm=Perm.UNIT_MANAGE,
        place=70,
        also=("accounts:changes",),
    ),
    nav.Item(label=_("People who sign in"), url="accounts:users", perm=Perm.USER_MANAGE, place=72),
    nav.Item(label=_("History"), url="accounts:history", perm=Perm.HISTORY_READ, place=74),
    nav.Item(label=_("Jobs"), url="jobs:list", perm=Perm.JOB_WATCH, place=80),
    *DEMO,
)

FOOT = (
    nav.Item(label=_("Check a certificate"), url="awards:check_form", perm=nav.PUBLIC, place=10),
    nav.Item(label=_("Law and numbers"), url="criteria:law", perm=Perm.LAW_READ, place=20),
)

"""Check, compare, apply and write out campaign plans: `plan apply FILE`, `plan export CODE`,
`plan schema`."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from accounts.models import Unit, User
from campaigns.models import Campaign
from campaigns.plans import export, handing, json_schema
from campaigns.plans.apply import CannotApply, apply, difference, faults_here
from campaigns.plans.book import writing
from campaigns.workflow import CAMPAIGN
from core.documents.refusals import Refused

SYMBOLS = {"added": "+", "changed": "~", "removed": "-"}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        for act, meaning in (
            ("check", "say what is wrong in a plan file"),
            ("diff", "say what applying a plan file would change"),
            ("apply", "make the database follow a plan file"),
        ):
            sub = acts.add_parser(act, help=meaning)
            sub.add_argument("file", type=Path)
            sub.add_argument("--unit", help="name of the unit that runs it (the topmost one)")
            if act == "apply":
                sub.add_argument("--by", help="user name of who answers for it")
                sub.add_argument("--reason", default="", help="why what others rest on goes")
                sub.add_argument("--launch", action="store_true", help="and start the campaign")
        sub = acts.add_parser("export", help="write the plan that a campaign follows")
        sub.add_argument("code")
        sub.add_argument("--xlsx", action="store_true", help="as an Excel workbook")
        acts.add_parser("schema", help="write the JSON Schema of plan files")

    def handle(self, act, **options):
        if act == "export":
            return self._export(options["code"], writing if options["xlsx"] else export)
        if act == "schema":
            with translation.override("vi"):
                return self.stdout.write(json_schema.written(), ending="")
        owner = self._owner(options["unit"])
        reading = self._read(options["file"], owner)
        if act == "check":
            return self.stdout.write(f"{options['file'].name}: nothing to mend")
        if act == "diff":
            return self._tell(difference(reading.plan))
        return self._apply(reading.plan, owner, options)

    def _owner(self, name):
        units = Unit.objects.filter(name=name) if name else Unit.objects.filter(depth=1)
        owner = units.first()
        if owner is None:
            raise CommandError(f"No unit is called “{name}”." if name else "There is no unit yet.")
        return owner

    def _read(self, path, owner):
        try:
            reading = handing.read(path.read_bytes(), name=path.name)
        except OSError as unreadable:
            raise CommandError(f"{path}: {unreadable.strerror}") from unreadable
        faults = faults_here(reading, owner=owner)
        if faults:
            lines = "\n".join(_said(path, fault) for fault in faults)
            raise CommandError(f"Nothing was changed.\n{lines}")
        return reading

    @transaction.atomic
    def _apply(self, plan, owner, options):
        if options["launch"] and not options["by"]:
            raise CommandError("Say with --by who launches the campaign.")
        actor = _somebody(options["by"])
        content, name = options["file"].read_bytes(), options["file"].name
        try:
            handed = None
            if difference(plan):
                handed = handing.hand_in(content, name=name, unit=owner, by=actor)
            applied = apply(
                plan, actor=actor, owner=owner, plan_file=handed, reason=options["reason"]
            )
        except Refused as refused:
            raise CommandError(f"Nothing was changed.\n{refused.sentence}") from None
        except CannotApply as refused:
            said = ["Nothing was changed.", *refused.sentences]
            if refused.for_a_reason:
                said.append("Say with --reason why it is done all the same.")
            raise CommandError("\n".join(said)) from None
        self._tell(applied.changes)
        if options["launch"] and applied.campaign.state == Campaign.State.DRAFT:
            CAMPAIGN.perform(applied.campaign, "launch", actor=actor)

    def _tell(self, changes):
        for change in changes:
            self.stdout.write(f"{SYMBOLS[change.kind]} {change}")
        if not changes:
            self.stdout.write("Nothing differs.")

    def _export(self, code, form):
        campaign = Campaign.objects.filter(code=code).first()
        if campaign is None:
            raise CommandError(f"There is no campaign “{code}”.")
        sys.stdout.buffer.write(form.write(export.plan_of(campaign)))


def _said(path, fault):
    where = f":{fault.line}" if isinstance(fault.line, int) else f": {fault.line}"
    return f"{path.name}{where}: {fault.text}"


def _somebody(name):
    """The user named, or the portal itself: a name that nobody can sign in with."""
    if name:
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"No user is called “{name}”.")
        return user
    defaults = {"full_name": "Cổng thi đua (lệnh trên máy chủ)", "is_active": False}
    user, made = User.objects.get_or_create(username="portal", defaults=defaults)
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user

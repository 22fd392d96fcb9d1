"""The first day of a real province, once the database is set up: loads what of the law, the award
types and the holidays ships with the portal, founds the province with its communes and wards and the
agency that keeps its awards, and lets the first administrator in, who makes the other units and the
people on the pages.

Running it again changes nothing. The administrator sets the password by mail, as everybody does, or
types it here with --ask-password.
"""

import getpass
import sys

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import translation
from vietnam_provinces import Province, Ward

from accounts import services
from accounts.models import Unit, User
from core.clock import clock
from core.text import nfc
from core.workdays import calendar


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--province", required=True, help="its whole name: “Tỉnh Đồng Tháp”")
        parser.add_argument(
            "--agency", default="Sở Nội vụ", help="where the administrator works: “Sở Nội vụ”"
        )
        parser.add_argument("--admin", required=True, help="the administrator's sign-in name")
        parser.add_argument("--name", required=True, help="and full name")
        parser.add_argument("--mail", required=True, help="and address, to which the link goes")
        parser.add_argument(
            "--ask-password", action="store_true", help="ask for the password here, by no mail"
        )

    def handle(self, *, province, agency, admin, name, mail, ask_password, **options):
        self.refuse_a_demo()
        found = self.published(province)
        agency = " ".join(agency.split())
        if not 0 < len(agency) <= 200:
            raise CommandError("--agency is its name, of at most 200 letters.")
        user = self.administrator(admin, name, mail)
        password = self.asked(user) if ask_password and not user.has_usable_password() else ""
        with transaction.atomic():
            self.load_law()
            if password:
                user.set_password(password)
            new = services.begin(
                province=whole_name(found), communes=communes(found), agency=agency, admin=user
            )
            if password:
                user.save()
        self.stdout.write(
            f"{whole_name(found)}, {agency} and the administrator {user.username} are there."
            if new
            else "The province has begun already; nothing was changed."
        )
        self.say_what_next(user)

    def refuse_a_demo(self):
        if settings.DEMO:
            raise CommandError(
                "This is a demo, whose province is invented: write DEMO=off in .env, and name"
                " another database in DATABASE_URL."
            )
        if User._meta.db_table not in connection.introspection.table_names():
            raise CommandError("The database is empty: run script/setup first.")

    def published(self, name):
        """The province of the tables that is meant, under its whole name."""
        name = " ".join(nfc(name).split())
        found = next((each for each in Province.iter_all() if whole_name(each) == name), None)
        if found is None:
            raise CommandError(
                f"“{name}” is none of the 34 provinces since 1 July 2025: write the whole name,"
                " such as “Tỉnh Đồng Tháp” or “Thành phố Huế”."
            )
        if nfc(settings.PROVINCE) != name:
            raise CommandError(
                f"Pages name {settings.PROVINCE}: write PROVINCE={name} in .env first."
            )
        other = Unit.objects.filter(depth=1).exclude(name=name).first()
        if other:
            raise CommandError(f"There is another province here already: {other.name}.")
        return found

    def administrator(self, username, full_name, mail):
        """Who is meant: kept already, or a new one that fits."""
        others = [each.username for each in services.administrators(clock.today())]
        if others and username not in others:
            raise CommandError(
                f"{others[0]} administers this portal already, and lets others in on its pages."
            )
        full_name, mail = nfc(" ".join(full_name.split())), mail.lower()
        known = User.objects.filter(username=username).first()
        if known and (known.full_name, known.email.lower()) != (full_name, mail):
            raise CommandError(
                f"{username} is {known.full_name}, {known.email}: change that on the portal's pages."
            )
        return known or self.fit(User(username=username, full_name=full_name, email=mail))

    def fit(self, user):
        if not user.email:
            raise CommandError("--mail is needed: a forgotten password goes there.")
        if User.objects.filter(email__iexact=user.email).exists():
            raise CommandError(f"Somebody else signs in with {user.email}.")
        with translation.override("en"):
            try:
                user.clean_fields(exclude=["password", "sort_key"])
            except ValidationError as fault:
                option = {"username": "--admin", "full_name": "--name", "email": "--mail"}
                field, said = next(iter(fault.message_dict.items()))
                raise CommandError(f"{option.get(field, field)}: {said[0]}") from None
        user.set_unusable_password()
        return user

    def asked(self, user):
        if not sys.stdin.isatty():
            raise CommandError("--ask-password needs a terminal: leave it out to set it by mail.")
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("The same again: "):
            raise CommandError("The two are not the same: run this again.")
        with translation.override("en"):
            try:
                validate_password(password, user)
            except ValidationError as fault:
                raise CommandError(" ".join(fault.messages)) from None
        return password

    def load_law(self):
        calendar.load()
        call_command("load_law", stdout=self.stdout)
        call_command("load_award_types", stdout=self.stdout)

    def say_what_next(self, user):
        where = settings.PORTAL_ADDRESS.rstrip("/")
        if user.has_usable_password():
            self.stdout.write(f"{user.username} signs in at {where}{reverse('account_login')}")
            return
        self.stdout.write(
            f"{user.username} asks for a password at {where}{reverse('account_reset_password')}"
            f" with the address {user.email}."
        )
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            self.stdout.write(
                "No mail server is named in EMAIL_URL, so that mail will be a file in"
                f" {settings.EMAIL_FILE_PATH}: name one, or run this again with --ask-password."
            )


def whole_name(province):
    """The tables leave out “Tỉnh”."""
    cities = province.name.startswith("Thành phố ")
    return province.name if cities else f"Tỉnh {province.name}"


def communes(province):
    """{code: name} of today's communes, wards and special zones."""
    wards = sorted(Ward.iter_by_province(province.code), key=lambda ward: ward.code.value)
    return {f"{ward.code.value:05d}": ward.name for ward in wards}

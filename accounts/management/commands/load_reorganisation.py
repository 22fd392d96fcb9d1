from django.core.management.base import BaseCommand, CommandError

from accounts import services
from accounts.models import User
from accounts.rules import places


class Command(BaseCommand):
    help = (
        "Enter the reorganisation of 1 July 2025 for a province: districts and communes before, "
        "and what became of them. Running it again changes nothing."
    )

    def add_arguments(self, parser):
        _day, known = places.published()
        parser.add_argument("province", choices=sorted(known), help="its code since 1 July 2025")
        parser.add_argument("--by", help="sign-in name; needed where such units still stand")

    def handle(self, *, province, by, **options):
        actor = User.objects.filter(username=by).first() if by else None
        if by and actor is None:
            raise CommandError(f"Nobody signs in as {by}.")
        done = services.load_reorganisation(province, actor=actor)
        self.stdout.write(
            f"{done.opened} opened, {done.remembered} of before entered, "
            f"{done.merged} closed, {done.arrows} successions"
        )

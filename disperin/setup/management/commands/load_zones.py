"""`manage.py load_zones --by <administrator>`: the zones with their sourced figures; may be run again and again."""

from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from disperin.accounts.models import Role, User
from disperin.regions.models import Regency
from disperin.setup import zones


class Command(BaseCommand):
    help = "Publishes the zones of the province's zones.json that are not registered yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the administrator who publishes them")

    def handle(self, *args: Any, by: str, **options: Any) -> None:
        person = User.objects.filter(username=by, role=Role.ADMINISTRATOR, is_active=True).first()
        if person is None:
            raise CommandError(f"{by} is no administrator. Zones are published by one, and the history says by whom.")
        if not Regency.objects.exists():
            raise CommandError("There are no regions yet. Run `manage.py load_reference` first.")
        made = zones.load(by=person)
        for zone in made:
            self.stdout.write(f"    {zone.number} {zone.name}")
        if not made:
            self.stdout.write("    Every zone is registered already; nothing was changed.")

"""The demonstration: seminars, invented registrations and staff sign-ins."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from accounts.services import create_staff
from participants import demonstration
from participants.models import Disclosure
from seminars import demonstration as seminars_demonstration

# User name, role, language of the admin.
STAFF = (
    ("organiser", Role.ORGANISER, "ky"),
    ("registrar", Role.REGISTRAR, "ky"),
    ("press", Role.PRESS_OFFICER, "ru"),
    ("approver", Role.APPROVER, "ru"),
    ("analyst", Role.ANALYST, "ru"),
    ("administrator", Role.ADMINISTRATOR, "ru"),
)


class Command(BaseCommand):
    """Fills an empty portal with what a visitor can try."""

    help = "Load the demonstration (seminars, invented people, staff sign-ins), or remove it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take the demonstration away again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self._remove()
        else:
            self._load()

    def _load(self) -> None:
        """Load what is missing; print the sign-ins of the staff that were made, and nothing when all are there."""
        seminars_demonstration.load()
        demonstration.load()
        known = set(User.objects.filter(is_active=True).values_list("username", flat=True))
        missing = [(username, role, language) for username, role, language in STAFF if username not in known]
        if missing:
            self.stdout.write("Staff sign-ins of the demonstration (user name, password):")
        for username, role, language in missing:
            password = secrets.token_urlsafe(12)
            create_staff(username=username, role=role, language=language, password=password)
            self.stdout.write(f"  {username:<14} {password}")

    @transaction.atomic
    def _remove(self) -> None:
        count = demonstration.remove()
        seminars_demonstration.remove()
        staff = User.objects.filter(username__in=[name for name, _role, _language in STAFF])
        # Whoever was shown a list of people stays named in the log of lists, and is closed instead.
        staff.exclude(pk__in=Disclosure.objects.values("by")).delete()
        for user in staff:
            user.is_active = False
            user.save(update_fields=["is_active"])
        self.stdout.write(f"Removed: {count} registrations, the seminars and sign-ins of the demonstration.")

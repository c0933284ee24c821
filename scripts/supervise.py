"""Runs the portal: prepares it, starts the web server and the worker, and brings back what dies.

SIGTERM and SIGINT stop both in good order, and the embedded PostgreSQL too unless another program is connected to it.
SIGHUP takes new code without failing a request: prepares again, reloads the web server, restarts the worker.
Called by scripts/run, which has made the environment; it waits for facts, never for time to pass.
"""

import errno
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time

import environ
from service import CHECKOUT, SIGNALS, Service, die_with_parent, say

from gamsumo_portal import postgres

SIGN_INS = CHECKOUT / "var" / "sign-ins.txt"
WATCH_SECONDS = 2.0  # how soon a dead database is noticed; a dead child is noticed at once
STOP_SECONDS = 15.0
START_SECONDS = 60.0
DEATHS_BEFORE_GIVING_UP = 3


class CannotStartError(Exception):
    """The portal cannot start; the message is one sentence for whoever started it."""


def read_address() -> tuple[str, int]:
    """Return HOST and PORT, where nobody listens yet."""
    host, port_text = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port_text.isdecimal() or not 0 < int(port_text) < 65536:
        raise CannotStartError(f"PORT must be a number from 1 to 65535, not {port_text!r}.")
    port = int(port_text)
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise CannotStartError(f"HOST must be an address or a name of this machine, not {host!r}.") from error
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as error:
            raise CannotStartError(f"PORT {port} is reserved for root: set PORT to 1024 or more.") from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                message = (
                    f"Port {port} is in use (perhaps by this portal already): end that program or set another PORT."
                )
            else:
                message = f"HOST {host!r} is not an address of this machine."
            raise CannotStartError(message) from error
    return host, port


def check_database_address() -> None:
    """Refuse a DATABASE_URL that is none, before settings stumble over it."""
    given = os.environ.get("DATABASE_URL", "")
    if given and not given.startswith(("postgres://", "postgresql://")):
        message = "DATABASE_URL must name a PostgreSQL database: postgresql://user:password@host:5432/name."
        raise CannotStartError(message)


def make_secret_key() -> None:
    """Leave a key in var/secret-key, where settings look for it, unless the environment has one."""
    file = CHECKOUT / "var" / "secret-key"
    if os.environ.get("SECRET_KEY") or (file.is_file() and file.read_text().strip()):
        return
    half_done = file.with_suffix(".new")
    half_done.unlink(missing_ok=True)
    half_done.touch(mode=0o600)
    half_done.write_text(secrets.token_urlsafe(50) + "\n")
    half_done.rename(file)


def prepare() -> bool:
    """Bring database, data and files up to date in a process of its own; return whether that succeeded."""
    command = [sys.executable, "scripts/prepare.py"]
    # The supervisor has one thread, so a function may run in the child.
    done = subprocess.run(command, cwd=CHECKOUT, check=False, preexec_fn=die_with_parent)
    return done.returncode == 0


def answers(host: str, port: int) -> bool:
    """Say whether the web server answers a request, whatever it says."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 compared, not bound
    connection = http.client.HTTPConnection(target, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


class Supervisor:
    """The services of the portal and the loop that watches over them."""

    def __init__(self, host: str, port: int) -> None:
        """Remember what to run; nothing runs yet."""
        self.host, self.port = host, port
        self.bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.has_embedded_database = not os.environ.get("DATABASE_URL")
        self.database_check_due = 0.0
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "scripts/gunicorn.conf.py"]
        self.web = Service(
            "web server",
            [*gunicorn, "-b", self.bind, "gamsumo_portal.wsgi:application"],
        )
        self.worker = Service("worker", [sys.executable, "manage.py", "qcluster"])
        self.services = (self.web, self.worker)

    def run(self) -> None:
        """Start everything, print the addresses, and watch until a signal asks to stop."""
        for service in self.services:
            service.start()
        try:
            self._await_web()
            while (received := self._watch()) not in {signal.SIGTERM, signal.SIGINT}:
                if received == signal.SIGHUP:
                    self._reload()
        finally:
            self._stop()

    def _watch(self, seconds: float = WATCH_SECONDS) -> int | None:
        """Wait for a signal or some time, then revive what died; return the signal."""
        wait = min([seconds, *(service.seconds_to_start() for service in self.services)])
        received = signal.sigtimedwait(SIGNALS, wait)
        number = received.si_signo if received else None
        if number in {signal.SIGTERM, signal.SIGINT}:
            return number
        for service in self.services:
            service.revive()
        if self.has_embedded_database and time.monotonic() >= self.database_check_due:
            self._revive_database()
        return number

    def _revive_database(self) -> None:
        """Start PostgreSQL should it be dead; asking it makes a child, whose end would wake `_watch` at once again."""
        try:
            postgres.ensure_running()
        except postgres.PostgresError as error:
            say(str(error))
        self.database_check_due = time.monotonic() + WATCH_SECONDS

    def _await_web(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not answers(self.host, self.port):
            if self._watch(0.05) in {signal.SIGTERM, signal.SIGINT}:
                raise CannotStartError("Stopped before the start was complete.")
            if self.web.deaths >= DEATHS_BEFORE_GIVING_UP or time.monotonic() > deadline:
                raise CannotStartError("The web server does not start; its last lines above say why.")
        self._print_addresses()

    def _print_addresses(self) -> None:
        shown = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 compared, not bound
        host = self.bind.rsplit(":", 1)[0]
        site = f"http://{shown.get(host, host)}:{self.port}"
        say("")
        if SIGN_INS.is_file():
            say(SIGN_INS.read_text().strip() + "\n")
        say(f"The portal is ready (Ctrl-C stops it):\n  {site}/ky/\n  {site}/ru/\n  {site}/admin/")

    def _reload(self) -> None:
        if not prepare():
            say("The new code could not be prepared; the portal goes on as it was.")
            return
        self.web.send(signal.SIGHUP)
        self.worker.send(signal.SIGTERM)
        say("The new code is taken.")

    def _stop(self) -> None:
        say("Stopping ...")
        for service in self.services:
            service.send(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for service in self.services:
            service.await_end(deadline)
        if self.has_embedded_database and not postgres.stop_unless_used():
            say("PostgreSQL goes on, because another program uses it.")


def main() -> None:
    """Run the portal until it is asked to stop."""
    environ.Env.read_env(CHECKOUT / ".env")
    address = read_address()
    check_database_address()
    make_secret_key()
    if not prepare():
        sys.exit(1)
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    Supervisor(*address).run()


if __name__ == "__main__":
    try:
        main()
    except (CannotStartError, postgres.PostgresError) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    except OSError as problem:
        sys.exit(f"The portal cannot start: {problem.strerror} ({problem.filename}).")

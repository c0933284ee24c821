"""scripts/run in a copy of the checkout: an empty one, in a folder with a space in its name."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gamsumo_portal.conftest import ROOT

PATIENCE = 30.0  # seconds; an idle machine needs two
NOT_COPIED = shutil.ignore_patterns(".*", "var", "__pycache__", "tests", "docs")


class Portal:
    """A checkout without data, and what scripts/run made of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
        (folder / ".venv").symlink_to(Path(sys.prefix))  # installing is the one thing left out
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PORT": str(self.port)}
        self.output = folder / "output.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Return the seconds until the portal said that it is ready."""
        began = time.monotonic()
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                ["scripts/run"], cwd=self.folder, env=self.environment, stdout=output, stderr=output
            )
        while "The portal is ready" not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < began + 120, self.output.read_text()
            time.sleep(0.05)
        return time.monotonic() - began

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(30)

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode().strip()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def until_healthy(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.get("/healthz") != (200, "ok"):
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.05)

    def processes(self, word: str) -> list[int]:
        """Return the processes of this portal, oldest first, whose command line has the word."""
        found = []
        for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
            try:
                is_ours = (process / "cwd").samefile(self.folder)
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if is_ours and word.encode() in command:
                found.append(int(process.name))
        return found

    def postgres(self, expression: str) -> str:
        code = f"from gamsumo_portal import postgres, postgres_home as home; print({expression})"
        done = subprocess.run([sys.executable, "-c", code], cwd=self.folder, capture_output=True, text=True, check=True)
        return done.stdout.strip()


def kill(*processes: int) -> None:
    """Kill each process; some may have ended with one killed before."""
    for pid in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    made = Portal(tmp_path_factory.mktemp("start") / "my portal")
    made.start()
    yield made
    if made.process.poll() is None:
        made.stop()
    made.postgres("postgres.stop()")
    shutil.rmtree(made.postgres("home.home()"), ignore_errors=True)


def test_an_empty_checkout_becomes_a_portal_with_one_command(portal: Portal) -> None:
    assert portal.get("/healthz") == (200, "ok")
    for path in ("/ky/", "/ru/", "/admin/login/"):
        assert portal.get(path)[0] == 200, path


def test_the_start_prints_addresses_and_sign_ins(portal: Portal) -> None:
    printed = portal.output.read_text()
    for path in ("/ky/", "/ru/", "/admin/"):
        assert f"http://127.0.0.1:{portal.port}{path}" in printed
    sign_ins = portal.folder / "var" / "sign-ins.txt"
    assert sign_ins.stat().st_mode & 0o077 == 0
    assert sign_ins.read_text().strip() in printed
    assert "organiser" in printed


def test_the_key_is_made_once_and_for_the_owner_alone(portal: Portal) -> None:
    key = portal.folder / "var" / "secret-key"
    assert key.stat().st_mode & 0o077 == 0
    assert len(key.read_text().strip()) > 50


def test_killed_web_processes_come_back(portal: Portal) -> None:
    kill(*portal.processes("gunicorn"))
    portal.until_healthy()


def test_a_killed_worker_comes_back(portal: Portal) -> None:
    killed = portal.processes("qcluster")
    kill(killed[0])
    deadline = time.monotonic() + PATIENCE
    while not (alive := set(portal.processes("qcluster"))) or alive & set(killed):
        assert time.monotonic() < deadline, portal.output.read_text()
        time.sleep(0.05)


def test_a_killed_database_comes_back(portal: Portal) -> None:
    pid_file = Path(portal.postgres("home.data()")) / "postmaster.pid"
    kill(int(pid_file.read_text().split()[0]))
    portal.until_healthy()


def test_new_code_is_taken_without_failing_a_request(portal: Portal) -> None:
    before = set(portal.processes("gunicorn"))
    portal.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + PATIENCE
    # The master stays, its workers are all new.
    while len(set(portal.processes("gunicorn")) & before) > 1:
        assert portal.get("/healthz") == (200, "ok")
        assert time.monotonic() < deadline, portal.output.read_text()


def test_a_second_start_on_the_same_port_says_what_to_do(portal: Portal) -> None:
    second = subprocess.run(
        ["scripts/run"], cwd=portal.folder, env=portal.environment, capture_output=True, text=True, check=False
    )
    assert second.returncode != 0
    assert second.stderr.splitlines()[-1].startswith(f"Port {portal.port} is in use")
    assert "Traceback" not in second.stderr


def test_after_the_killing_of_everything_the_next_start_is_healthy_and_quick(portal: Portal) -> None:
    sign_ins = (portal.folder / "var" / "sign-ins.txt").read_text()
    pid_file = Path(portal.postgres("home.data()")) / "postmaster.pid"
    postmaster = int(pid_file.read_text().split()[0])
    kill(portal.process.pid, *portal.processes("gunicorn"), *portal.processes("qcluster"), postmaster)
    portal.process.wait()
    assert portal.start() < 30  # 4 seconds on an idle machine with two cores; this bound holds on a busy one
    portal.until_healthy()
    assert sign_ins.strip() in portal.output.read_text()


def test_stopping_ends_every_process_of_the_portal(portal: Portal) -> None:
    assert portal.stop() == 0
    assert portal.processes("gunicorn") == portal.processes("qcluster") == []
    assert portal.postgres("postgres.is_running()") == "False"

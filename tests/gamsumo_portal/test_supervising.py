import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import supervise
from service import LONGEST_PAUSE, Service

WAITS = "import signal; signal.pause()"
# Starts a process of its own, writes down its number, and waits.
HAS_A_CHILD = f"""
import pathlib, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {WAITS!r}])
pathlib.Path(sys.argv[1]).write_text(str(child.pid) + "\\n")
child.wait()
"""


def until(is_so: Callable[[], object]) -> None:
    """Wait for a fact, at most half a minute."""
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.01)


@pytest.fixture
def start() -> Iterator[Callable[..., Service]]:
    started: list[Service] = []

    def start_service(*arguments: str) -> Service:
        service = Service("test", [sys.executable, "-c", *arguments])
        service.start()
        started.append(service)
        return service

    yield start_service
    for service in started:
        service.await_end(time.monotonic())


def revived(service: Service, dead: int) -> bool:
    service.revive()
    return service.process is not None and service.process.pid != dead


def test_a_killed_process_comes_back(start: Callable[..., Service]) -> None:
    service = start(WAITS)
    killed = service.process.pid
    os.kill(killed, signal.SIGKILL)
    until(lambda: revived(service, killed))


def test_what_a_killed_process_had_started_goes_with_it(start: Callable[..., Service], tmp_path: Path) -> None:
    written = tmp_path / "child"
    service = start(HAS_A_CHILD, str(written))
    until(lambda: written.is_file() and written.read_text().endswith("\n"))
    child = Path(f"/proc/{written.read_text().strip()}/cmdline")
    os.kill(service.process.pid, signal.SIGKILL)
    until(lambda: service.process.poll() is not None)
    assert child.read_bytes(), "it outlives its parent"
    service.revive()
    until(lambda: not child.exists() or not child.read_bytes())  # gone, or dead and not yet reaped


def test_a_process_that_dies_at_once_comes_back_ever_more_slowly(start: Callable[..., Service]) -> None:
    service = start("raise SystemExit(1)")
    pauses = []
    for _ in range(3):
        until(lambda: service.process is not None and service.process.poll() is not None)
        service.revive()
        pauses.append(service.pause)
        service.start_again_at = 0.0
        service.revive()
    assert pauses == sorted(set(pauses))
    assert pauses[-1] <= LONGEST_PAUSE


def test_a_process_that_does_not_stop_is_killed(start: Callable[..., Service], tmp_path: Path) -> None:
    deaf = (
        "import pathlib, signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); pathlib.Path(sys.argv[1]).touch()"
    )
    service = start(f"{deaf}; signal.pause()", str(tmp_path / "deaf"))
    until((tmp_path / "deaf").exists)
    service.send(signal.SIGTERM)
    service.await_end(time.monotonic() + 0.1)
    assert service.process.returncode == -signal.SIGKILL


def test_a_port_in_use_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(supervise.CannotStartError, match=f"Port {port} is in use"):
            supervise.read_address()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "8000.0", "²"])
def test_a_port_that_is_none_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(supervise.CannotStartError, match="PORT must be a number"):
        supervise.read_address()


@pytest.mark.parametrize("host", ["203.0.113.7", "nowhere.invalid", "a b", "127.0.0.1.5", "x" * 80])
def test_a_host_that_is_not_here_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "8999")
    with pytest.raises(supervise.CannotStartError, match="HOST"):
        supervise.read_address()


@pytest.mark.parametrize("address", ["sqlite:///portal.db", "mysql://db.example.org/portal", "portal"])
def test_a_database_that_is_not_postgresql_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(supervise.CannotStartError, match="DATABASE_URL must name a PostgreSQL database"):
        supervise.check_database_address()

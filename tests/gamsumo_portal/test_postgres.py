import os
import signal
import stat
from pathlib import Path

import environ
import psycopg2
import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from tests.gamsumo_portal.conftest import Checkout


@pytest.fixture
def running(checkout: Checkout) -> Checkout:
    checkout.run("start")
    return checkout


def connect(checkout: Checkout) -> psycopg2.extensions.connection:
    opened = psycopg2.connect(host=checkout.ask("home.socket_folder()"), user="portal", dbname="portal")
    opened.autocommit = True
    return opened


def query(checkout: Checkout, sql: str) -> str:
    opened = connect(checkout)
    try:
        with opened.cursor() as cursor:
            cursor.execute(sql)
            return str(cursor.fetchone()[0]) if cursor.description else ""
    finally:
        opened.close()


def test_what_is_stored_survives_the_killing_of_the_server(running: Checkout) -> None:
    query(running, "CREATE TABLE kept AS SELECT 40 AS seats")
    os.kill(running.postmaster, signal.SIGKILL)
    running.run("start")
    assert query(running, "SELECT seats FROM kept") == "40"


def test_a_pid_file_that_names_a_stranger_does_not_hinder_the_start(running: Checkout) -> None:
    pid_file = Path(running.ask("home.data()")) / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    os.kill(running.postmaster, signal.SIGKILL)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    running.run("start")
    assert running.postmaster != os.getpid()


def test_a_server_whose_socket_was_removed_is_started_anew(running: Checkout) -> None:
    before = running.postmaster
    (Path(running.ask("home.socket_folder()")) / ".s.PGSQL.5432").unlink()
    running.run("start")
    assert running.postmaster != before
    assert query(running, "SELECT 1") == "1"


def test_starts_at_the_same_time_give_one_server(checkout: Checkout) -> None:
    checkout.run("stop")
    starts = [checkout.popen("-m", "gamsumo_portal.postgres", "start") for _ in range(4)]
    assert [start.communicate(timeout=120)[1] for start in starts] == [""] * 4
    data = os.fsencode(checkout.ask("home.data()"))
    commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert sum(data in command.split(b"\0") for command in commands) == 1


def test_a_stopped_server_says_so_and_starts_again(running: Checkout) -> None:
    assert running.run("status") == "running"
    running.run("stop")
    assert running.ask("postgres.is_running()") == "False"
    running.run("start")
    assert running.ask("postgres.is_running()") == "True"


def test_the_server_is_not_stopped_under_another_program(running: Checkout) -> None:
    other_program = connect(running)
    assert running.ask("postgres.stop_unless_used()") == "False"
    other_program.close()
    assert running.ask("postgres.stop_unless_used()") == "True"


def test_only_its_own_user_reaches_the_server(running: Checkout) -> None:
    assert query(running, "SHOW listen_addresses") == ""
    folder = Path(running.ask("home.socket_folder()")).stat()
    assert stat.S_IMODE(folder.st_mode) == 0o700
    assert folder.st_uid == Path(f"/proc/{running.postmaster}").stat().st_uid != 0


def test_what_is_acknowledged_is_on_the_disk(running: Checkout) -> None:
    assert [query(running, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")] == [
        "on"
    ] * 3


def test_the_log_carries_no_values(running: Checkout) -> None:
    query(running, "CREATE TABLE people (phone text UNIQUE)")
    query(running, "INSERT INTO people VALUES ('+996555000001')")
    with pytest.raises(psycopg2.errors.UniqueViolation):
        query(running, "INSERT INTO people VALUES ('+996555000001')")
    log = Path(running.ask("home.log()")).read_text()
    assert "duplicate key" in log
    assert "555000001" not in log


def test_the_address_is_the_same_as_the_settings(checkout: Checkout) -> None:
    parsed = environ.Env.db_url_config(checkout.run("url"))
    assert {key: parsed[key] for key in ("NAME", "USER")} == {"NAME": "portal", "USER": "portal"}
    assert parsed["HOST"] or parsed["OPTIONS"]["host"] == checkout.ask("postgres.connection_settings()['HOST']")


def test_a_path_too_long_for_a_socket_gets_a_short_folder(tmp_path: Path) -> None:
    deep = Checkout(tmp_path / ("far" * 20) / ("away" * 20))
    assert len(deep.ask("home.socket_folder()")) < 90


def test_two_checkouts_do_not_share_a_server(checkout: Checkout, tmp_path: Path) -> None:
    assert Checkout(tmp_path / "another").run("url") != checkout.run("url")


@pytest.mark.django_db
def test_the_database_knows_kyrgyz_letters() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('Ө'), show_trgm('ң') <> '{}'")
        assert cursor.fetchone() == ("ө", True)


def test_psycopg_3_does_not_take_the_place_of_psycopg_2() -> None:
    assert not is_psycopg3

"""Who may do what at which address, against the table that people have read (`table.csv`).

A new address fails until it stands in the table. `ACCESS_TABLE=write pytest tests/access` writes the table anew from
what the portal does; read the difference before you commit it. Cells: `ok` (200), `sign in` (sent to the sign-in page),
`on` (sent on), `no` (403), `none` (404), `method` (405), else the status.
"""

import csv
import os
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from tests.access.addresses import addresses

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("table.csv")
PEOPLE = ["anonymous", *Role.values]
METHODS = ["GET", "POST"]
WORDS = {200: "ok", 403: "no", 404: "none", 405: "method"}
# What reading may write: a session that is renewed, the counts of attempts, openings and downloads, and that a list of
# people was given out.
WRITABLE_BY_READING = (
    "core_attempt",
    "django_session",
    "materials_download",
    "participants_coordinatorlink",
    "participants_disclosure",
    "participants_invitation",
    "press_previewopening",
)
# Mail programs post here by themselves (RFC 8058).
TAKEN_WITHOUT_A_KEY = ["/ky/press/unsubscribe/<token>/"]


def outcome(response) -> str:
    if response.status_code in (301, 302):
        return "sign in" if response.headers["Location"].startswith("/admin/login/") else "on"
    return WORDS.get(response.status_code, str(response.status_code))


def ask(client, method, path):
    """The answer; whatever it changed is undone, and who signed out is signed in again."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def table() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row.pop("address"), row.pop("method")): row for row in csv.DictReader(file)}


def write_table(found: dict[tuple[str, str], dict[str, str]]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["address", "method", *PEOPLE], lineterminator="\n")
        writer.writeheader()
        writer.writerows({"address": address, "method": method} | row for (address, method), row in found.items())


def test_every_address_stands_in_the_table_and_nothing_else():
    if os.environ.get("ACCESS_TABLE") == "write":
        pytest.xfail("the table is being written")
    listed = {address for address, _method in table()}
    assert listed == {address.route for address in addresses()}


def test_everybody_gets_what_the_table_says(examples, clients):
    found = {
        (address.route, method): {
            person: outcome(ask(clients[person], method, address.filled(examples))) for person in PEOPLE
        }
        for address in addresses()
        for method in METHODS
    }
    if os.environ.get("ACCESS_TABLE") == "write":
        write_table(found)
    expected = table()
    assert {key: row for key, row in found.items() if row != expected.get(key)} == {}


def test_no_address_takes_a_post_without_the_key_of_its_form(examples, clients):
    client = clients[Role.ADMINISTRATOR]
    client.handler.enforce_csrf_checks = True
    taken = [
        address.route
        for address in addresses()
        if ask(client, "POST", address.filled(examples)).status_code not in (403, 405)
    ]
    assert set(taken) <= set(TAKEN_WITHOUT_A_KEY)


def test_reading_changes_nothing(examples, clients):
    written = []
    for address in addresses():
        for person in ("anonymous", Role.ADMINISTRATOR, Role.ORGANISER):
            with CaptureQueriesContext(connection) as queries:
                ask(clients[person], "GET", address.filled(examples))
            written += [
                (address.route, person, query["sql"][:120])
                for query in queries
                if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
                and not any(table in query["sql"] for table in WRITABLE_BY_READING)
            ]
    assert written == []

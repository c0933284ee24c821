"""A server that cannot tell Kyrgyz letters is reported before it is used."""

import pytest
from django.db import connection

from core.checks import server_knows_kyrgyz_letters

pytestmark = pytest.mark.django_db


def test_the_server_knows_kyrgyz_letters():
    assert server_knows_kyrgyz_letters(databases=["default"]) == []


def test_a_server_without_lower_case_of_kyrgyz_letters_is_reported():
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA plain_c")
        cursor.execute("CREATE FUNCTION plain_c.lower(text) RETURNS text LANGUAGE sql RETURN $1")
        cursor.execute("SET LOCAL search_path = plain_c, pg_catalog, public")
    faults = server_knows_kyrgyz_letters(databases=["default"])
    assert [fault.id for fault in faults] == ["core.E001"]


def test_nothing_is_asked_when_no_database_is_checked():
    assert server_knows_kyrgyz_letters() == []

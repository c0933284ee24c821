"""What has an address, and the people who ask for it."""

from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from tests.access.examples import make_examples
from tests.factories.accounts import staff_of


@pytest.fixture
def examples(db) -> dict[str, Any]:
    return make_examples()


@pytest.fixture
def clients(db) -> dict[str, Client]:
    """A browser of everybody: a visitor, and one person of each role, signed in."""
    signed_in = {"anonymous": Client()}
    for role in Role:
        signed_in[role.value] = Client()
        signed_in[role.value].force_login(staff_of(role))
    return signed_in

"""What every test stands on: the embedded PostgreSQL, the real register of municipalities, clean translations."""

import os

import pytest
from django.conf import settings
from django.utils import translation

from gamsumo_portal import postgres

# Playwright runs an event loop in the main thread; Django would refuse database calls beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure() -> None:
    """Start the embedded server when no other is named."""
    if settings.DATABASE_IS_EMBEDDED:
        try:
            postgres.ensure_running()
        except postgres.PostgresError as error:
            raise pytest.UsageError(str(error)) from error


@pytest.fixture(autouse=True)
def _kyrgyz():
    with translation.override("ky"):
        yield

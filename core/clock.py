"""The one clock that decides: the database's."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The database's clock at this moment (aware), not at the start of the transaction.

    Decisions (open, closed, released, public) ask it in a statement after taking the lock; what is merely shown
    may use Django's clock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    return now  # type: ignore[no-any-return]

"""Whether the database server treats Kyrgyz letters as letters; search and order depend on it."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections


@checks.register(checks.Tags.database)
def server_knows_kyrgyz_letters(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report a server whose locale makes no trigrams of ң or no lower case of Ө.

    Runs with `check --database default` and before every `migrate`; before the first one pg_trgm is not there yet.
    """
    faults: list[checks.CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT lower('Ө') = 'ө', EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')")
            has_lower_case, has_trigrams = cursor.fetchone()
            if has_trigrams:
                cursor.execute("SELECT show_trgm('ң') <> '{}'")
                (has_trigrams,) = cursor.fetchone()
            else:
                has_trigrams = True
        if not (has_lower_case and has_trigrams):
            faults.append(
                checks.Error(
                    f"The database “{alias}” does not know Kyrgyz letters.",
                    hint="Make it with LC_CTYPE C.UTF-8 or another UTF-8 locale.",
                    id="core.E001",
                )
            )
    return faults

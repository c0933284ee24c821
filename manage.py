#!/usr/bin/env python
"""Django's command line; it starts the embedded PostgreSQL when no other server is named."""

import os
import sys


def main() -> None:
    """Run the command given on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gamsumo_portal.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from gamsumo_portal import postgres

    if settings.DATABASE_IS_EMBEDDED:
        try:
            postgres.ensure_running()
        except postgres.PostgresError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

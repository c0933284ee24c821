"""How often something may be tried: one row per key and window, counted by PostgreSQL."""

from django.db import connection

_COUNT = """
INSERT INTO core_attempt (key, window_start, count)
VALUES (%(key)s, to_timestamp(floor(extract(epoch FROM clock_timestamp()) / %(seconds)s) * %(seconds)s), 1)
ON CONFLICT (key, window_start) DO UPDATE SET count = core_attempt.count + 1
RETURNING count
"""

_FORGET = "DELETE FROM core_attempt WHERE window_start < clock_timestamp() - interval '1 day'"


def is_allowed(key: str, *, times: int, seconds: int) -> bool:
    """Count one more attempt under `key`; false when there were more than `times` in this window of `seconds`."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "seconds": seconds})
        (count,) = cursor.fetchone()
        if count == 1:  # a new window: what nobody counts any more may go
            cursor.execute(_FORGET)
    return int(count) <= times

"""What the worker runs on a schedule; each run may be late, doubled or missing without harm."""

from django.db import transaction

from core.clock import database_now
from participants import seating, services
from participants.models import ListDraft
from seminars.models import Seminar


def settle_seats() -> int:
    """Give back seats kept too long and release quotas whose date has come; return how many people were seated."""
    return sum(_settle(pk) for pk in Seminar.objects.with_seats_in_motion().values_list("pk", flat=True))


@transaction.atomic
def _settle(pk: int) -> int:
    seminar = Seminar.objects.locked(pk)
    return len(seating.fill_free_seats(seminar, now=database_now()))


def send_due_reminders() -> int:
    """Write the reminders that are due; return how many."""
    return sum(services.remind(seminar=seminar) for seminar in Seminar.objects.to_be_reminded_of())


def forget_lists() -> int:
    """Delete the rows of lists that can no longer be accepted; return how many lists."""
    return ListDraft.objects.outdated().delete()[0]

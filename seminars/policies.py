"""Who may do what with seminars."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from seminars.models import Seminar

Visitor = User | AnonymousUser


def may_publish(user: Visitor, seminar: Seminar) -> bool:
    """Who edits seminars publishes them; what is published stays so and can only be cancelled."""
    return user.has_perm("seminars.change_seminar") and not seminar.is_published


def may_copy(user: Visitor) -> bool:
    """Who makes seminars may make one out of another."""
    return user.has_perm("seminars.add_seminar")


def may_delete(user: Visitor, seminar: Seminar) -> bool:
    """A seminar that the public has seen is cancelled, not deleted."""
    return user.has_perm("seminars.delete_seminar") and not seminar.is_published

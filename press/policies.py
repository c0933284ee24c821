"""Who of the staff may do what with releases; four eyes are a constraint besides."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from press.models import ReleaseText

Visitor = User | AnonymousUser


def may_see(user: Visitor) -> bool:
    """See releases before their hour."""
    return user.has_perm("press.view_releasetext")


def may_draft(user: Visitor) -> bool:
    """Make a release, from a seminar or without one."""
    return user.has_perm("press.add_release")


def may_edit(user: Visitor) -> bool:
    """Write texts, and propose corrections."""
    return user.has_perm("press.change_releasetext")


def may_submit(user: Visitor) -> bool:
    """Submit texts for approval."""
    return user.has_perm("press.submit_releasetext")


def may_approve(user: Visitor) -> bool:
    """Approve, return and withdraw texts."""
    return user.has_perm("press.approve_releasetext")


def may_approve_this(user: Visitor, text: ReleaseText) -> bool:
    """Approve this text: neither its last editor nor who submitted it."""
    return may_approve(user) and user.pk not in (text.submitted_by_id, text.last_editor_id)


def may_mail(user: Visitor) -> bool:
    """Write to the media list and give preview links."""
    return user.has_perm("press.add_mailing")

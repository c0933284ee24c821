"""Who of the staff may do what with the library."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from materials.models import Document
from participants.policies import may_see_people

Visitor = User | AnonymousUser


def may_see(user: Visitor) -> bool:
    """See drafts, files that are not for everyone, and where they are used."""
    return user.has_perm("materials.view_document")


def may_keep(user: Visitor) -> bool:
    """Add editions and files, and take away what nobody was given."""
    return user.has_perm("materials.change_document")


def may_hand_out(user: Visitor) -> bool:
    """Say what a seminar hands out."""
    return user.has_perm("materials.add_handout")


def may_delete(user: Visitor, document: Document) -> bool:
    """What people were given or have taken is kept, and so is what replaced something."""
    return (
        user.has_perm("materials.delete_document")
        and not document.editions.in_use().exists()
        and not document.predecessors.exists()
    )


def may_tell(user: Visitor) -> bool:
    """Write to participants of a new edition: the list of them is shown, so it takes both rights."""
    return may_keep(user) and may_see_people(user)

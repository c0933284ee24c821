"""Who of the staff may do what with people and their registrations."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User

Visitor = User | AnonymousUser


def may_see_people(user: Visitor) -> bool:
    """Who sees registrations sees lists of them, printed and exported too; each list is written down."""
    return user.has_perm("participants.view_registration")


def may_enter(user: Visitor) -> bool:
    """Register people who called, wrote or came in person."""
    return user.has_perm("participants.add_registration")


def may_change(user: Visitor) -> bool:
    """Cancel, promote, give a seat beyond the number, correct contacts, send the link."""
    return user.has_perm("participants.change_registration")


def may_mark(user: Visitor) -> bool:
    """Write down who came."""
    return user.has_perm("participants.mark_registration")


def may_settle(user: Visitor) -> bool:
    """Say that a task is settled."""
    return user.has_perm("participants.change_stafftask")


def may_see_terms(user: Visitor) -> bool:
    """See who holds an office."""
    return user.has_perm("participants.view_term")


def may_change_terms(user: Visitor) -> bool:
    """Appoint a head, end a term, take a list of heads."""
    return user.has_perm("participants.add_term") and user.has_perm("participants.change_term")


def may_merge(user: Visitor) -> bool:
    """See what two rows of people hold and make them one."""
    return user.has_perm("participants.change_person") and may_see_people(user)


def may_rearrange(user: Visitor) -> bool:
    """Change a seminar's seats, move it, cancel it."""
    return user.has_perm("seminars.change_seminar")


def may_invite(user: Visitor) -> bool:
    """Invite offices and remind those that are silent."""
    return user.has_perm("participants.add_invitation")


def may_read_answers(user: Visitor) -> bool:
    """See the answer board, with the heads' names and phones, and take it away as a list or as letters."""
    return user.has_perm("participants.view_invitation") and may_see_people(user)


def may_take_answers(user: Visitor) -> bool:
    """Enter the answer of an office that came by phone or on paper; take an invitation back."""
    return user.has_perm("participants.change_invitation")


def may_see_coordinators(user: Visitor) -> bool:
    """See the links of coordinators; whoever sees a link can send a list by it."""
    return user.has_perm("participants.view_coordinatorlink")


def may_give_links(user: Visitor) -> bool:
    """Give coordinators their links, send and revoke them."""
    return user.has_perm("participants.add_coordinatorlink")

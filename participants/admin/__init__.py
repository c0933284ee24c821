"""Staff pages of people, their registrations and what they leave to settle."""

from participants.admin.contacts import OfficeContactAdmin
from participants.admin.coordinators import CoordinatorLinkAdmin
from participants.admin.invitations import InvitationAdmin
from participants.admin.office import ConsentTextAdmin, DisclosureAdmin, StaffTaskAdmin
from participants.admin.people import PersonAdmin, TermAdmin
from participants.admin.registrations import RegistrationAdmin
from participants.admin.rounds import RoundAdmin

__all__ = [
    "ConsentTextAdmin",
    "CoordinatorLinkAdmin",
    "DisclosureAdmin",
    "InvitationAdmin",
    "OfficeContactAdmin",
    "PersonAdmin",
    "RegistrationAdmin",
    "RoundAdmin",
    "StaffTaskAdmin",
    "TermAdmin",
]

"""Staff pages of people, their registrations and what they leave to settle."""

from participants.admin.office import ConsentTextAdmin, DisclosureAdmin, StaffTaskAdmin
from participants.admin.people import PersonAdmin, TermAdmin
from participants.admin.registrations import RegistrationAdmin

__all__ = [
    "ConsentTextAdmin",
    "DisclosureAdmin",
    "PersonAdmin",
    "RegistrationAdmin",
    "StaffTaskAdmin",
    "TermAdmin",
]

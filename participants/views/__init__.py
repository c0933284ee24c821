"""Public pages: registering, the page to come back to, the page of an invited office."""

from participants.views.invitations import InvitationDetailView, short_code
from participants.views.registrations import (
    ContactsView,
    FindView,
    RegisterView,
    RegistrationCalendarView,
    RegistrationCancelView,
    RegistrationDetailView,
    RegistrationFormView,
    StatisticsView,
)

__all__ = [
    "ContactsView",
    "FindView",
    "InvitationDetailView",
    "RegisterView",
    "RegistrationCalendarView",
    "RegistrationCancelView",
    "RegistrationDetailView",
    "RegistrationFormView",
    "StatisticsView",
    "short_code",
]

"""Public pages: registering, the page to come back to, the pages of an invited office and of a coordinator."""

from participants.views.invitations import InvitationDetailView, short_code
from participants.views.lists import ListDraftView, ListEntryView, ListView
from participants.views.registrations import (
    ContactsView,
    DeputyView,
    FindView,
    RegisterView,
    RegistrationCalendarView,
    RegistrationCancelView,
    RegistrationDeclineView,
    RegistrationDetailView,
    RegistrationFormView,
    StatisticsView,
)

__all__ = [
    "ContactsView",
    "DeputyView",
    "FindView",
    "InvitationDetailView",
    "ListDraftView",
    "ListEntryView",
    "ListView",
    "RegisterView",
    "RegistrationCalendarView",
    "RegistrationCancelView",
    "RegistrationDeclineView",
    "RegistrationDetailView",
    "RegistrationFormView",
    "StatisticsView",
    "short_code",
]

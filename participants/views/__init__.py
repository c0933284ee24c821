"""Public pages: registering, the page to come back to."""

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
    "RegisterView",
    "RegistrationCalendarView",
    "RegistrationCancelView",
    "RegistrationDetailView",
    "RegistrationFormView",
    "StatisticsView",
]

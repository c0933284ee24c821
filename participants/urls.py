from django.urls import path, re_path

from participants import views

app_name = "participants"

_PAGE = r"^registrations/(?P<token>[A-Za-z0-9_-]{22})/"

_LIST = r"^lists/(?P<token>[A-Za-z0-9_-]{22})/"

urlpatterns = [
    path("seminars/<slug:slug>/register/", views.RegisterView.as_view(), name="register"),
    path("registrations/find/", views.FindView.as_view(), name="registration_find"),
    re_path(
        r"^invitations/(?P<token>[A-Za-z0-9_-]{22})/$", views.InvitationDetailView.as_view(), name="invitation_detail"
    ),
    re_path(_PAGE + "$", views.RegistrationDetailView.as_view(), name="registration_detail"),
    re_path(_PAGE + "calendar.ics$", views.RegistrationCalendarView.as_view(), name="registration_calendar"),
    re_path(_PAGE + "cancel/$", views.RegistrationCancelView.as_view(), name="registration_cancel"),
    re_path(_PAGE + "decline/$", views.RegistrationDeclineView.as_view(), name="registration_decline"),
    re_path(_PAGE + "deputy/$", views.DeputyView.as_view(), name="registration_deputy"),
    re_path(_PAGE + "contacts/$", views.ContactsView.as_view(), name="registration_contacts"),
    re_path(_PAGE + "about/$", views.StatisticsView.as_view(), name="registration_statistics"),
    re_path(_LIST + "$", views.ListView.as_view(), name="list"),
    re_path(_LIST + "draft/$", views.ListDraftView.as_view(), name="list_draft"),
    re_path(_LIST + "people/(?P<pk>[0-9]{1,18})/$", views.ListEntryView.as_view(), name="list_entry"),
]

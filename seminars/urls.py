from django.urls import path

from seminars import feeds, views

app_name = "seminars"

urlpatterns = [
    path("", views.seminar_list, name="seminar_list"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("<slug:slug>/", views.seminar_detail, name="seminar_detail"),
    path("<slug:slug>/calendar.ics", feeds.seminar_calendar, name="seminar_calendar"),
]

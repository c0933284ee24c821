from django.urls import path

from materials import feeds, views

app_name = "materials"

urlpatterns = [
    path("materials/", views.document_list, name="document_list"),
    path("materials/feed/", feeds.changes, name="feed"),
    path("materials/<slug:slug>/", views.document_detail, name="document_detail"),
    path("seminars/<slug:slug>/materials.zip", views.seminar_zip, name="seminar_zip"),
]

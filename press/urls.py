from django.urls import path, re_path

from press import feeds, views

app_name = "press"

TOKEN = r"(?P<token>[\w-]{22})"  # noqa: S105  the shape of one
KEY = r"(?P<key>[\w-]{22})"

urlpatterns = [
    path("", views.release_list, name="release_list"),
    path("feed/", feeds.releases, name="feed"),
    re_path(rf"^preview/{TOKEN}/$", views.preview, name="preview"),
    re_path(rf"^preview/{TOKEN}/release.pdf$", views.preview_pdf, name="preview_pdf"),
    re_path(rf"^preview/{TOKEN}/files/{KEY}$", views.preview_file, name="preview_file"),
    re_path(rf"^unsubscribe/{TOKEN}/$", views.unsubscribe, name="unsubscribe"),
    path("<slug:slug>/", views.release_detail, name="release_detail"),
    path("<slug:slug>/release.pdf", views.release_pdf, name="release_pdf"),
    path("<slug:slug>/release.docx", views.release_docx, name="release_docx"),
]

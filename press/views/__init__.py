from press.views.files import public_file, release_docx, release_pdf
from press.views.previews import preview, preview_file, preview_pdf
from press.views.reading import release_detail, release_list, release_page
from press.views.unsubscribing import unsubscribe

__all__ = [
    "preview",
    "preview_file",
    "preview_pdf",
    "public_file",
    "release_detail",
    "release_docx",
    "release_list",
    "release_page",
    "release_pdf",
    "unsubscribe",
]

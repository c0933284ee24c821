"""Staff pages of the library."""

from materials.admin.documents import DocumentAdmin

__all__ = ["DocumentAdmin"]

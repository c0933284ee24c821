"""What changes a release; each use case is one function and one transaction."""

from press.services.drafting import draft_release

__all__ = ["draft_release"]

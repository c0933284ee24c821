"""The rows that every change of a text leaves behind."""

from accounts.models import User
from press.models import ReleaseText, Revision


def write_down(text: ReleaseText, event: Revision.Event, *, by: User, comment: str = "") -> None:
    """Keep the text as it is stored now as its next revision, and number it so; the caller holds its lock."""
    text.revision += 1
    fresh = ReleaseText.objects.with_parts().get(pk=text.pk)
    Revision.objects.create(
        text=text, number=text.revision, event=event, by=by, comment=comment, content=fresh.content()
    )
    text.save(update_fields=["revision"])

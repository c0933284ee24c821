"""What changes a release; each use case is one function and one transaction."""

from press.services.correcting import approve_correction, drop_correction, propose_correction
from press.services.drafting import draft_release
from press.services.editing import Content, as_data, edit, make_release, place_attachment, place_picture
from press.services.mailing import (
    forget_journalist,
    mail_release,
    mail_test,
    mail_under_embargo,
    recipients_of_correction,
    recipients_of_release,
    send_failed_again,
    unsubscribe,
)
from press.services.moves import approve, return_to_draft, submit, withdraw
from press.services.previews import give_preview, note_opening, revoke_preview

__all__ = [
    "Content",
    "approve",
    "approve_correction",
    "as_data",
    "draft_release",
    "drop_correction",
    "edit",
    "forget_journalist",
    "give_preview",
    "mail_release",
    "mail_test",
    "mail_under_embargo",
    "make_release",
    "note_opening",
    "place_attachment",
    "place_picture",
    "propose_correction",
    "recipients_of_correction",
    "recipients_of_release",
    "return_to_draft",
    "revoke_preview",
    "send_failed_again",
    "submit",
    "unsubscribe",
    "withdraw",
]

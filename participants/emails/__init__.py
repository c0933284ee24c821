"""Messages to participants and offices: rendered in the reader's language when they are written to the outbox."""

from participants.emails.invitations import (
    about_invitation,
    invitation_link,
    invitation_messenger_text,
    tell_invited_cancelled,
    tell_invited_moved,
)
from participants.emails.letters import about, link_to, messenger_text
from participants.emails.registrations import notify_cancelled, notify_promoted, notify_registered, send_link
from participants.emails.reminders import letter_of_reminder, notify_reminded
from participants.emails.seminars import (
    letter_of_cancelled_seminar,
    letter_of_moved_seminar,
    notify_seminar_cancelled,
    notify_seminar_moved,
)
from participants.emails.substitutions import notify_replaced, notify_sent_instead

__all__ = [
    "about",
    "about_invitation",
    "invitation_link",
    "invitation_messenger_text",
    "letter_of_cancelled_seminar",
    "letter_of_moved_seminar",
    "letter_of_reminder",
    "link_to",
    "messenger_text",
    "notify_cancelled",
    "notify_promoted",
    "notify_registered",
    "notify_reminded",
    "notify_replaced",
    "notify_seminar_cancelled",
    "notify_seminar_moved",
    "notify_sent_instead",
    "send_link",
    "tell_invited_cancelled",
    "tell_invited_moved",
]

"""Writes: each public function is one use case in one transaction, the same for web, staff and lists."""

from participants.services.answering import Deputy, accept_invitation, decline_invitation, send_deputy
from participants.services.arranging import Arrangement, arrange_seats
from participants.services.coordinating import Coordinator, give_links, revoke_link, send_link
from participants.services.entering import Entry
from participants.services.inviting import (
    OfficialLetter,
    invite,
    note_opening,
    remind_silent,
    still_to_invite,
    whom_to_remind,
    withdraw_invitation,
)
from participants.services.listing import (
    accept_list,
    correct_list,
    discard_list,
    keep_list,
    remove_from_list,
    replace_on_list,
    work_on_list,
)
from participants.services.registering import (
    correct_contacts,
    register,
    request_replacement,
    send_link_again,
    stand_by,
    state_statistics,
)
from participants.services.reminding import remind, resume_reminders, set_reminders, stop_reminders
from participants.services.seats import change_seats, open_seats, promote, seat_by_override
from participants.services.seminars import cancel_seminar, move_seminar
from participants.services.states import cancel, decline, mark_attendance
from participants.services.substituting import substitute

__all__ = [
    "Arrangement",
    "Coordinator",
    "Deputy",
    "Entry",
    "OfficialLetter",
    "accept_invitation",
    "accept_list",
    "arrange_seats",
    "cancel",
    "cancel_seminar",
    "change_seats",
    "correct_contacts",
    "correct_list",
    "decline",
    "decline_invitation",
    "discard_list",
    "give_links",
    "invite",
    "keep_list",
    "mark_attendance",
    "move_seminar",
    "note_opening",
    "open_seats",
    "promote",
    "register",
    "remind",
    "remind_silent",
    "remove_from_list",
    "replace_on_list",
    "request_replacement",
    "resume_reminders",
    "revoke_link",
    "seat_by_override",
    "send_deputy",
    "send_link",
    "send_link_again",
    "set_reminders",
    "stand_by",
    "state_statistics",
    "still_to_invite",
    "stop_reminders",
    "substitute",
    "whom_to_remind",
    "withdraw_invitation",
    "work_on_list",
]

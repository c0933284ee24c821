"""Writes: each public function is one use case in one transaction, the same for web, staff and lists."""

from participants.services.arranging import Arrangement, arrange_seats
from participants.services.entering import Entry
from participants.services.registering import (
    correct_contacts,
    register,
    request_replacement,
    send_link_again,
    stand_by,
    state_statistics,
)
from participants.services.seats import change_seats, open_seats, promote, seat_by_override
from participants.services.seminars import cancel_seminar, move_seminar
from participants.services.states import cancel, mark_attendance

__all__ = [
    "Arrangement",
    "Entry",
    "arrange_seats",
    "cancel",
    "cancel_seminar",
    "change_seats",
    "correct_contacts",
    "mark_attendance",
    "move_seminar",
    "open_seats",
    "promote",
    "register",
    "request_replacement",
    "seat_by_override",
    "send_link_again",
    "stand_by",
    "state_statistics",
]

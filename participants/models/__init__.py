from participants.models.disclosures import Disclosure
from participants.models.people import ConsentText, Person, Term
from participants.models.registration import Channel, Registration, Transition
from participants.models.tasks import StaffTask

__all__ = [
    "Channel",
    "ConsentText",
    "Disclosure",
    "Person",
    "Registration",
    "StaffTask",
    "Term",
    "Transition",
]

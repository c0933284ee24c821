from participants.models.changes import PersonMerge, Substitution
from participants.models.coordinators import CoordinatorLink
from participants.models.disclosures import Disclosure
from participants.models.invitations import Answer, Invitation, InvitationAnswer, OfficeContact, Round
from participants.models.lists import ListDraft
from participants.models.people import ConsentText, Person, Term
from participants.models.registration import Channel, Registration, Transition
from participants.models.tasks import StaffTask

__all__ = [
    "Answer",
    "Channel",
    "ConsentText",
    "CoordinatorLink",
    "Disclosure",
    "Invitation",
    "InvitationAnswer",
    "ListDraft",
    "OfficeContact",
    "Person",
    "PersonMerge",
    "Registration",
    "Round",
    "StaffTask",
    "Substitution",
    "Term",
    "Transition",
]

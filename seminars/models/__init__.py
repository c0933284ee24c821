from seminars.models.bodies import Contributor, Organisation, OrganisationName, Project
from seminars.models.phases import Phase
from seminars.models.programme import Session, SessionSpeaker, Speaker
from seminars.models.seats import SeatBlock, SeatChange
from seminars.models.seminar import Seminar, SeminarQuerySet
from seminars.models.topics import Series, Topic

__all__ = [
    "Contributor",
    "Organisation",
    "OrganisationName",
    "Phase",
    "Project",
    "SeatBlock",
    "SeatChange",
    "Seminar",
    "SeminarQuerySet",
    "Series",
    "Session",
    "SessionSpeaker",
    "Speaker",
    "Topic",
]

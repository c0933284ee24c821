"""Staff pages of seminars and of what they are made of."""

from seminars.admin.catalogue import OrganisationAdmin, ProjectAdmin, SeriesAdmin, SpeakerAdmin, TopicAdmin
from seminars.admin.seminars import SeminarAdmin

__all__ = ["OrganisationAdmin", "ProjectAdmin", "SeminarAdmin", "SeriesAdmin", "SpeakerAdmin", "TopicAdmin"]

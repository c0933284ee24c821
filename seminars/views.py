"""The public pages of seminars."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.paginator import InvalidPage, Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.dates import local_day
from core.languages import OTHER, LocalizedText, active_language
from core.pages import public_page
from seminars.documents import structured_data
from seminars.models import Seminar, SeminarQuerySet, Session, Topic

PAGE_SIZE = 20


@dataclass(frozen=True)
class Filters:
    """What a visitor narrows the list of seminars to."""

    topic: Topic | None
    year: int | None

    @property
    def query(self) -> str:
        """The query string of the filters, ready to be followed by `page=`."""
        parts = [f"topic={self.topic.slug}" if self.topic else "", f"year={self.year}" if self.year else ""]
        return "".join(f"{part}&" for part in parts if part)


@public_page
def seminar_list(request: HttpRequest) -> HttpResponse:
    """Upcoming and past seminars, by topic and year; an unknown topic, year or page is 404."""
    seminars = Seminar.objects.published()
    filters = read_filters(request, seminars)
    found = narrowed(seminars, filters).for_cards()
    try:
        past = Paginator(found.past(), PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
    context = {
        "filters": filters,
        "topics": Topic.objects.with_numbers(),
        "years": seminars.years(),
        "upcoming": found.upcoming() if past.number == 1 else [],
        "past": past,
    }
    return render(request, "seminars/seminar_list.html", context)


def read_filters(request: HttpRequest, seminars: SeminarQuerySet) -> Filters:
    """The filters that the address names. Raises Http404 for a topic or a year that no seminar has."""
    slug, year = request.GET.get("topic", ""), request.GET.get("year", "")
    topic = get_object_or_404(Topic, slug=slug) if slug else None
    if year and year not in {str(known) for known in seminars.years()}:
        raise Http404
    return Filters(topic=topic, year=int(year) if year else None)


def narrowed(seminars: SeminarQuerySet, filters: Filters) -> SeminarQuerySet:
    """The seminars that pass the filters."""
    if filters.topic:
        seminars = seminars.on_topic(filters.topic)
    if filters.year:
        seminars = seminars.in_year(filters.year)
    return seminars


@public_page
def seminar_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One published seminar."""
    return seminar_page(request, get_object_or_404(Seminar.objects.published(), slug=slug))


def seminar_page(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    """The page of a seminar as the public will see it; staff look at it before publication too."""
    prefetch_related_objects(
        [seminar],
        "blocks",
        "topics",
        "sessions__appearances__speaker",
        "contributors__project",
        "contributors__organisation__names",
    )
    language = active_language()
    context = {
        "seminar": seminar,
        "phase": seminar.phase,
        "programme": programme_by_day(list(seminar.sessions.all())),
        "bodies": bodies_by_role(seminar),
        "other_language": "" if seminar.title.language == language else OTHER[language],
        "structured_data": structured_data(seminar, language),
    }
    return render(request, "seminars/seminar_detail.html", context)


def programme_by_day(sessions: list[Session]) -> list[tuple[date, list[Session]]]:
    """The sessions under the day in Bishkek on which they start."""
    return [(day, list(group)) for day, group in groupby(sessions, key=lambda session: local_day(session.starts_at))]


@dataclass(frozen=True)
class Body:
    """Who stands behind a seminar, as named on its first day."""

    name: LocalizedText
    wording: LocalizedText
    website: str


def bodies_by_role(seminar: Seminar) -> dict[str, list[Body]]:
    """Organisers, partners, projects and donors by role, in the order that staff gave them."""
    bodies: dict[str, list[Body]] = {}
    for contributor in seminar.contributors.all():
        name = contributor.name_on(seminar.first_day)
        if name:
            wording = contributor.project.wording if contributor.project else LocalizedText("", name.language)
            website = contributor.organisation.website if contributor.organisation else ""
            bodies.setdefault(contributor.role, []).append(Body(name, wording, website))
    return bodies

"""Every public page in every state that a visitor can meet: a name, and how one gets there."""

from collections.abc import Callable

from participants import services
from participants.models import Registration
from seminars.models import Seminar
from tests.e2e.heads import answers, municipality_of, somebody_registered
from tests.e2e.invitation_pages import INVITATION_PAGES
from tests.e2e.library_pages import LIBRARY_PAGES
from tests.e2e.press_pages import PRESS_PAGES
from tests.e2e.visitor import Visitor
from tests.factories.participants import HOLDER
from tests.factories.seminars import (
    ContributorFactory,
    SeminarFactory,
    SessionFactory,
    SessionSpeakerFactory,
    TopicFactory,
)

GROUP = "jalal-abad-oblast"
PHASES = {
    "open": {},
    "full": {"seats": 40, "seats__taken": 40},
    "not_open": {"not_open": True},
    "closed": {"closed": True},
    "past": {"past": True},
    "cancelled": {"cancelled": True},
    "online": {"format": "online", "online_url": "https://meet.example.org/seminar"},
    "hybrid": {"format": "hybrid", "online_url": "https://meet.example.org/seminar"},
    "of_three_days": {"length_days": 3},
    "moved": {"notice_ky": "Зал алмашты.", "notice_ru": "Зал изменился."},
    "only_in_russian": {"title_ky": "", "purpose_ky": "", "venue_ky": ""},
    "with_a_long_title": {
        "title_ky": "Жергиликтүү өз алдынча башкаруу органдарынын социалдык-экономикалык өнүктүрүү пландары " * 3,
        "title_ru": "Планы социально-экономического развития органов местного самоуправления " * 3,
    },
}
STATES = ["confirmed", "waiting", "cancelled", "attended", "absent"]
ERRORS = [400, 403, 404, 413, 429, 500, 503]


def seminar_with_everything(**fields) -> Seminar:
    """A seminar with a programme, speakers and those who stand behind it."""
    seminar = SeminarFactory(topics=[TopicFactory()], **fields)
    session = SessionSpeakerFactory(session__seminar=seminar).session
    SessionFactory(seminar=seminar, starts_at=session.ends_at, kind="break")
    ContributorFactory(seminar=seminar)
    return seminar


def open_seminar_in(phase: str) -> Callable[[Visitor], None]:
    return lambda visitor: visitor.open(f"seminars/{seminar_with_everything(**PHASES[phase]).slug}/")


def open_form_in(phase: str, query: str = f"?group={GROUP}") -> Callable[[Visitor], None]:
    return lambda visitor: visitor.open(f"seminars/{SeminarFactory(**PHASES[phase]).slug}/register/{query}")


def open_list(visitor: Visitor) -> None:
    for number in range(24):
        topics = [TopicFactory()] if number < 4 else []
        SeminarFactory(days_ahead=-30 - 200 * number, topics=topics)
    for phase in PHASES.values():
        SeminarFactory(**phase)
    visitor.open("seminars/")


def open_home(visitor: Visitor) -> None:
    for phase in PHASES.values():
        SeminarFactory(**phase)
    visitor.open("")


def send_empty_form(visitor: Visitor) -> None:
    open_form_in("open")(visitor)
    visitor.submit()


def send_form(visitor: Visitor, *, holder_is_same: bool) -> None:
    seminar = SeminarFactory()
    municipality = municipality_of(seminar, GROUP)
    somebody_registered(seminar, municipality)
    visitor.open(f"seminars/{seminar.slug}/register/?group={GROUP}")
    same = {"full_name": "Сынаков Үлгү", "phone": "0555 000 099"} if holder_is_same else {}
    visitor.fill(**answers(municipality, **same))
    visitor.submit()


def ask_for_the_seat(visitor: Visitor) -> None:
    send_form(visitor, holder_is_same=False)
    visitor.page.locator("main button[value=replacement]").click()


def registration_in(state: str, **fields) -> Registration:
    """A registration in the state, at a seminar with the fields."""
    seminar = SeminarFactory(**{"seats": 0 if state == "waiting" else 40, **fields})
    registration = somebody_registered(seminar, municipality_of(seminar, GROUP))
    if state == "cancelled":
        services.cancel(registration=registration, by=HOLDER)
    elif state in ("attended", "absent"):
        Registration.objects.filter(pk=registration.pk).update(state=state)
    return registration


def open_registration(state: str, page: str = "", **fields) -> Callable[[Visitor], None]:
    return lambda visitor: visitor.open(f"registrations/{registration_in(state, **fields).token}/{page}")


def open_registration_of_cancelled_seminar(visitor: Visitor) -> None:
    registration = registration_in("confirmed")
    cancelled = SeminarFactory.build(cancelled=True)
    texts = {name: getattr(cancelled, name) for name in ("cancelled_at", "notice_ky", "notice_ru")}
    Seminar.objects.filter(pk=registration.seminar_id).update(**texts)
    visitor.open(f"registrations/{registration.token}/")


def send_wrong_contacts(visitor: Visitor) -> None:
    open_registration("confirmed", "contacts/")(visitor)
    visitor.fill(phone="1", email="x")
    visitor.submit()


def send_find(contact: str) -> Callable[[Visitor], None]:
    def send(visitor: Visitor) -> None:
        visitor.open("registrations/find/")
        visitor.fill(contact=contact)
        visitor.submit()

    return send


PAGES: dict[str, Callable[[Visitor], object]] = {
    "home": open_home,
    "home without seminars": lambda visitor: visitor.open(""),
    "list": open_list,
    "list without seminars": lambda visitor: visitor.open("seminars/"),
    **{f"seminar {phase}": open_seminar_in(phase) for phase in PHASES},
    "groups": open_form_in("open", ""),
    "form": open_form_in("open"),
    "form of a city": open_form_in("open", "?group=osh"),
    "form of a full seminar": open_form_in("full"),
    "form of a hybrid seminar": open_form_in("hybrid"),
    **{f"form {phase}": open_form_in(phase) for phase in ("not_open", "closed", "past", "cancelled")},
    "form with errors": send_empty_form,
    "form of a registered office": lambda visitor: send_form(visitor, holder_is_same=False),
    "registered already": lambda visitor: send_form(visitor, holder_is_same=True),
    "asked for the seat": ask_for_the_seat,
    **{f"registration {state}": open_registration(state) for state in STATES},
    "registration of a cancelled seminar": open_registration_of_cancelled_seminar,
    "registration of a moved seminar": open_registration("confirmed", **PHASES["moved"]),
    "registration online": open_registration("confirmed", **PHASES["hybrid"]),
    "cancel": open_registration("confirmed", "cancel/"),
    "contacts": open_registration("confirmed", "contacts/"),
    "contacts with errors": send_wrong_contacts,
    "about": open_registration("confirmed", "about/"),
    "find": lambda visitor: visitor.open("registrations/find/"),
    "find with errors": send_find("1"),
    "find done": send_find("0555 000 077"),
    "privacy": lambda visitor: visitor.open("privacy/"),
    "accessibility": lambda visitor: visitor.open("accessibility/"),
    **INVITATION_PAGES,
    **LIBRARY_PAGES,
    **PRESS_PAGES,
    **{f"error {status}": lambda visitor, status=status: visitor.open(f"/errors/{status}/") for status in ERRORS},
}

"""The public pages of invited offices, deputies and coordinators in every state that they can meet."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from participants import services
from participants.actors import Actor
from participants.models import Channel, CoordinatorLink, Invitation, Registration, Term
from participants.services import OfficialLetter
from regions.models import Oblast, Post
from tests.e2e.heads import municipality_of, somebody_registered
from tests.e2e.visitor import Visitor
from tests.factories.accounts import StaffFactory
from tests.factories.participants import HOLDER, PersonFactory
from tests.factories.seminars import SeminarFactory

GROUP = "batken-oblast"
# Ready, with a wrong phone, of no municipality.
ROWS = "{0}, глава, Үлгүбаев Асан, 0555 000 001\n{1}, глава, Үлгүбаева Айгүл, 12\nАтлантида, глава, Үлгүбаев Эмил\n"


def invited(*, head: bool = True) -> Invitation:
    """The invitation of an office, with a head or vacant."""
    seminar = SeminarFactory()
    municipality = municipality_of(seminar, GROUP)
    Term.objects.filter(municipality=municipality).delete()
    if head:
        Term.objects.create(person=PersonFactory(), municipality=municipality, post=Post.objects.get(uid="head"))
    letter = OfficialLetter("01-24/19", timezone.localdate(), timezone.now() + timedelta(days=10))
    by = Actor(Channel.STAFF, StaffFactory())
    units = [municipality]
    return services.invite(seminar=seminar, municipalities=units, letter=letter, key=uuid4(), by=by).invitations.get()


def answered_yes() -> Invitation:
    invitation = invited()
    services.accept_invitation(invitation=invitation, by=HOLDER)
    return invitation


def answered_no() -> Invitation:
    return services.decline_invitation(invitation=invited(), by=HOLDER, reason="")


def late() -> Invitation:
    invitation = invited()
    invitation.round.answer_by = timezone.now() - timedelta(minutes=1)
    invitation.round.save()
    return invitation


def withdrawn() -> Invitation:
    return services.withdraw_invitation(invitation=invited(), by=Actor(Channel.STAFF, StaffFactory()))


def open_invitation(make: Callable[[], Invitation]) -> Callable[[Visitor], None]:
    return lambda visitor: visitor.open(f"invitations/{make().token}/")


def name_nobody(visitor: Visitor) -> None:
    open_invitation(lambda: invited(head=False))(visitor)
    visitor.page.locator("main details summary").first.click()
    visitor.page.click("button[name=answer][value=deputy]")
    visitor.page.locator("[aria-invalid=true]").first.wait_for()


def registered() -> Registration:
    seminar = SeminarFactory()
    return somebody_registered(seminar, municipality_of(seminar, GROUP))


def name_no_deputy(visitor: Visitor) -> None:
    visitor.open(f"registrations/{registered().token}/deputy/")
    visitor.submit()


def send_deputy(visitor: Visitor) -> None:
    visitor.open(f"registrations/{registered().token}/deputy/")
    visitor.fill(full_name="Үлгүбаева Гүлзада", post=Post.objects.get(uid="deputy").pk, phone="0555 000 022")
    visitor.submit()
    assert visitor.state == "passed-on"


def open_dead_link(visitor: Visitor) -> None:
    send_deputy(visitor)
    answer = visitor.open(visitor.path.removesuffix("deputy/"))
    assert answer is not None
    assert answer.status == 410


def link_of(**fields: object) -> CoordinatorLink:
    """A coordinator's link for an oblast."""
    oblast = Oblast.objects.get(uid=GROUP)
    return CoordinatorLink.objects.create(seminar=SeminarFactory(), oblast=oblast, name="Үлгү өкүлчүлүгү", **fields)


def open_list(visitor: Visitor, **fields: object) -> None:
    visitor.open(f"lists/{link_of(**fields).token}/")


def send_nothing(visitor: Visitor) -> None:
    open_list(visitor)
    visitor.submit()


def send_rows(visitor: Visitor) -> None:
    link = link_of()
    visitor.open(f"lists/{link.token}/")
    units = [municipality_of(link.seminar, GROUP, number=number) for number in range(2)]
    visitor.fill(text=ROWS.format(*(unit.full_name for unit in units)))
    visitor.submit()
    visitor.page.locator("fieldset.list-row").first.wait_for()


def open_list_with_people(visitor: Visitor) -> None:
    send_rows(visitor)
    visitor.page.locator("button[name=intent][value=accept]").first.click()
    visitor.page.locator(".list-people").wait_for()


def open_list_entry(visitor: Visitor) -> None:
    open_list_with_people(visitor)
    visitor.page.click(".list-people a")
    visitor.page.click("button[name=intent][value=replace]")
    visitor.page.locator("[aria-invalid=true]").first.wait_for()


INVITATION_PAGES: dict[str, Callable[[Visitor], object]] = {
    "invitation": open_invitation(invited),
    "invitation answered yes": open_invitation(answered_yes),
    "invitation answered no": open_invitation(answered_no),
    "invitation past the deadline": open_invitation(late),
    "invitation withdrawn": open_invitation(withdrawn),
    "invitation of a vacant office with errors": name_nobody,
    "code that is wrong": lambda visitor: visitor.open("/i/2222222222"),
    "deputy with errors": name_no_deputy,
    "deputy sent": send_deputy,
    "dead link": open_dead_link,
    "empty list": open_list,
    "list with errors": send_nothing,
    "list being checked": send_rows,
    "list with people": open_list_with_people,
    "entry of a list with errors": open_list_entry,
    "list revoked": lambda visitor: open_list(visitor, revoked_at=timezone.now()),
}

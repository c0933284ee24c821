"""What the rules of registering refuse, in words for people."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.exceptions import DomainError
from participants.models import Registration, Term
from regions.models import Municipality, Oblast
from seminars.models import Seminar


class RegistrationClosed(DomainError):
    """Registration has not opened, has closed, or the seminar is cancelled or over."""

    def __init__(self) -> None:
        super().__init__(_("Registration for this seminar is not open now."))


class MunicipalityNotServed(DomainError):
    """The municipality does not exist on the day of the seminar."""

    def __init__(self) -> None:
        super().__init__(_("This municipality no longer exists on the day of the seminar. Choose its successor."))


class AlreadyRegistered(DomainError):
    """The same person is already registered from this municipality; whoever catches it sends the link again."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(_("You are already registered. We have sent the link to your page again."))
        self.registration = registration


class OfficeAlreadyRegistered(DomainError):
    """The municipality has all its seats, or is in the queue already; one more person may only stand by."""

    def __init__(self, holder: Registration) -> None:
        super().__init__(_("Your municipality is already registered for this seminar."))
        self.holder = holder


class NotAllowedNow(DomainError):
    """The registration's state does not allow this move."""

    def __init__(self) -> None:
        super().__init__(_("This is no longer possible: the registration has changed. Open its page again."))


class TooLateForDeputy(NotAllowedNow):
    """The hour until which a holder may name a deputy has passed."""

    def __init__(self) -> None:
        DomainError.__init__(self, _("It is too late to name a deputy here. Tell the organiser by phone."))


class SameParticipant(NotAllowedNow):
    """The deputy is who is registered already."""

    def __init__(self) -> None:
        DomainError.__init__(self, _("This person is registered already. Name somebody else."))


class NoSeatFree(NotAllowedNow):
    """Every seat of the group and of the common pool is taken."""

    def __init__(self) -> None:
        DomainError.__init__(self, _("No seat is free now. Add seats, or give this person a seat beyond the number."))


class SeminarNotBegun(NotAllowedNow):
    """Nobody can have come to a seminar that has not begun."""

    def __init__(self) -> None:
        DomainError.__init__(self, _("Who came can be marked from the first day of the seminar."))


class SeatsBelowTaken(DomainError):
    """Fewer seats than are taken or kept, in a group's quota or in the common pool."""

    def __init__(self, taken: int, group: Oblast | None = None) -> None:
        sentence = ngettext(
            "%(taken)d seat is taken: the number of seats cannot be lower.",
            "%(taken)d seats are taken: the number of seats cannot be lower.",
            taken,
        ) % {"taken": taken}
        super().__init__(f"{group or _('The common pool')}: {sentence}")
        self.group = group


class QuotasAboveCapacity(DomainError):
    """The quotas promise more seats than the hall has."""

    def __init__(self, promised: int, capacity: int) -> None:
        super().__init__(
            _("The quotas together are %(promised)d seats, and the hall has %(capacity)d.")
            % {"promised": promised, "capacity": capacity}
        )


class MunicipalitiesHoldMore(DomainError):
    """Some municipality uses more seats than it would be allowed."""

    def __init__(self, used: int) -> None:
        super().__init__(
            _("A municipality has %(used)d seats already: the number per municipality cannot be lower.")
            % {"used": used}
        )


class MayNotCome(DomainError):
    """The seminar is for other oblasts or other posts."""


class MoreKeptThanFree(DomainError):
    """More offices of a group are invited, each with its seat kept, than the group has free seats."""

    def __init__(self, group: Oblast | None, *, wanted: int, left: int) -> None:
        super().__init__(
            _("%(group)s: %(wanted)d offices are invited, %(left)d seats are free. Invite fewer, or add seats first.")
            % {"group": group or _("the common pool"), "wanted": wanted, "left": left}
        )


class MunicipalityAtItsLimit(DomainError):
    """The municipality has as many seats as the seminar allows."""

    def __init__(self) -> None:
        super().__init__(_("This municipality already has all the seats that one municipality may have."))


class ImpossibleDates(DomainError):
    """The new dates contradict each other, the registration window or the calendar."""


class SeminarNotChangeable(DomainError):
    """The seminar is cancelled, over or not published."""

    def __init__(self) -> None:
        super().__init__(_("This seminar can no longer be changed: it is cancelled, over or not published."))


class SeminarChangedMeanwhile(DomainError):
    """Somebody moved or cancelled the seminar after the page was shown, or pressed the button twice."""

    def __init__(self) -> None:
        super().__init__(_("The seminar has been changed meanwhile. Look at the page once more."))


class SeminarNotOpen(DomainError):
    """Offices are invited to a published seminar that is not cancelled and not over."""

    def __init__(self) -> None:
        super().__init__(_("Offices can be invited only to a published seminar that is not cancelled and not over."))


class DeadlineImpossible(DomainError):
    """The time to answer has passed already or ends after the seminar."""

    def __init__(self) -> None:
        super().__init__(_("Answers must be asked by a moment that is still to come and not after the seminar's end."))


class OfficesGoneByThen(DomainError):
    """Some of the municipalities do not exist on the first day of the seminar."""

    def __init__(self, municipalities: Sequence[Municipality]) -> None:
        names = "; ".join(municipality.full_name for municipality in municipalities)
        super().__init__(_("These municipalities do not exist on the day of the seminar: %(names)s") % {"names": names})


class NobodyToInvite(DomainError):
    """Every chosen office is invited already, or none was chosen."""

    def __init__(self) -> None:
        super().__init__(_("There is nobody to invite: every chosen office is invited already."))


class InvitationWithdrawn(DomainError):
    """The organiser has taken the invitation back."""

    def __init__(self) -> None:
        super().__init__(_("The organiser has taken this invitation back."))


class AnswersClosed(DomainError):
    """The time to answer is over, or the seminar is cancelled or not open."""

    def __init__(self, seminar: Seminar) -> None:
        parts = (str(seminar.contact), seminar.contact_phone, seminar.contact_email)
        contact = ", ".join(part for part in parts if part)
        super().__init__(
            _("The time to answer is over. If something has changed, tell the organiser: %(contact)s")
            % {"contact": contact}
            if contact
            else _("The time to answer is over. If something has changed, tell the organiser.")
        )


class NobodyInOffice(DomainError):
    """The register names no head of the municipality, so nobody can be registered by one button."""

    def __init__(self) -> None:
        super().__init__(_("The register does not name a head of this municipality. Write who will come."))


class RegisteredElsewhere(DomainError):
    """The head is registered for this seminar from another municipality."""

    def __init__(self) -> None:
        super().__init__(_("This person is already registered from another municipality. Send somebody else."))


class ListClosed(DomainError):
    """A list can no longer be sent or changed: its link is revoked, the deadline or the seminar is over."""

    def __init__(self) -> None:
        super().__init__(_("Lists for this seminar are no longer taken here."))


class GoneByThen(DomainError):
    """The municipality does not exist on the day on which somebody would begin to head it."""

    def __init__(self, municipality: Municipality) -> None:
        super().__init__(_("%(name)s does not exist on that day.") % {"name": municipality.full_name})


class AlreadyInOffice(DomainError):
    """The person holds this very office already."""

    def __init__(self, term: Term) -> None:
        super().__init__(_("%(person)s heads this municipality already.") % {"person": term.person})


class OfficeHasLaterHead(DomainError):
    """Somebody heads the municipality from that day on, or from a later one."""

    def __init__(self, term: Term) -> None:
        super().__init__(
            _("By the register %(person)s begins on %(day)s. The new head must begin later, or that term is put right.")
            % {"person": term.person, "day": f"{term.starts_on:%d.%m.%Y}"}
        )


class TermNotEnded(DomainError):
    """The term has ended by that day or has not begun."""

    def __init__(self, term: Term) -> None:
        super().__init__(_("%(person)s is not in office on that day.") % {"person": term.person})


class OnePersonOnly(DomainError):
    """Two rows of people are to be made one, and there are not two."""

    def __init__(self) -> None:
        super().__init__(_("These are not two people of the register: one of them has been merged already."))


class BothComeToOneSeminar(DomainError):
    """Two people who are to be made one are both registered for the same seminar."""

    def __init__(self, seminar: Seminar) -> None:
        super().__init__(
            _("Both are registered for “%(seminar)s”. Cancel one of the two registrations first.")
            % {"seminar": seminar}
        )


class BothHeadAtOnce(DomainError):
    """Two people who are to be made one head two municipalities at the same time."""

    def __init__(self, one: Term, other: Term) -> None:
        super().__init__(
            _("They head two municipalities at once: %(one)s and %(other)s. Put one of these terms right first.")
            % {"one": one.municipality, "other": other.municipality}
        )


class ImpossibleTerm(DomainError):
    """A term of office that overlaps with another head's or ends before it starts."""


class HeadsNotReadable(DomainError):
    """A list of heads, or a row of it, cannot be understood; nothing of the list is taken then."""

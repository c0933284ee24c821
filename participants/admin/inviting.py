"""Inviting offices in three views: choose whom, see the addressees, send; nothing is kept between them but the form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import DomainError
from core.languages import LANGUAGES
from participants import policies, services
from participants.addressees import Addressee, addressees_of
from participants.admin.base import Pages, actor, address_of, require, seminar_or_404
from participants.admin.choosing import LetterForm, WhomForm
from participants.documents import letters_pdf
from participants.emails.invitations import letter_of_invitation
from participants.exceptions import MoreKeptThanFree
from participants.models import Invitation, Round
from participants.services import OfficialLetter
from regions.models import Municipality, Oblast
from seminars.models import Seminar

# Stands where a message has the personal part of a link, and a paper its short code.
SAMPLE_TOKEN, SAMPLE_CODE = "x" * 22, "X" * 10


@dataclass(frozen=True)
class GroupOfAddressees:
    """The offices of one group: how many can be reached by what, and the seats that are left for them."""

    group: Oblast
    addressees: list[Addressee]
    registered: int
    seats_left: int | None

    @property
    def vacant(self) -> list[Addressee]:
        """Those that nobody heads."""
        return [one for one in self.addressees if one.is_vacant]

    @property
    def by_email(self) -> int:
        """Those who get a message."""
        return sum(bool(one.email) for one in self.addressees)

    @property
    def by_phone(self) -> int:
        """Those with a phone and no e-mail."""
        return sum(bool(one.phone and not one.email) for one in self.addressees)

    @property
    def out_of_reach(self) -> int:
        """Those with neither."""
        return len(self.addressees) - self.by_email - self.by_phone

    @property
    def asked(self) -> int:
        """Those whose answer is not known yet: for whom a seat may be kept."""
        return len(self.addressees) - self.registered


class InvitePages(Pages):
    """Mixed into the admin of invitations."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("seminars/<int:pk>/invite/", wrap(self.invite_view), name="participants_invite"),
            *super().get_urls(),
        ]

    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whom, then the addressees, then the result; every page carries all that was typed."""
        require(policies.may_invite(request.user) and policies.may_read_answers(request.user))
        seminar = seminar_or_404(pk)
        intent = request.POST.get("intent", "") if request.method == "POST" else ""
        whom = WhomForm(request.POST if request.method == "POST" else None, seminar=seminar)
        letter = LetterForm(request.POST if request.method == "POST" else None, seminar=seminar)
        if intent == "send" and letter.sent is not None:
            messages.info(request, _("This round was sent before; nobody was written to again."))
            return HttpResponseRedirect(address_of(letter.sent))
        is_read = whom.is_valid()
        if is_read and intent in {"addressees", "send", *_PREVIEWS} and whom.is_ready():
            if intent == "send":
                return self._send(request, seminar, whom, letter)
            if intent in _PREVIEWS and letter.is_bound and letter.is_valid():
                (addressee,) = addressees_of(whom.audience.units[:1])
                language = _PREVIEWS[intent]
                return _sample_file(_sample(seminar, addressee, letter.letter, language), language)
            return self._addressees(request, seminar, whom, letter.renewed())
        is_open = seminar.is_open_to_staff(timezone.now())
        context = {"whom": whom, "letter": letter, "is_open": is_open, "media": self.media + letter.media}
        if is_read:
            context["audience"] = whom.audience
        response = self.page(request, "invite", _("Invite offices: whom"), context=context, about=seminar)
        response.status_code = 422 if whom.errors else 200
        return response

    def _send(self, request: HttpRequest, seminar: Seminar, whom: WhomForm, letter: LetterForm) -> HttpResponse:
        """Send the round and go to its page; the service takes two presses at once for one."""
        if not letter.is_valid():
            return self._addressees(request, seminar, whom, letter, status=422)
        try:
            sent = services.invite(
                seminar=seminar,
                municipalities=whom.audience.units,
                letter=letter.letter,
                key=letter.cleaned_data["key"],
                by=actor(request),
            )
        except DomainError as refusal:
            letter.refuse(refusal)
            return self._addressees(request, seminar, whom, letter, status=409)
        messages.success(request, _("The invitations are on their way."))
        return HttpResponseRedirect(address_of(sent))

    def _addressees(
        self, request: HttpRequest, seminar: Seminar, whom: WhomForm, letter: LetterForm, *, status: int = 200
    ) -> HttpResponse:
        """The second view: who would get what."""
        groups = _groups(seminar, whom.audience.units)
        addressees = [one for group in groups for one in group.addressees]
        sample = next((one for one in addressees if not one.is_vacant), addressees[0])
        context = {
            "whom": whom,
            "letter": letter,
            "groups": groups,
            "total": GroupOfAddressees(Oblast(), addressees, sum(group.registered for group in groups), None),
            "keeps_seats": _keeps_seats(seminar),
            "shortages": _shortages(seminar, groups),
            "pool": sum(block.left for block in seminar.blocks.all() if block.group_id is None),
            "has_quotas": _has_quotas(seminar),
            "left_out": whom.audience.left_out,
            "sample": sample,
            "letters": [
                letter_of_invitation(_sample(seminar, sample, letter.letter, language)) for language in LANGUAGES
            ],
            "media": self.media + letter.media,
        }
        self.note_shown(request, len(addressees), seminar)
        response = self.page(
            request, "invite_addressees", _("Invite offices: the addressees"), context=context, about=seminar
        )
        response.status_code = status
        return response


# The letter is previewed as a file in each language.
_PREVIEWS = {f"letter-{language}": language for language in LANGUAGES}


def _has_quotas(seminar: Seminar) -> bool:
    return any(block.group_id is not None for block in seminar.blocks.all())


def _keeps_seats(seminar: Seminar) -> bool:
    return seminar.holds_seats and seminar.has_hall


def _groups(seminar: Seminar, units: list[Municipality]) -> list[GroupOfAddressees]:
    """The addressees by group; seats are those of the group's quota, none of its own where there are quotas."""
    left = {block.group_id: block.left for block in seminar.blocks.all()}
    registered = set(seminar.registrations.live().values_list("municipality", flat=True))
    found = []
    for group, members in groupby(addressees_of(units), key=lambda one: one.municipality.oblast):
        addressees = list(members)
        number = sum(one.municipality.pk in registered for one in addressees)
        seats_left = left.get(group.pk, 0) if _has_quotas(seminar) else None
        found.append(GroupOfAddressees(group, addressees, number, seats_left))
    return found


def _shortages(seminar: Seminar, groups: list[GroupOfAddressees]) -> list[str]:
    """Where fewer seats are free than would be kept: what the service would refuse, said before."""
    if not _keeps_seats(seminar):
        return []
    if _has_quotas(seminar):
        kept = [(one.group, one.asked, one.seats_left or 0) for one in groups]
        return [_shortage(*row) for row in kept if row[1] > row[2]]
    asked = sum(one.asked for one in groups)
    return [_shortage(None, asked, seminar.seats_left)] if asked > seminar.seats_left else []


def _shortage(group: Oblast | None, asked: int, left: int) -> str:
    return str(MoreKeptThanFree(group, wanted=asked, left=left))


def _sample(seminar: Seminar, addressee: Addressee, letter: OfficialLetter, language: str) -> Invitation:
    """An invitation of that office under that letter, which is not stored."""
    invitation = Invitation(
        seminar=seminar,
        round=Round(
            seminar=seminar,
            letter_number=letter.number,
            letter_date=letter.date,
            answer_by=letter.answer_by,
            sent_at=timezone.now(),
        ),
        municipality=addressee.municipality,
        person=addressee.person,
        full_name=addressee.full_name,
        language=language,
        token=SAMPLE_TOKEN,
        code=SAMPLE_CODE,
    )
    if _keeps_seats(seminar):
        invitation.hold = next(iter(seminar.blocks.all()), None)
    return invitation


def _sample_file(invitation: Invitation, language: str) -> HttpResponse:
    """The official letter as it would be printed."""
    response = HttpResponse(letters_pdf([invitation], language=language), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="letter.pdf"'
    return response

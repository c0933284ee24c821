"""The answer board of a seminar: what the offices say, whom to call; its lists to take away; reminding the silent."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import User
from participants import policies, services
from participants.admin.base import Pages, actor, asked_language, require, seminar_or_404
from participants.admin.filters import chosen_oblast
from participants.admin.lists import WORKBOOK
from participants.board import Board, Said
from participants.documents import PHONE_LIST_HEADINGS, answers_workbook, in_both_languages
from participants.models import Disclosure
from regions.models import Oblast
from seminars.models import Seminar


class BoardPages(Pages):
    """Mixed into the admin of invitations."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {
            "board/": (require_safe(self.board_view), "participants_board"),
            "answers.xlsx": (require_safe(self.answers_view), "participants_answers_workbook"),
            "phones/": (require_safe(self.phones_view), "participants_phone_list"),
            "remind/": (self.remind_view, "participants_remind_silent"),
        }
        own = [path(f"seminars/<int:pk>/{end}", wrap(view), name=name) for end, (view, name) in pages.items()]
        return [*own, *super().get_urls()]

    def board_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Counts by oblast and district, and the offices; `?oblast=` and `?said=` narrow them."""
        require(policies.may_read_answers(request.user))
        seminar = seminar_or_404(pk)
        board = _board(request, seminar)
        self.note_shown(request, len(board.rows), seminar)
        context = {
            "board": board,
            "every_said": Said,
            "may_invite": policies.may_invite(request.user),
            "query": request.GET.urlencode(),
        }
        return self.page(request, "board", _("Answer board"), context=context, about=seminar)

    def answers_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The board as a workbook, narrowed as the page is."""
        require(policies.may_read_answers(request.user))
        seminar = seminar_or_404(pk)
        board = _board(request, seminar)
        with translation.override(asked_language(request)):
            content = answers_workbook(board)
        response = HttpResponse(content, content_type=WORKBOOK)
        response.headers["Content-Disposition"] = f'attachment; filename="answers-{seminar.slug}.xlsx"'
        _note(request, Disclosure.Form.WORKBOOK, board)
        return response

    def phones_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whom to call, oblast by oblast, to print, with room for the answer."""
        require(policies.may_read_answers(request.user))
        seminar = seminar_or_404(pk)
        board = _board(request, seminar)
        headings = [in_both_languages(heading) for heading in PHONE_LIST_HEADINGS]
        context = {"seminar": seminar, "board": board, "headings": headings, "query": _without_language(request)}
        with translation.override(asked_language(request)):
            response = render(request, "participants/documents/phones.html", context)
        _note(request, Disclosure.Form.SHEET, board)
        return response

    def remind_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says whom a reminder would reach and how; writes to them on POST."""
        require(policies.may_invite(request.user) and policies.may_read_answers(request.user))
        seminar = seminar_or_404(pk)
        oblast = chosen_oblast(request)
        if request.method == "POST":
            # Who meant one oblast must not write to all of them.
            if request.GET.get("oblast") and oblast is None:
                raise Http404
            with self.telling_refusals(request) as outcome:
                number = services.remind_silent(seminar=seminar, by=actor(request), oblast=oblast)
            if outcome.done:
                messages.success(request, _reminded(number))
            return HttpResponseRedirect(reverse("admin:participants_board", args=[pk]))
        now = timezone.now()
        is_open = seminar.is_open_to_staff(now) and now < seminar.starts_at
        reached = services.whom_to_remind(seminar, now=now, oblast=oblast) if is_open else []
        numbers: dict[Oblast, int] = {}
        for invitation in reached:
            group = invitation.municipality.oblast
            numbers[group] = numbers.get(group, 0) + 1
        silent = seminar.invitations.silent()
        context = {
            "is_open": is_open,
            "chosen": oblast,
            "numbers": numbers,
            "by_email": sum(bool(invitation.email) for invitation in reached),
            "by_hand": sum(not invitation.email for invitation in reached),
            "passed_over": (silent.filter(municipality__oblast=oblast) if oblast else silent).count() - len(reached),
        }
        return self.page(request, "remind", _("Remind the silent"), context=context, about=seminar)


def _board(request: HttpRequest, seminar: Seminar) -> Board:
    said = request.GET.get("said", "")
    return Board(seminar, oblast=chosen_oblast(request), said=Said(said) if said in Said else None)


def _without_language(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("language", None)
    return query.urlencode()


def _note(request: HttpRequest, form: str, board: Board) -> None:
    Disclosure.objects.note(form, by=cast(User, request.user), rows=len(board.rows), seminar=board.seminar)


def _reminded(number: int) -> str:
    if not number:
        return _("Nobody was reminded: every silent office was reminded today, or its time to answer is over.")
    return ngettext("%(number)d office is reminded.", "%(number)d offices are reminded.", number) % {"number": number}

"""What a step will do, in sentences, before it is done."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import clock_time, official_date
from core.languages import active_language
from press import figures
from press.models import ReleaseText
from press.services.mailing import is_tested, recipients_of_release
from press.services.moves import gaps_of, is_complete


def of_submitting(text: ReleaseText) -> list[str]:
    """What stands in the way, else what is frozen and who comes next."""
    if gaps := gaps_of(text):
        return [_("It cannot be submitted yet. To be filled in: %(gaps)s") % {"gaps": "; ".join(gaps)}]
    if not is_complete(text):
        return [_("It cannot be submitted yet: a release needs a headline, a lead and a media contact.")]
    sentences = [_("The text waits for another person, who approves it or returns it with a comment.")]
    if counted := figures.of_text(text).get("sentence"):
        sentences.append(_("The figures are frozen as they are now: %(figures)s") % {"figures": counted})
    sentences.append(_("Any edit afterwards makes it a draft again."))
    return sentences


def of_approving(text: ReleaseText) -> list[str]:
    """When and where everybody reads it."""
    address = f"{settings.SITE_URL}{text.get_absolute_url()}"
    if text.public_from and text.public_from > timezone.now():
        when = _("Everybody reads it from %(hour)s, not earlier, at %(address)s") % {
            "hour": hour(text),
            "address": address,
        }
    else:
        when = _("Everybody reads it at once at %(address)s") % {"address": address}
    sentences = [when, _("What is public stays as it is; it can only be corrected by a dated note or withdrawn.")]
    if difference := figures_differ(text):
        sentences.insert(0, difference)
    return sentences


def of_returning(text: ReleaseText) -> list[str]:
    """What becomes of what was done."""
    sentences = [_("The text is a draft again; its writer reads your comment.")]
    if text.is_scheduled:
        sentences.append(_("It will not appear at its hour unless it is submitted and approved again."))
        sentences.append(_("Preview links stop working until then; letters that have not gone out are stopped."))
    return sentences


def of_withdrawing(text: ReleaseText) -> list[str]:
    """What is left."""
    return [
        _("The page stays and says that the release is withdrawn, when and why; its words and files are gone."),
        _("It leaves lists, feed, search and sitemap. Letters that have not gone out are stopped."),
        _("There is no way back."),
    ]


def of_correcting(text: ReleaseText) -> list[str]:
    """Who reads the note and when."""
    return [
        _("The text itself stays as it was published."),
        _("Another person approves the note; then it stands above the text with that day's date."),
        _("It goes to every journalist who was sent the text."),
    ]


def of_files(text: ReleaseText) -> list[str]:
    """What is done to the file, and to the text."""
    sentences = [_("Nobody outside can open the file before the text is public.")]
    if not text.is_draft:
        sentences.append(_("The text is a draft again afterwards."))
    return sentences


def of_pictures(text: ReleaseText) -> list[str]:
    """What is done to the picture, and to the text."""
    return [
        _("The picture is made smaller where it is large, and what the camera wrote into it is removed."),
        *of_files(text),
    ]


def of_testing(text: ReleaseText) -> list[str]:
    """Who gets it."""
    return [_("You alone get the letter, as journalists will.")]


def of_mailing(text: ReleaseText) -> list[str]:
    """How many get it, and in which words."""
    count = recipients_of_release(text).count()
    sentences = [
        ngettext(
            "The letter goes to %(count)d journalist who reads this language and these topics and agreed to it.",
            "The letter goes to %(count)d journalists who read this language and these topics and agreed to it.",
            count,
        )
        % {"count": count},
        _("Who has this version already does not get it again."),
    ]
    if not is_tested(text):
        sentences.insert(0, _("Send it to yourself first and look at it."))
    return sentences


def of_mailing_under_embargo(text: ReleaseText) -> list[str]:
    """The same, and what embargo means."""
    return [
        *of_mailing(text),
        _("The letter begins with the embargo line: not to be published before %(hour)s.") % {"hour": hour(text)},
        _("Each journalist gets a preview link of his or her own; you can revoke each."),
    ]


def figures_differ(text: ReleaseText) -> str:
    """That the seminar's figures are no longer those of the submitted text; empty when they are, or it is a draft."""
    release = text.release
    if text.is_draft or release.seminar is None or not text.figures:
        return ""
    now = figures.count(release.seminar).frozen(text.language)
    if now == text.figures:
        return ""
    return _("The figure differs: the text says “%(frozen)s”, the registrations now say “%(now)s”.") % {
        "frozen": text.figures.get("summary") or "0",
        "now": now["summary"] or "0",
    }


def hour(text: ReleaseText) -> str:
    """The hour of the text as staff read it."""
    if text.public_from is None:
        return "–"
    return f"{official_date(text.public_from, active_language())}, {clock_time(text.public_from)}"

"""Releases in every state, journalists, and the two people who make them."""

from datetime import timedelta
from io import BytesIO
from itertools import count

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from press import services
from press.models import Journalist, Outlet, Release, ReleaseText
from press.services import Content
from tests.factories.accounts import StaffFactory

CONTACT = {"name": "Үлгүбаева Айгүл", "phones": "+996 555 000 011", "email": "press@example.org"}
_numbers = count(1)


def person() -> User:
    """A member of staff with an address; what he or she may do is asked by the admin, not by services."""
    number = next(_numbers)
    return StaffFactory(email=f"staff{number}@example.org", last_name=f"Үлгүбаев{number}")


def content(**fields) -> Content:
    """What is typed of a text that can be submitted; `parts` of it can be changed one by one."""
    parts = {
        "date_line": "2019-жылдын 19-декабры",
        "place_line": "Кыргызстан, Бишкек",
        "headline": "Сыноо иш-чарасы өттү",
        "lead": "Бишкекте семинар өттү.",
        "presented": "",
        "voices": "",
        "further": "",
        "support": "",
    }
    typed = {name: fields.pop(name) for name in list(fields) if name in parts}
    return Content(**{"parts": parts | typed, "contacts": [CONTACT], **fields})


def draft_text(language="ky", *, by=None, release=None, **fields) -> ReleaseText:
    """A draft that can be submitted."""
    by = by or person()
    if release is None:
        release = services.make_release(slug=f"release-{next(_numbers)}", kind=Release.Kind.RESULT, by=by)
    text = release.texts.get(language=language)
    return services.edit(text=text, revision=text.revision, content=content(**fields), by=by)


def submitted_text(language="ky", **fields) -> ReleaseText:
    """A text that waits for another person."""
    text = draft_text(language, **fields)
    return services.submit(text=text, revision=text.revision, by=text.last_editor)


def approved_text(language="ky", **fields) -> ReleaseText:
    """A public text; with `public_from` ahead, one under embargo."""
    text = submitted_text(language, **fields)
    return services.approve(text=text, revision=text.revision, by=person())


def scheduled_text(language="ky", *, hours=24, **fields) -> ReleaseText:
    """An approved text whose hour is to come."""
    return approved_text(language, public_from=timezone.now() + timedelta(hours=hours), **fields)


def at_the_hour(text, *, seconds) -> ReleaseText:
    """The same text so many seconds after its hour, before it when negative: the hour moves, the clock stays."""
    ReleaseText.objects.filter(pk=text.pk).update(public_from=timezone.now() - timedelta(seconds=seconds))
    return ReleaseText.objects.get(pk=text.pk)


def picture_upload(name="photo.jpg", *, size=(40, 30), form="JPEG", **options) -> SimpleUploadedFile:
    """A small picture as a browser sends it."""
    output = BytesIO()
    Image.new("RGB", size, "teal").save(output, form, **options)
    return SimpleUploadedFile(name, output.getvalue(), content_type="image/jpeg")


def pdf_upload(name="агитация.pdf") -> SimpleUploadedFile:
    """A file that is a PDF by its content."""
    return SimpleUploadedFile(name, b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + b"0" * 3000 + b"\n%%EOF", "application/pdf")


class OutletFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outlet

    name_ky = factory.Sequence(lambda n: f"Үлгү гезити {n}")


class JournalistFactory(factory.django.DjangoModelFactory):
    """Somebody who agreed to be written to."""

    class Meta:
        model = Journalist

    outlet = factory.SubFactory(OutletFactory)
    name = factory.Sequence(lambda n: f"Үлгүбаев Кабарчы{n}")
    email = factory.Sequence(lambda n: f"journalist{n}@example.org")
    language = "ky"
    consented_on = factory.LazyFunction(timezone.localdate)
    consent_source = "кат менен"

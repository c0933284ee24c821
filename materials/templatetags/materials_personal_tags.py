"""What the personal page of a participant shows of the library; one query a tag."""

from typing import Any

from django import template

from materials.models import Audience, File
from participants.models import Registration

register = template.Library()


@register.inclusion_tag("materials/_registration_materials.html")
def registration_materials(registration: Registration) -> dict[str, Any]:
    """The files that the seminar handed out, and their current edition where it is another; for who has a place."""
    files = File.objects.given_to(registration) if registration.has_seat else File.objects.none()
    return {"rows": [(file, _address(file, registration)) for file in files]}


def _address(file: File, registration: Registration) -> str:
    """The public one where everyone may have the file: the personal link stands in no more places than it must."""
    is_public = file.edition.document.audience == Audience.PUBLIC
    return file.get_absolute_url() if is_public else file.address_for(registration)

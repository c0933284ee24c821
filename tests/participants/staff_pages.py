"""What tests of the staff pages of registrations share."""

from django.urls import reverse

from participants.models import Registration
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory

LIST = "/admin/participants/registration/"


def page_of(registration):
    return reverse("admin:participants_registration_change", args=[registration.pk])


def step(registration, name):
    return reverse("admin:participants_registration_step", args=[registration.pk, name])


def again(registration):
    return Registration.objects.get(pk=registration.pk)


def in_queue(seminar, *, seats=0):
    """A registration that waits, because all seats are taken."""
    seminar.blocks.update(seats=seats)
    return register(seminar, MunicipalityFactory())

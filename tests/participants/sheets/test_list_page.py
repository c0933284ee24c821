"""A coordinator's link: a list is sent, checked row by row, accepted in one piece, and changed until the deadline."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from participants.models import CoordinatorLink, ListDraft, Registration

TWO = "Марказ, глава, Үлгүбаев Асан, 0555 000 001\nАк-Суу, Лейлек району, зам. главы, Үлгүбаева Айгүл, 0555 000 002\n"


def url(link, name="list", *args):
    return reverse(f"participants:{name}", args=[link.token, *args])


def send(client, link, text):
    return client.post(url(link), {"text": text})


def act(client, link, intent="accept", **typed):
    return client.post(url(link, "list_draft"), {"intent": intent, **typed})


def test_a_pasted_list_is_read_shown_and_accepted(client, link):
    answer = send(client, link, TWO)
    assert answer.status_code == 302
    assert answer["Location"] == url(link, "list_draft")
    page = client.get(answer["Location"])
    assert page.context["preview"].accepted == 2, [one.errors for one in page.context["preview"].asked]
    assert Registration.objects.count() == 0
    assert act(client, link)["Location"] == url(link)
    assert set(Registration.objects.values_list("municipality__uid", "channel", "coordinator_link", "state")) == {
        ("markaz-kadamjay", "list", link.pk, "confirmed"),
        ("ak-suu-leylek", "list", link.pk, "confirmed"),
    }
    assert not ListDraft.objects.exists()
    assert "Үлгүбаев Асан" in client.get(url(link)).content.decode()

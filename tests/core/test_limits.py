"""How often something may be tried."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import limits
from core.models import Attempt

pytestmark = pytest.mark.django_db


def test_after_so_many_times_in_a_window_no_more_is_allowed():
    answers = [limits.is_allowed("door", times=3, seconds=86_400) for _try in range(5)]

    assert answers == [True, True, True, False, False]


def test_keys_are_counted_apart():
    limits.is_allowed("one", times=1, seconds=86_400)

    assert limits.is_allowed("other", times=1, seconds=86_400)


def test_old_windows_are_forgotten():
    Attempt.objects.create(key="old", window_start=timezone.now() - timedelta(days=2), count=7)

    limits.is_allowed("new", times=1, seconds=60)

    assert list(Attempt.objects.values_list("key", flat=True)) == ["new"]

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from simple_history.models import HistoricalRecords

from core.languages import DEFAULT_LANGUAGE

PASSWORD_CHANGED = gettext_noop("password changed")


class Language(models.TextChoices):
    """Languages of pages and messages."""

    KY = "ky", _("Kyrgyz")
    RU = "ru", _("Russian")


class AccountHistory(HistoricalRecords):
    """Every change of an account; a sign-in is none, and of a password only that it changed."""

    def post_save(self, instance: "User", created: bool, using: str | None = None, **kwargs: Any) -> None:
        """Record the change, unless only the time of the last sign-in was written."""
        if kwargs.get("update_fields") != {"last_login"}:
            super().post_save(instance, created, using=using, **kwargs)

    def get_change_reason_for_object(self, instance: "User", history_type: str, using: str | None) -> str | None:
        """Say that the password changed; Django keeps the new one on the instance until it is stored."""
        if history_type == "~" and getattr(instance, "_password", None) is not None:
            return PASSWORD_CHANGED
        reason: str | None = super().get_change_reason_for_object(instance, history_type, using)
        return reason


class User(AbstractUser):
    """A member of staff; participants have no accounts."""

    language = models.CharField(_("language of the admin"), max_length=2, choices=Language, default=DEFAULT_LANGUAGE)

    history = AccountHistory(excluded_fields=["password", "last_login"], m2m_fields=["groups"])

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=Language.values), name="staff_language_is_ky_or_ru"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """Surname first, as lists of people are written here."""
        return f"{self.last_name} {self.first_name}".strip()

"""The roles of staff; each is a group, made and given its permissions by migrations."""

from collections.abc import Iterable

from django.apps.registry import Apps
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Names of the groups; the words that people read are the labels."""

    ORGANISER = "organiser", _("Organiser")
    REGISTRAR = "registrar", _("Registrar")
    PRESS_OFFICER = "press_officer", _("Press officer")
    APPROVER = "approver", _("Approver")
    ANALYST = "analyst", _("Analyst")
    ADMINISTRATOR = "administrator", _("Administrator")


def grant(apps: Apps, role: Role, app_label: str, model: str, actions: Iterable[str]) -> None:
    """Give the role's group `<action>_<model>` of the app, making what does not exist yet; for migrations."""
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=role.value)
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    for action in actions:
        permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_{model}",
            defaults={"name": f"Can {action} {model}"},
        )
        group.permissions.add(permission)

"""Organisers, press officers and administrators keep the library; approvers and analysts read it, the desk does not."""

from django.db import migrations

from accounts.roles import Role, grant

LIBRARY = ["document", "edition", "file", "handout"]
KEEPERS = (Role.ORGANISER, Role.PRESS_OFFICER, Role.ADMINISTRATOR)


def give_permissions(apps, schema_editor):
    for role in (*KEEPERS, Role.APPROVER, Role.ANALYST):
        for model in [*LIBRARY, "download"]:
            grant(apps, role, "materials", model, ["view"])
    for role in KEEPERS:
        for model in LIBRARY:
            grant(apps, role, "materials", model, ["add", "change", "delete"])


class Migration(migrations.Migration):
    dependencies = [
        ("materials", "0002_circles_and_sessions"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

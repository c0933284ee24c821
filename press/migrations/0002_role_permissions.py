"""Press officers write and send, approvers approve; nobody else sees a release before its hour."""

from django.db import migrations

from accounts.roles import Role, grant

MEDIA_LIST = ["outlet", "journalist"]


def give_permissions(apps, schema_editor):
    for role in (Role.PRESS_OFFICER, Role.APPROVER, Role.ADMINISTRATOR):
        for model in ["release", "releasetext", "mailing", *MEDIA_LIST]:
            grant(apps, role, "press", model, ["view"])
    for role in (Role.PRESS_OFFICER, Role.ADMINISTRATOR):
        grant(apps, role, "press", "release", ["add", "change"])
        grant(apps, role, "press", "releasetext", ["change", "submit"])
        grant(apps, role, "press", "mailing", ["add"])
        for model in MEDIA_LIST:
            grant(apps, role, "press", model, ["add", "change", "delete"])
    for role in (Role.APPROVER, Role.ADMINISTRATOR):
        grant(apps, role, "press", "releasetext", ["approve"])


class Migration(migrations.Migration):
    dependencies = [
        ("press", "0001_releases"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

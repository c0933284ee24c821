"""What each role may do with accounts, and with the two rooms below this one, which may not name roles themselves."""

from django.db import migrations

from accounts.roles import Role, grant

REGISTER = [
    "oblast",
    "district",
    "districtname",
    "districtcode",
    "municipality",
    "municipalityname",
    "municipalitycode",
    "succession",
    "post",
]
# Units come and go by the dated files that are loaded; by hand people mend words only.
WORDS = ["oblast", "district", "municipality", "post"]
NAMES = ["districtname", "municipalityname"]


def give_permissions(apps, schema_editor):
    for role in Role:
        for model in REGISTER:
            grant(apps, role, "regions", model, ["view"])
    for role in (Role.ORGANISER, Role.ADMINISTRATOR):
        for model in WORDS:
            grant(apps, role, "regions", model, ["change"])
        for model in NAMES:
            grant(apps, role, "regions", model, ["add", "change"])
        grant(apps, role, "regions", "loadedfile", ["view"])
    # Who may send may also stop a message and mark it as passed on by hand.
    for role in (Role.ORGANISER, Role.REGISTRAR, Role.ADMINISTRATOR):
        grant(apps, role, "outbox", "message", ["view", "send"])
    # Accounts are closed, never deleted.
    grant(apps, Role.ADMINISTRATOR, "accounts", "user", ["view", "add", "change"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

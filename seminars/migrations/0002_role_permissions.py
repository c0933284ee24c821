"""Organisers and administrators make seminars; the other roles read them, press officers also name speakers and bodies."""

from django.db import migrations

from accounts.roles import Role, grant

CATALOGUE = [
    "seminar",
    "session",
    "sessionspeaker",
    "contributor",
    "speaker",
    "organisation",
    "organisationname",
    "project",
    "topic",
    "series",
]
READ_ONLY = ["seatblock", "seatchange"]
NAMES = ["speaker", "organisation", "organisationname", "project"]


def give_permissions(apps, schema_editor):
    for role in Role:
        for model in [*CATALOGUE, *READ_ONLY]:
            grant(apps, role, "seminars", model, ["view"])
    for role in (Role.ORGANISER, Role.ADMINISTRATOR):
        for model in CATALOGUE:
            grant(apps, role, "seminars", model, ["add", "change", "delete"])
    for model in NAMES:
        grant(apps, Role.PRESS_OFFICER, "seminars", model, ["add", "change"])


class Migration(migrations.Migration):
    dependencies = [
        ("seminars", "0001_initial"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

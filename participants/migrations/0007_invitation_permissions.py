"""Organisers and administrators invite, take answers, give coordinators their links; the desk reads invitations."""

from django.db import migrations

from accounts.roles import Role, grant

KEEPER = {
    "round": ["view", "add", "change"],
    "invitation": ["view", "add", "change"],
    "invitationanswer": ["view"],
    "officecontact": ["view", "add", "change"],
    "coordinatorlink": ["view", "add", "change"],
    "substitution": ["view"],
    "personmerge": ["view"],
}
GRANTS = {
    Role.ORGANISER: KEEPER,
    Role.ADMINISTRATOR: KEEPER,
    Role.REGISTRAR: {
        "round": ["view"],
        "invitation": ["view"],
        "invitationanswer": ["view"],
        "officecontact": ["view"],
        "substitution": ["view"],
    },
}


def give_permissions(apps, schema_editor):
    for role, models in GRANTS.items():
        for model, actions in models.items():
            grant(apps, role, "participants", model, actions)


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0006_quotas_and_invitations"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

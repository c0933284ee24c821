"""Organisers and administrators keep people and registrations, the desk enters people and marks who came."""

from django.db import migrations

from accounts.roles import Role, grant

# Rows about people are anonymised or ended, never deleted; transitions and disclosures are written by services alone.
# Press officers, approvers and analysts see seminars and counts, no people.
KEEPER = {
    "person": ["view", "add", "change"],
    "term": ["view", "add", "change", "delete"],
    "registration": ["view", "add", "change", "mark"],
    "transition": ["view"],
    "stafftask": ["view", "change"],
}
GRANTS = {
    Role.ORGANISER: KEEPER,
    Role.REGISTRAR: {
        "person": ["view"],
        "term": ["view"],
        "registration": ["view", "add", "mark"],
        "transition": ["view"],
        "stafftask": ["view", "change"],
    },
    Role.ADMINISTRATOR: {
        **KEEPER,
        "consenttext": ["view", "add", "change"],
        "disclosure": ["view"],
    },
}


def give_permissions(apps, schema_editor):
    for role, models in GRANTS.items():
        for model, actions in models.items():
            grant(apps, role, "participants", model, actions)


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0004_lists_given_out"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

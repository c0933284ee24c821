"""The six groups of staff; what each may do is given by the migrations named role_permissions of every app."""

from django.db import migrations

ROLES = ["organiser", "registrar", "press_officer", "approver", "analyst", "administrator"]


def make_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    for role in ROLES:
        groups.get_or_create(name=role)


def drop_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_staff"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(make_roles, drop_roles)]

"""What the migrations gave each role, against the table that people have read (`permissions.csv`).

`ACCESS_TABLE=write pytest tests/access` writes it anew; read the difference before you commit it.
"""

import csv
import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.roles import Role

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("permissions.csv")


def granted() -> list[dict[str, str]]:
    """A row for each model that somebody may touch, a column for each role."""
    rows: dict[str, dict[str, list[str]]] = {}
    permissions = Permission.objects.filter(group__name__in=Role.values).select_related("content_type")
    for permission in permissions.prefetch_related("group_set").distinct().order_by("codename"):
        model = f"{permission.content_type.app_label}.{permission.content_type.model}"
        for group in permission.group_set.all():
            actions = rows.setdefault(model, {role.value: [] for role in Role})[group.name]
            actions.append(permission.codename.removesuffix(f"_{permission.content_type.model}"))
    return [
        {"model": model} | {role: " ".join(sorted(actions)) for role, actions in row.items()}
        for model, row in sorted(rows.items())
    ]


def test_each_role_has_the_permissions_of_the_table():
    found = granted()
    if os.environ.get("ACCESS_TABLE") == "write":
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["model", *Role.values], lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert found == list(csv.DictReader(file))


def test_every_permission_that_a_role_has_belongs_to_a_model_that_exists():
    permissions = Permission.objects.filter(group__name__in=Role.values).select_related("content_type").distinct()
    assert [str(permission) for permission in permissions if permission.content_type.model_class() is None] == []


def test_the_codenames_of_roles_are_real():
    """A slip in a migration would make a permission that nothing asks for."""
    from django.apps import apps
    from django.contrib.auth import get_permission_codename

    real = set()
    for model in apps.get_models():
        names = [get_permission_codename(action, model._meta) for action in model._meta.default_permissions]
        names += [codename for codename, _name in model._meta.permissions]
        real |= {(model._meta.label_lower, codename) for codename in names}
    given = {
        (f"{permission.content_type.app_label}.{permission.content_type.model}", permission.codename)
        for permission in Permission.objects.filter(group__in=Group.objects.all()).select_related("content_type")
    }
    assert given - real == set()

"""Who may do what with accounts of staff."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError

from accounts.models import PASSWORD_CHANGED, User
from accounts.roles import Role
from accounts.services import create_staff
from tests.factories.accounts import PASSWORD, StaffFactory, staff_of, superuser

pytestmark = pytest.mark.django_db

STAFF = "/admin/accounts/user/"


@pytest.fixture
def administrator(client) -> User:
    user = staff_of(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def role_ids(*roles: Role) -> list[int]:
    return [Group.objects.get(name=role).pk for role in roles]


def fields_of(user: User, **changed):
    data = {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "language": user.language,
        "is_active": "on",
        "groups": list(user.groups.values_list("pk", flat=True)),
    }
    return {name: value for name, value in (data | changed).items() if value is not None}


def test_migrations_make_the_six_roles():
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_an_administrator_makes_an_account_with_a_role(client, administrator):
    password = "meet me at the yurt"
    data = {
        "username": "aigul",
        "last_name": "Асанова",
        "first_name": "Айгүл",
        "language": "ky",
        "email": "",
        "groups": role_ids(Role.REGISTRAR),
        "usable_password": "true",
        "password1": password,
        "password2": password,
    }
    response = client.post(f"{STAFF}add/", data)
    made = User.objects.get(username="aigul")
    assert response.headers["Location"] == f"{STAFF}{made.pk}/change/"
    assert made.is_staff
    assert not made.is_superuser
    assert made.check_password(password)
    assert [group.name for group in made.groups.all()] == [Role.REGISTRAR]
    assert str(made) == "Асанова Айгүл"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_reach_accounts(client, role):
    user = staff_of(role)
    client.force_login(user)
    for address in (STAFF, f"{STAFF}add/", f"{STAFF}{user.pk}/change/", f"{STAFF}{user.pk}/password/"):
        assert client.get(address).status_code == 403


def test_an_administrator_cannot_make_anybody_a_superuser_nor_give_single_permissions(client, administrator):
    other = staff_of(Role.REGISTRAR)
    every = list(Permission.objects.values_list("pk", flat=True))
    for user in (administrator, other):
        data = fields_of(user, is_superuser="on", is_staff="on", user_permissions=every)
        assert client.post(f"{STAFF}{user.pk}/change/", data).status_code == 302
        user.refresh_from_db()
        assert not user.is_superuser
        assert not user.user_permissions.exists()


def test_an_administrator_makes_no_superuser_of_a_new_account(client, administrator):
    password = "meet me at the yurt"
    data = {
        "username": "new",
        "language": "ky",
        "usable_password": "true",
        "password1": password,
        "password2": password,
        "is_superuser": "on",
    }
    client.post(f"{STAFF}add/", data)
    assert not User.objects.get(username="new").is_superuser


def test_an_administrator_looks_at_a_superuser_and_changes_nothing(client, administrator):
    boss = superuser()
    assert client.get(f"{STAFF}{boss.pk}/change/").status_code == 200
    assert client.post(f"{STAFF}{boss.pk}/change/", fields_of(boss, username="mine")).status_code == 403
    new = {"password1": "mine from now on", "password2": "mine from now on", "usable_password": "true"}
    assert client.post(f"{STAFF}{boss.pk}/password/", new).status_code == 403
    boss.refresh_from_db()
    assert boss.username == "root"
    assert boss.check_password(PASSWORD)


def test_a_superuser_makes_a_superuser(client):
    client.force_login(superuser())
    other = staff_of(Role.ADMINISTRATOR)
    client.post(f"{STAFF}{other.pk}/change/", fields_of(other, is_superuser="on"))
    other.refresh_from_db()
    assert other.is_superuser


def test_roles_themselves_are_not_edited_by_hand(client):
    client.force_login(superuser())
    assert client.get("/admin/auth/group/").status_code == 404


@pytest.mark.parametrize("change", [{"is_active": None}, {"groups": []}])
def test_administrators_do_not_lock_themselves_out(client, administrator, change):
    response = client.post(f"{STAFF}{administrator.pk}/change/", fields_of(administrator, **change))
    assert response.status_code == 200
    assert next(iter(change)) in response.context["adminform"].form.errors
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.groups.filter(name=Role.ADMINISTRATOR).exists()


def test_a_superuser_does_not_take_that_right_from_himself(client):
    boss = superuser()
    client.force_login(boss)
    response = client.post(f"{STAFF}{boss.pk}/change/", fields_of(boss))
    assert "is_superuser" in response.context["adminform"].form.errors
    boss.refresh_from_db()
    assert boss.is_superuser


def test_an_administrator_closes_the_account_of_another(client, administrator):
    other = staff_of(Role.REGISTRAR)
    client.post(f"{STAFF}{other.pk}/change/", fields_of(other, is_active=None))
    other.refresh_from_db()
    assert not other.is_active


def test_accounts_are_never_deleted(client, administrator):
    other = staff_of(Role.REGISTRAR)
    assert client.post(f"{STAFF}{other.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(STAFF, {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"})
    assert User.objects.filter(pk=other.pk).exists()


def test_passwords_cannot_be_guessed_by_filtering_the_list(client, administrator):
    assert client.get(f"{STAFF}?password__startswith=md5").status_code == 400


def test_the_list_is_filtered_by_role_in_words(client, administrator):
    staff_of(Role.REGISTRAR)
    response = client.get(f"{STAFF}?role=registrar")
    assert [user.username for user in response.context["cl"].result_list] == ["one-registrar"]
    assert client.get(f"{STAFF}?role=nobody").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_length(client, administrator, rows, django_assert_num_queries):
    for _ in range(rows):
        StaffFactory().groups.set(role_ids(Role.REGISTRAR, Role.ANALYST))
    client.get(STAFF)
    with django_assert_num_queries(9):
        client.get(STAFF)


def test_history_tells_who_changed_which_roles(client, administrator):
    other = staff_of(Role.REGISTRAR)
    client.post(f"{STAFF}{other.pk}/change/", fields_of(other, groups=role_ids(Role.ORGANISER)))
    latest = other.history.first()
    assert latest.history_user == administrator
    assert {row.group.name for row in latest.groups.all()} == {Role.ORGANISER}
    page = client.get(f"{STAFF}{other.pk}/history/")
    assert administrator.username in page.content.decode()


def test_history_tells_that_a_password_changed_and_never_which(client, administrator):
    other = staff_of(Role.REGISTRAR)
    new = "another lake, another song"
    data = {"password1": new, "password2": new, "usable_password": "true"}
    assert client.post(f"{STAFF}{other.pk}/password/", data).status_code == 302
    latest = other.history.first()
    assert latest.history_change_reason == PASSWORD_CHANGED
    assert not hasattr(latest, "password")


def test_signing_in_is_no_change_of_the_account(client):
    user = staff_of(Role.REGISTRAR)
    before = user.history.count()
    client.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    user.refresh_from_db()
    assert user.last_login is not None
    assert user.history.count() == before


def test_an_old_version_is_never_written_back(client):
    user = staff_of(Role.REGISTRAR)
    client.force_login(superuser())
    version = user.history.first().pk
    assert client.post(f"{STAFF}{user.pk}/history/{version}/", fields_of(user)).status_code in (302, 404)
    assert client.get(f"{STAFF}{user.pk}/history/{version}/", follow=True).status_code in (200, 404)
    assert user.history.first().pk == version


def test_an_account_made_twice_has_the_last_role_language_and_password():
    create_staff(username="demo", role=Role.ORGANISER, language="ky", password="first of all lakes")
    user = create_staff(username="demo", role=Role.ANALYST, language="ru", password="second of all lakes")
    assert User.objects.filter(username="demo").count() == 1
    assert [group.name for group in user.groups.all()] == [Role.ANALYST]
    assert user.language == "ru"
    assert user.check_password("second of all lakes")


def test_an_account_speaks_kyrgyz_or_russian():
    with pytest.raises(IntegrityError, match="staff_language_is_ky_or_ru"):
        StaffFactory(language="en")

"""What is done to accounts of staff besides what the admin's forms do."""

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import Language, User
from accounts.roles import Role


@transaction.atomic
def create_staff(*, username: str, role: Role, language: str, password: str) -> User:
    """Make the account, or renew an existing one of that name: this role alone, language, password, allowed in."""
    user, _created = User.objects.get_or_create(username=username)
    user.is_staff = user.is_active = True
    user.language = Language(language)
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get(name=role.value)])
    return user


def choose_language(*, user: User, language: Language) -> None:
    """Let the staff pages of this person speak that language from now on."""
    user.language = language
    user.save(update_fields=["language"])

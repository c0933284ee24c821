from factory import Sequence
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.roles import Role
from accounts.services import create_staff

PASSWORD = "seventy steps to the lake"


class StaffFactory(DjangoModelFactory):
    """An account without a role."""

    class Meta:
        model = User

    username = Sequence("staff{}".format)
    is_staff = True


def staff_of(role: Role, *, language: str = "ky") -> User:
    """A member of staff in one role, whose password is `PASSWORD`."""
    return create_staff(username=f"one-{role.value}", role=role, language=language, password=PASSWORD)


def superuser() -> User:
    """Who may everything; made on the command line, never in the admin by others."""
    return User.objects.create_superuser("root", password=PASSWORD)

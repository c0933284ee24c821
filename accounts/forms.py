from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm, UsernameField
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role


class SignInForm(AdminAuthenticationForm):
    """Django's sign-in of staff; a name longer than any account's is a failed one, not a broken request."""

    username = UsernameField(max_length=150, widget=forms.TextInput(attrs={"autofocus": True}))


class RolesField(forms.ModelMultipleChoiceField[Group]):
    """The roles of a member of staff as boxes to tick, in words."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs["queryset"] = Group.objects.filter(name__in=Role.values)
        kwargs.setdefault("label", _("Roles"))
        kwargs["help_text"] = _("Without a role a person can sign in and sees an empty page.")
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Group) -> str:
        return str(Role(obj.name).label)


class StaffCreationForm(AdminUserCreationForm[User]):
    """A new account with its roles."""

    groups = RolesField(required=False)

    class Meta(AdminUserCreationForm.Meta):
        model = User


class StaffChangeForm(UserChangeForm[User]):
    """An account; nobody takes from himself what he needs to undo it."""

    groups = RolesField(required=False)
    # The administrator who edits; the admin sets it on the class that it makes for one request.
    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk == self.request.user.pk:
            self._refuse_locking_oneself_out(cleaned)
        return cleaned

    def _refuse_locking_oneself_out(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("is_active", True):
            self.add_error("is_active", _("You cannot close your own account; another administrator can."))
        if self.instance.is_superuser:
            if not cleaned.get("is_superuser", True):
                self.add_error("is_superuser", _("You cannot take this right from yourself."))
        elif not any(group.name == Role.ADMINISTRATOR for group in cleaned.get("groups", ())):
            self.add_error("groups", _("You cannot take the role of administrator from yourself; another one can."))

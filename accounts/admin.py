from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_q import admin as _queue_admin  # noqa: F401 - so that its models are registered before they are taken off
from django_q.models import Failure, OrmQ, Schedule, Success

from accounts.forms import SignInForm, StaffChangeForm, StaffCreationForm
from accounts.models import User
from accounts.roles import Role
from core.admin import HistoryAdmin

admin.site.login_form = SignInForm
admin.site.index_title = _("Start page")

# Roles are made by migrations, jobs run by themselves: nobody edits them by hand.
admin.site.unregister([Group, Failure, OrmQ, Schedule, Success])


class RoleFilter(admin.SimpleListFilter):
    """The staff of one role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() in Role.values else queryset


@admin.register(User)
class StaffAdmin(HistoryAdmin, UserAdmin[User]):
    """Accounts of staff: for administrators; what a superuser is, only a superuser decides."""

    form = StaffChangeForm
    add_form = StaffCreationForm
    list_display = ("username", "full_name", "roles", "language", "is_active", "last_login")
    list_filter = (RoleFilter, "is_active", "language")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": (("username", "password"), ("last_name", "first_name"), ("email", "language"))}),
        (_("What this person may do"), {"fields": ("groups", "is_active")}),
        (_("Dates"), {"fields": (("last_login", "date_joined"),)}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", ("last_name", "first_name"), ("email", "language"), "groups")}),
        (_("Password"), {"fields": ("usable_password", "password1", "password2")}),
    )

    @admin.display(description=_("full name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        held = {group.name for group in user.groups.all()}
        return ", ".join(str(role.label) for role in Role if role in held)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return (*fieldsets, (_("All rights, whatever the roles"), {"fields": ("is_superuser",)}))

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.request = request
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        # Whoever has an account is staff: participants have none.
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # Accounts are closed, never deleted: the history of everything names them.
        return False

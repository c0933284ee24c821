"""What organisers see and type on the staff pages of seminars."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

ADD = "/admin/seminars/seminar/add/"
LIST = "/admin/seminars/seminar/"
DAY = "10.03.2031"


def staff(role, language="ru"):
    user = User.objects.create_user(f"staff-{role}", is_staff=True, language=language)
    user.groups.add(Group.objects.get(name=role))
    return user


def rows(prefix, *forms, initial=0):
    """The fields of a formset."""
    fields = {
        f"{prefix}-TOTAL_FORMS": len(forms),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, form in enumerate(forms):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in form.items()}
    return fields


def session(begin="09:30", end="11:00", day=DAY, **fields):
    return {
        "kind": "session",
        "starts_at_0": day,
        "starts_at_1": begin,
        "ends_at_0": day,
        "ends_at_1": end,
        "title_ky": "Ачык бюджет",
        "title_ru": "Открытый бюджет",
        "summary_ky": "",
        "summary_ru": "",
        **fields,
    }


def page(*, sessions=(), contributors=(), **fields):
    """What an organiser types on the page of a new seminar."""
    return {
        "title_ky": "Ачык бюджет",
        "title_ru": "Открытый бюджет",
        "purpose_ky": "Башчылардын билимин арттыруу",
        "purpose_ru": "Повышение знаний глав",
        "occasion_ky": "",
        "occasion_ru": "",
        "audience_ky": "Айыл өкмөттөрүнүн башчылары",
        "audience_ru": "Главы айыл окмоту",
        "format": "in_person",
        "languages": ["ky", "ru"],
        "starts_at_0": DAY,
        "starts_at_1": "09:30",
        "ends_at_0": DAY,
        "ends_at_1": "17:00",
        "city_ky": "Бишкек",
        "city_ru": "Бишкек",
        "venue_ky": "Чоң зал",
        "venue_ru": "Большой зал",
        "online_url": "",
        "seats": "60",
        "seats_per_municipality": "1",
        "substitution_until": "09:00",
        "registration_opens_at_0": "01.02.2031",
        "registration_opens_at_1": "09:00",
        "registration_closes_at_0": "05.03.2031",
        "registration_closes_at_1": "18:00",
        "contact_ky": "",
        "contact_ru": "",
        "contact_phone": "+996 555 000 010",
        "contact_email": "",
        "slug": "",
        **rows("contributors", *contributors),
        **rows("sessions", *sessions),
        **fields,
    }


def errors_of(response):
    """The fields that the page refuses, its rows included."""
    assert response.status_code == 200
    found = set(response.context["adminform"].form.errors)
    for formset in response.context["inline_admin_formsets"]:
        found |= {name for form in formset.formset.forms for name in form.errors}
    return found


def change_address(seminar):
    return reverse("admin:seminars_seminar_change", args=[seminar.pk])


def posted(client, seminar, **changes):
    """The page of a seminar as it is, sent back with changes."""
    response = client.get(change_address(seminar))
    fields = {}
    forms = [response.context["adminform"].form]
    for admin_formset in response.context["inline_admin_formsets"]:
        forms += [admin_formset.formset.management_form, *admin_formset.formset.forms]
    for form in forms:
        for bound in form:
            bound_value = bound.value()
            if isinstance(bound_value, datetime):
                local = timezone.localtime(bound_value)
                fields |= {f"{bound.html_name}_0": f"{local:%d.%m.%Y}", f"{bound.html_name}_1": f"{local:%H:%M}"}
            elif bound_value is not None:
                fields[bound.html_name] = bound_value
    return client.post(change_address(seminar), {**fields, **changes})

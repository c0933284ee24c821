"""What keepers of the library type on its staff pages."""

from accounts.roles import Role
from tests.factories.accounts import staff_of
from tests.materials.samples import upload

ADD = "/admin/materials/document/add/"
LIST = "/admin/materials/document/"


def keeper(client, role=Role.PRESS_OFFICER):
    user = staff_of(role, language="ru")
    client.force_login(user)
    return user


def page(**fields):
    """The page of a new document."""
    return {
        "kind": "guide",
        "title_ky": "Кызматтарды жакшыртуу планы",
        "title_ru": "План улучшения услуг",
        "issuer": "",
        "act_type": "",
        "number": "",
        "issued_on": "",
        "source_url": "",
        "status": "in_force",
        "successor": "",
        "audience": "public",
        "published_at_0": "",
        "published_at_1": "",
        "slug": "",
        "dated": "19.12.2019",
        **fields,
    }


def files(*datas):
    return [upload(data, f"файл{number}.bin") for number, data in enumerate(datas)]


def change(document):
    return f"/admin/materials/document/{document.pk}/change/"

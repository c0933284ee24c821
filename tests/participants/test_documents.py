"""The list of registrants to take away: a workbook and a sheet to sign."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from accounts.roles import Role
from participants import services
from participants.actors import HOLDER
from participants.documents import SHEET_HEADINGS, in_both_languages, registrants_workbook, sections_to_print
from participants.models import Disclosure
from tests.factories.accounts import staff_of
from tests.factories.participants import register
from tests.factories.regions import MunicipalityFactory
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db


def read(content):
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert len(book.sheet_names) == 1
    return book.get_sheet_by_index(0).to_python()


def address(name, seminar):
    return reverse(f"admin:participants_registrants_{name}", args=[seminar.pk])


def test_what_is_read_back_is_what_was_entered(seminar, municipality):
    row = register(seminar, municipality, full_name="Өскөнбаева Гүлзаңгүл", phones=("+996777123456", "+996555000001"))

    heads, cells = read(registrants_workbook(seminar))

    assert len(heads) == len(cells) == 10
    assert cells[:7] == [
        municipality.oblast.name_ky,
        municipality.district.name_ky,
        municipality.name_ky,
        "Өскөнбаева Гүлзаңгүл",
        row.post_title_ky,
        "+996 777 123 456, +996 555 000 001",
        row.email,
    ]
    assert cells[8].date() == row.joined_at.date()


@pytest.mark.parametrize("text", ['=HYPERLINK("http://example.org")', "+1+1", "-2", "@SUM(A1)", "http://example.org"])
def test_a_cell_never_becomes_a_formula_or_a_link(seminar, municipality, text):
    register(seminar, municipality, full_name=text)
    content = registrants_workbook(seminar)
    assert read(content)[1][3] == text

    from zipfile import ZipFile

    with ZipFile(BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in book.namelist()


def test_a_list_of_nobody_has_its_headings_alone(seminar):
    assert len(read(registrants_workbook(seminar))) == 1


def test_guests_and_who_waits_are_on_it_and_the_cancelled_are_not(seminar, municipality):
    register(seminar, None, full_name="Конокбаев Асан")
    gone = register(seminar, municipality, full_name="Кеткенбаев Үсөн")
    services.cancel(registration=gone, by=HOLDER)
    seminar.blocks.update(seats=1)
    register(seminar, MunicipalityFactory(), full_name="Күткөнбаева Айгүл")

    rows = {cells[3]: cells for cells in read(registrants_workbook(seminar))[1:]}

    assert set(rows) == {"Конокбаев Асан", "Күткөнбаева Айгүл"}
    assert rows["Конокбаев Асан"][:3] == ["", "", ""]


def test_the_language_asked_for_is_the_language_of_the_list(client, organiser, seminar, municipality):
    register(seminar, municipality)
    for language in ("ky", "ru"):
        with translation.override(language):
            response = client.get(address("workbook", seminar), {"language": language})
        assert read(response.content)[1][2] == getattr(municipality, f"name_{language}")


def test_the_workbook_is_a_file_that_nobody_keeps_on_the_way_and_is_written_down(
    client, organiser, seminar, municipality
):
    register(seminar, municipality)
    response = client.get(address("workbook", seminar))
    assert response.headers["Content-Disposition"] == f'attachment; filename="registrants-{seminar.slug}.xlsx"'
    assert "no-store" in response.headers["Cache-Control"]
    row = Disclosure.objects.get()
    assert (row.form, row.by, row.rows, row.seminar) == ("workbook", organiser, 1, seminar)


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_sheet_has_every_person_and_headings_in_both_languages(client, organiser, seminar, language):
    one, other = MunicipalityFactory(), MunicipalityFactory()
    people = [register(seminar, one), register(seminar, other), register(seminar, None)]
    seminar.blocks.update(seats=3)
    people.append(register(seminar, MunicipalityFactory()))

    content = client.get(address("sheet", seminar), {"language": language}).text

    assert f'<html lang="{language}">' in content
    for person in people:
        assert person.full_name in content
    for heading in SHEET_HEADINGS:
        for text in in_both_languages(heading):
            assert f"<span>{text}</span>" in content
    for municipality in (one, other):
        assert f"{municipality.oblast.name_ky} / {municipality.oblast.name_ru}" in content
    assert "style=" not in content
    assert "<script" not in content
    assert Disclosure.objects.get().rows == 4


def test_the_sheet_has_a_section_for_each_group_then_guests_then_who_waits(seminar, municipality):
    register(seminar, None)
    register(seminar, municipality)
    seminar.blocks.update(seats=2)
    register(seminar, MunicipalityFactory())

    group, guests, waiting = sections_to_print(seminar)

    assert group.headings == (municipality.oblast.name_ky, municipality.oblast.name_ru)
    assert [len(section.rows) for section in (group, guests, waiting)] == [1, 1, 1]
    assert list(group.empty_rows) == [2, 3, 4, 5]


def test_a_sheet_for_nobody_has_empty_rows(client, organiser, seminar):
    assert client.get(address("sheet", seminar)).text.count('class="empty"') == 4


def test_the_sheet_costs_the_same_for_one_and_for_three(client, organiser, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(seminar):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address("sheet", seminar)).status_code == 200
        return len(captured)

    one, three = SeminarFactory(), SeminarFactory()
    register(one, MunicipalityFactory())
    for _person in range(3):
        register(three, MunicipalityFactory())
    assert queries(one) == queries(three)


def test_the_desk_may_print_and_who_writes_may_not(client, seminar):
    client.force_login(staff_of(Role.REGISTRAR))
    assert client.get(address("sheet", seminar)).status_code == 200
    assert client.post(address("sheet", seminar)).status_code == 405
    client.force_login(staff_of(Role.PRESS_OFFICER))
    assert client.get(address("sheet", seminar)).status_code == 403
    assert Disclosure.objects.count() == 1

"""Heads read from a spreadsheet: seen first, whole or not at all, the second time nothing (domain.md 7, 10, 11, 16)."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.utils import timezone

from participants.actors import Actor
from participants.documents.heads import heads_workbook
from participants.exceptions import HeadsNotReadable
from participants.models import Channel, Person, Term
from participants.resources import heading, heads_dataset, read_date, take
from participants.services.people import appoint
from participants.spreadsheets import read_file, read_text
from regions.models import Municipality
from tests.factories.accounts import StaffFactory
from tests.factories.participants import PersonFactory, post
from tests.factories.regions import DistrictFactory, MunicipalityFactory, OblastFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _posts(db):
    post("head")
    post("deputy")
    acting = post("acting_head")
    acting.name_ru, acting.is_head = "исполняющий обязанности главы айыл окмоту", True
    acting.save()


@pytest.fixture
def by():
    return Actor(Channel.LIST, StaffFactory(), "тизме боюнча")


@pytest.fixture
def unit():
    return MunicipalityFactory(name_ky="Мисалдуу айыл аймагы", name_ru="Мисалдуйский айылный аймак")


def dataset(*rows, headings="Муниципалитет\tФИО\tВ должности с\tТелефон\tи.о."):
    return heads_dataset(read_text("\n".join([headings, *rows])))


def kinds(result):
    return [row.import_type for row in result.rows]


def errors(result):
    return [str(error.error) for row in result.rows for error in row.errors]


def heads():
    return list(Term.objects.on(timezone.localdate()).heads())


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Область", "oblast"),
        ("Облус", "oblast"),
        ("Район", "district"),
        ("Айыл аймагы", "municipality"),
        ("Наименование АО / город", "municipality"),
        ("Ф.И.О. главы", "full_name"),
        ("Аты-жөнү", "full_name"),
        ("Кызмат орду", "post"),
        ("Должность", "post"),
        ("Милдетин аткаруучу", "acting"),
        ("и.о.", "acting"),
        ("Кызматка киришкен күнү", "starts_on"),
        ("В должности с", "starts_on"),
        ("Дата назначения", "starts_on"),
        ("Уюлдук телефон", "phone"),
        ("Эл. почта", "email"),
        ("Эскертүү", ""),
    ],
)
def test_headings_in_either_language_are_understood(text, column):
    assert heading(text) == column


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01.03.2025", date(2025, 3, 1)),
        ("1/3/2025", date(2025, 3, 1)),
        ("2025-03-01", date(2025, 3, 1)),
        ("01.03.2025 г.", date(2025, 3, 1)),
        ("45717", date(2025, 3, 1)),
        ("", None),
    ],
)
def test_days_are_read_as_people_and_spreadsheets_write_them(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize("text", ["2025", "31.02.2025", "жазында", "99999999", "00.00.0000"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(HeadsNotReadable):
        read_date(text)


def test_a_dry_run_says_what_would_change_and_changes_nothing(unit, by):
    result = take(dataset("Мисалдуу\tҮлгүбаев Асан\t01.03.2025\t0555 000 001"), by=by, is_dry_run=True)

    assert kinds(result) == ["new"]
    assert next(pair for pair in result.rows[0].diff if pair[0] != pair[1]) == ("бош орун", "Үлгүбаев Асан")
    assert (Term.objects.count(), Person.objects.count()) == (0, 0)


def test_the_list_is_taken_and_the_second_time_nothing_changes(unit, by):
    rows = dataset("мисалдуйский а/о\tҮлгүбаев Асан\t01.03.2025\t0555 000 001\t+")
    take(rows, by=by, is_dry_run=False)

    term = heads()[0]
    assert (term.municipality, term.person.full_name, term.person.phone) == (unit, "Үлгүбаев Асан", "+996555000001")
    assert (term.starts_on, term.is_acting, term.basis) == (date(2025, 3, 1), True, "тизме боюнча")
    history = Term.history.count()
    assert kinds(take(rows, by=by, is_dry_run=False)) == ["skip"]
    assert (Term.objects.count(), Person.objects.count(), Term.history.count()) == (1, 1, history)


def test_another_head_ends_the_old_ones_term(unit, by):
    old = appoint(municipality=unit, person=PersonFactory(), post=post(), starts_on=date(2024, 1, 1), by=by)
    result = take(dataset("Мисалдуу\tҮлгүбаев Асан\t01.03.2025"), by=by, is_dry_run=False)
    old.refresh_from_db()
    assert kinds(result) == ["update"]
    assert (old.ends_on, old.end_reason) == (date(2025, 3, 1), "тизме боюнча")
    assert [term.person.surname for term in heads()] == ["Үлгүбаев"]


def test_a_vacancy_ends_the_term_and_a_vacant_office_stays_so(unit, by):
    appoint(municipality=unit, person=PersonFactory(), post=post(), starts_on=date(2024, 1, 1), by=by)
    assert kinds(take(dataset("Мисалдуу\tвакансия"), by=by, is_dry_run=False)) == ["update"]
    assert heads() == []
    assert kinds(take(dataset("Мисалдуу\tбош орун"), by=by, is_dry_run=False)) == ["skip"]


def test_an_acting_head_who_is_confirmed_gets_a_new_term(unit, by):
    rows = "Мисалдуу\tҮлгүбаев Асан\t{}\t\t{}"
    take(dataset(rows.format("01.03.2025", "ооба")), by=by, is_dry_run=False)
    take(dataset(rows.format("01.06.2025", "жок")), by=by, is_dry_run=False)
    terms = Term.objects.order_by("starts_on").values_list("is_acting", "starts_on", "ends_on")
    assert list(terms) == [(True, date(2025, 3, 1), date(2025, 6, 1)), (False, date(2025, 6, 1), None)]
    assert Person.objects.count() == 1


def test_what_the_list_leaves_out_stays(unit, by):
    take(dataset("Мисалдуу\tҮлгүбаев Асан\t01.03.2025\t0555000001\tооба"), by=by, is_dry_run=False)
    again = dataset("Мисалдуу\tУлгубаев Асан", headings="Муниципалитет\tФИО")
    assert kinds(take(again, by=by, is_dry_run=False)) == ["skip"]


def test_a_contact_and_a_day_are_put_right_in_place(unit, by):
    take(dataset("Мисалдуу\tҮлгүбаев Асан\t01.03.2025\t0555000001"), by=by, is_dry_run=False)
    take(dataset("Мисалдуу\tҮлгүбаев Асан\t01.02.2025\t0555000002"), by=by, is_dry_run=False)
    term = Term.objects.get()
    assert (term.starts_on, term.person.phone) == (date(2025, 2, 1), "+996555000002")


def test_nothing_is_written_when_any_row_is_broken(unit, by):
    other = MunicipalityFactory(name_ky="Башкалуу айыл аймагы", name_ru="Башкалуу")
    result = take(
        dataset("Мисалдуу\tҮлгүбаев Асан\t01.03.2025", f"{other.name_ky}\tСынаков Үлгү\tэртең"),
        by=by,
        is_dry_run=False,
    )
    assert kinds(result) == ["new", "error"]
    assert (Term.objects.count(), Person.objects.count()) == (0, 0)


def test_a_name_of_two_municipalities_is_asked_back_until_the_district_is_named(by):
    districts = [DistrictFactory(name_ky=f"{name} району", name_ru=f"{name}ский район") for name in ("Лейлек", "Аксый")]
    units = [
        MunicipalityFactory(name_ky="Ак-Суу айыл аймагы", name_ru="Ак-Сууский", oblast=place.oblast, district=place)
        for place in districts
    ]
    asked = take(dataset("Ак-Суу\tҮлгүбаев Асан"), by=by, is_dry_run=False)
    assert all(unit.full_name in errors(asked)[0] for unit in units)

    rows = dataset("Аксыйский район\tАк-Суу\tҮлгүбаев Асан", headings="Район\tАО\tФИО")
    assert errors(take(rows, by=by, is_dry_run=False)) == []
    assert heads()[0].municipality == units[1]


@pytest.mark.parametrize(
    "row",
    [
        "Жок жер\tҮлгүбаев Асан",
        "Мисалдуу\t",
        "Мисалдуу\tҮлгүбаев Асан\tэртең",
        "Мисалдуу\tҮлгүбаев Асан\t01.03.2025\t12",
        "Мисалдуу\tҮлгүбаев Асан\t01.03.2025\t\tбалким",
        "\tҮлгүбаев Асан",
    ],
)
def test_a_row_that_is_not_understood_is_an_error_of_that_row(unit, by, row):
    result = take(dataset(row), by=by, is_dry_run=True)
    assert kinds(result) == ["error"]
    assert len(errors(result)) == 1


def test_one_municipality_twice_in_a_list_is_asked_back(unit, by):
    result = take(dataset("Мисалдуу\tҮлгүбаев Асан", "Мисалдуйский\tСынаков Үлгү"), by=by, is_dry_run=False)
    assert "2" in errors(result)[0]
    assert heads() == []


def test_a_deputy_is_no_head(unit, by):
    rows = dataset("Мисалдуу\tҮлгүбаев Асан\tзам. главы", headings="АО\tФИО\tДолжность")
    assert len(errors(take(rows, by=by, is_dry_run=True))) == 1


def test_a_namesake_from_elsewhere_is_somebody_new_until_staff_say_otherwise(unit, by):
    elsewhere = MunicipalityFactory()
    person = Person.from_full_name("Үлгүбаев Асан", phone="+996555000009")
    appoint(municipality=elsewhere, person=person, post=post(), starts_on=date(2020, 1, 1), by=by)
    take(dataset("Мисалдуу\tҮлгүбаев Асан\t01.03.2025\t0555000001"), by=by, is_dry_run=False)
    assert Person.objects.named("Үлгүбаев Асан").count() == 2


def test_by_the_same_phone_it_is_the_same_person(unit, by):
    person = Person.from_full_name("Үлгүбаев Асан", phone="+996555000009")
    person.save()
    take(dataset("Мисалдуу\tҮлгүбаев Асан\t01.03.2025\t0555000009"), by=by, is_dry_run=False)
    assert heads()[0].person == person


def test_a_table_without_headings_is_refused():
    with pytest.raises(HeadsNotReadable):
        heads_dataset(read_text("Мисалдуу\tҮлгүбаев Асан\nБашкалуу\tСынаков Үлгү"))


def test_the_workbook_that_is_exported_is_read_back_without_a_change(by):
    oblast = OblastFactory()
    units = [
        MunicipalityFactory(
            oblast=oblast, district=DistrictFactory(oblast=oblast), name_ky=f"{name} айыл аймагы", name_ru=name
        )
        for name in ("Мисалдуу", "Башкалуу", "Бошотулган")
    ]
    for unit, is_acting in zip(units[:2], (True, False), strict=True):
        person = PersonFactory(phone="+996555000001", email="head@example.org")
        appoint(municipality=unit, person=person, post=post(), starts_on=date(2025, 3, 1), is_acting=is_acting, by=by)
    content = heads_workbook(Municipality.objects.with_names().by_name())

    assert kinds(take(heads_dataset(read_file(content)), by=by, is_dry_run=True)) == ["skip"] * 3


def test_a_formula_in_a_name_stays_text(unit, by):
    person = PersonFactory(surname="=1+1", given_names="@SUM(A1)")
    appoint(municipality=unit, person=person, post=post(), starts_on=date(2025, 3, 1), by=by)
    from zipfile import ZipFile

    with ZipFile(BytesIO(heads_workbook([unit]))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_days_of_a_real_workbook_are_numbers_and_are_read(unit, by):
    output = BytesIO()
    with xlsxwriter.Workbook(output) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Муниципалитет", "ФИО", "Дата назначения"])
        sheet.write_row(1, 0, ["Мисалдуу", "Үлгүбаев Асан"])
        sheet.write_datetime(1, 2, date(2025, 3, 1), book.add_format({"num_format": "dd.mm.yyyy"}))
    take(heads_dataset(read_file(output.getvalue())), by=by, is_dry_run=False)
    assert heads()[0].starts_on == date(2025, 3, 1)

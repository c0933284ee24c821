"""Staff browse the tree and find units by any name; structure is read, words are mended."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from regions.models import Municipality, MunicipalityCode, MunicipalityName, NameKind, Succession
from tests.factories.accounts import staff_of
from tests.factories.regions import DistrictFactory, MunicipalityFactory, OblastFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:regions_municipality_changelist")


@pytest.fixture
def organiser(client):
    client.force_login(staff_of(Role.ORGANISER, language="ru"), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def analyst(client):
    client.force_login(staff_of(Role.ANALYST), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(unit):
    return reverse("admin:regions_municipality_change", args=[unit.pk])


def found(client, **query):
    response = client.get(LIST, query)
    assert response.status_code == 200
    return {unit.uid for unit in response.context["cl"].result_list}


def test_a_unit_is_found_by_any_spelling_of_any_name(organiser):
    unit = MunicipalityFactory(uid="found", name_ky="Көк-Жар айыл аймагы", name_ru="Кек-Джарский айылный аймак")
    MunicipalityName.objects.create(municipality=unit, kind=NameKind.FORMER, name_ky="Эски айыл аймагы")
    MunicipalityCode.objects.create(municipality=unit, code="41706207830000")
    MunicipalityFactory()
    for text in ("Көк-Жар", "кокжар", "Кек-Жарский", "эски", "41706207830000"):
        assert found(organiser, q=text) == {"found"}
    for text in ("%", "_", "'", "nothing of the kind", "9" * 5000):
        assert organiser.get(LIST, {"q": text}).status_code == 200


def test_the_list_is_narrowed_by_life_and_place(organiser):
    alive = MunicipalityFactory(uid="alive")
    MunicipalityFactory(uid="closed", alive_to="2020-01-01", alive_to_precision="year")
    assert found(organiser, life="alive") == {"alive"}
    assert found(organiser, life="closed") == {"closed"}
    assert found(organiser, district=alive.district_id) == {"alive"}
    assert found(organiser, oblast__id__exact=alive.oblast_id) == {"alive"}
    assert found(organiser, district="x" * 50) == {"alive", "closed"}


def test_the_list_says_that_the_register_is_incomplete(organiser):
    assert "2024" in organiser.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(organiser, django_assert_max_num_queries, count):
    MunicipalityFactory.create_batch(count)
    with django_assert_max_num_queries(11) as queries:
        organiser.get(LIST)
    if count == 1:
        MunicipalityFactory.create_batch(2)
        with django_assert_max_num_queries(len(queries)):
            organiser.get(LIST)


@pytest.mark.parametrize("model", ["oblast", "district", "post"])
def test_other_lists_cost_the_same_for_any_number_of_rows(organiser, django_assert_max_num_queries, model):
    DistrictFactory()
    with django_assert_max_num_queries(10) as queries:
        organiser.get(reverse(f"admin:regions_{model}_changelist"))
    DistrictFactory.create_batch(2)
    with django_assert_max_num_queries(len(queries)):
        assert organiser.get(reverse(f"admin:regions_{model}_changelist")).status_code == 200


def test_the_tree_leads_from_oblast_to_municipalities(organiser):
    unit = MunicipalityFactory(uid="leaf")
    MunicipalityFactory(oblast=unit.oblast, district=unit.district, alive_to="2020-01-01", alive_to_precision="year")
    page = organiser.get(reverse("admin:regions_oblast_changelist")).content.decode()
    link = f"{LIST}?oblast__id__exact={unit.oblast_id}&amp;life=alive"
    assert f'<a href="{link}">1</a>' in page
    districts = organiser.get(reverse("admin:regions_district_changelist"), {"q": unit.district.name_ky})
    assert f'<a href="{LIST}?district={unit.district_id}&amp;life=alive">1</a>' in districts.content.decode()


def test_a_page_shows_names_codes_and_what_became_of_the_unit(organiser):
    old, new = MunicipalityFactory(name_ru="Старый"), MunicipalityFactory(name_ru="Новый")
    Succession.objects.create(predecessor=old, successor=new, kind="merged", on="2024-01-01", on_precision="by")
    MunicipalityCode.objects.create(municipality=old, code="41706207830000")
    page = organiser.get(page_of(old)).content.decode()
    for words in ("41706207830000", "Новый", "не позднее 2024 года"):
        assert words in page
    assert "Старый" in organiser.get(page_of(new)).content.decode()


def submitted(unit, **changed):
    data = {"name_ky": unit.name_ky, "name_ru": unit.name_ru, "name_en": "", "note": ""}
    for rows in ("names", "codes", "origins", "successions"):
        data |= {f"{rows}-TOTAL_FORMS": 0, f"{rows}-INITIAL_FORMS": 0}
    return data | changed


def test_a_word_is_mended_and_history_says_who(organiser):
    unit = MunicipalityFactory()
    response = organiser.post(page_of(unit), submitted(unit, name_ky="Оңдолгон айыл аймагы"))
    assert response.status_code == 302
    unit.refresh_from_db()
    assert unit.name_ky == "Оңдолгон айыл аймагы"
    assert unit.history.latest().history_user.username == "one-organiser"


def test_another_spelling_is_added(organiser):
    unit = MunicipalityFactory()
    row = {"names-TOTAL_FORMS": 1, "names-0-kind": "variant", "names-0-name_ky": "Башкача айыл аймагы"}
    organiser.post(page_of(unit), submitted(unit, **row))
    assert found(organiser, q="башкача") == {unit.uid}


def test_a_date_without_its_precision_is_refused_with_a_sentence(organiser):
    unit = MunicipalityFactory()
    row = {"names-TOTAL_FORMS": 1, "names-0-kind": "former", "names-0-name_ky": "Эски"}
    row["names-0-valid_to"] = "01.01.2020"
    response = organiser.post(page_of(unit), submitted(unit, **row))
    assert response.status_code == 200
    assert not unit.names.exists()


def test_structure_comes_from_files_and_not_by_hand(organiser):
    unit, other = MunicipalityFactory(), OblastFactory()
    forged = {"oblast": other.pk, "kind": "city_oblast", "uid": "forged", "alive_to": "2020-01-01"}
    organiser.post(page_of(unit), submitted(unit, **forged))
    stored = Municipality.objects.get(pk=unit.pk)
    assert (stored.uid, stored.oblast_id, stored.kind, stored.alive_to) == (unit.uid, unit.oblast_id, unit.kind, None)
    assert organiser.get(reverse("admin:regions_municipality_add")).status_code == 403
    assert organiser.post(reverse("admin:regions_municipality_delete", args=[unit.pk])).status_code == 403


def test_who_may_only_look_changes_nothing(analyst):
    unit = MunicipalityFactory()
    assert analyst.get(page_of(unit)).status_code == 200
    assert analyst.post(page_of(unit), submitted(unit, name_ky="Башка")).status_code == 403


def test_every_page_of_the_tree_opens(organiser):
    unit = MunicipalityFactory()
    for model, key in (("oblast", unit.oblast_id), ("district", unit.district_id), ("municipality", unit.pk)):
        assert organiser.get(reverse(f"admin:regions_{model}_change", args=[key])).status_code == 200
        assert organiser.get(reverse(f"admin:regions_{model}_history", args=[key])).status_code == 200


@pytest.mark.usefixtures("register")
def test_the_loaded_files_are_listed(organiser):
    page = organiser.get(reverse("admin:regions_loadedfile_changelist"))
    assert "municipalities.csv" in page.content.decode()

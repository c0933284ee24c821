"""Which document comes first, for queries as people type them."""

import pytest

from materials import search
from materials.models import Document
from tests.materials import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The corpus, once for all queries."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        corpus.fill()
        yield
        transaction.set_rollback(True)


def slugs(typed, **choices):
    found = search.find(typed, choices)
    known = dict(Document.objects.values_list("pk", "slug"))
    return [known[pk] for pk in found.documents]


QUERIES = {
    # Kyrgyz, as it stands and inflected
    "жергиликтүү демилгелер": "initiatives",
    "демилгелерди каржылоо": "initiatives",
    "демилге": "initiatives",
    "демилгелердин тартиби": "initiatives",
    "мониторинг жана баалоо": "monitoring",
    "мониторингди": "monitoring",
    "биргелешкен баалоого": "monitoring",
    "кызмат көрсөтүүнү жакшыртуу": "services",
    "усулдук колдонмосу": "services",
    "иш-аракеттер планы": "services",
    "бюджеттик угуу": "budget-hearings",
    "угуулардын": "budget-hearings",
    "жарандык бюджеттин үлгүсү": "citizens-budget",
    "бузуулар жөнүндө кодекс": "offences",
    "кодекстин": "offences",
    "түндүк": "tunduk",
    "туруктуу өнүктүрүүнүн максаты": "sdg",
    "ыктыярдуу серептен": "sdg",
    "жамааттын уставынан": "charter",
    "жер": "land",
    "жерди ижарага": "land",
    "таза суу": "water",
    "суунун": "water",
    "кызматташуунун келишими": "cooperation",
    "социалдык экономикалык өнүгүү": "development-programme",
    "сатып алууларды": "procurement",
    "аялдар": "gender",
    "муниципалдык кызмат мыйзамы": "personnel",
    "калдыктардан": "waste",
    "кайрылууларга": "appeals",
    # Kyrgyz without its letters, with the wrong one, apart, in capitals
    "бюджеттик угууларды откоруу": "budget-hearings",
    "кызмат корсотуулорду жакшыртуу": "services",
    "тундук тутуму": "tunduk",
    "туруктуу онуктуруу": "sdg",
    "айыл окмоту учун сатып алуулар": "procurement",
    "КЕҢЕШТЕРГЕ КАТЫШУУ": "gender",
    "муниципалитеттер аралык кызматташуу": "cooperation",
    "иш аракеттер планын": "services",
    "өңүгүү программасы": "development-programme",
    # Russian, inflected
    "положение об отборе инициатив": "initiatives",
    "финансированию местных инициатив": "initiatives",
    "совместным мониторингом": "monitoring",
    "вовлечение гражданами": "monitoring",
    "методические руководства": "services",
    "план улучшения услуг": "services",
    "ПДУУ": "services",
    "бюджетное слушание": "budget-hearings",
    "бюджетом для граждан": "citizens-budget",
    "о нарушениях": "offences",
    "кодексу": "offences",
    "электронным взаимодействием": "tunduk",
    "цель устойчивого развития": "sdg",
    "уставы сообществ": "charter",
    "аренда земли": "land",
    "питьевой воде": "water",
    "межмуниципальные договоры": "cooperation",
    "закупка": "procurement",
    "женщины": "gender",
    "закон муниципальная служба": "personnel",
    "твердые бытовые отходы": "waste",
    "обращение гражданина": "appeals",
    # What only stands in the files
    "штраф": "offences",
    "протоколы": "offences",
    "курултайга": "charter",
    "аттестацию": "personnel",
    "мусоровозы": "waste",
    "тарифы": "water",
    "матрица приоритетов": "services",
    "таштанды ташуучу": "waste",
    "пастбище": "land",
    "тендеры": "procurement",
    # Heading and file together, both languages together
    "положение карточки": "monitoring",
    "тундук справка": "tunduk",
    "закон аттестация": "personnel",
    # Numbers
    "01-24/19": "charter",
    "№ 75": "personnel",
    # Slips of the hand
    "монитринг": "monitoring",
    "мониторнг оценк": "monitoring",
    "демилгерди": "initiatives",
    "методичиское рукаводство": "services",
    "бюджетые слушаня": "budget-hearings",
    "межмуницпальное": "cooperation",
    "нарушенеях": "offences",
    "сотрудничевство": "cooperation",
    "инициатыв": "initiatives",
    "кызматашуу": "cooperation",
    "калдыктрды": "waste",
    "саатып алулар": "procurement",
    "програма развитя": "development-programme",
    "обращенй": "appeals",
    "бюжит для граждан": "citizens-budget",
    # Typed in Latin letters that look the same
    "кoдeкc": "offences",
}


@pytest.mark.parametrize(("typed", "first"), QUERIES.items())
def test_the_document_that_is_meant_comes_first(library, typed, first):
    assert slugs(typed)[:1] == [first]

"""Names of people who do not exist, and look it."""

import random

# From «мисал», «үлгү», «сынак», «пример», «образец»: no family has these names.
SURNAMES = (
    "Мисалбаев",
    "Үлгүбаев",
    "Сынакбаев",
    "Байкообаев",
    "Көргөзмөев",
    "Тажрыйбаев",
    "Машыгуев",
    "Долбооров",
    "Примеров",
    "Образцов",
    "Өрнөкбаев",
    "Чыйырбаев",
)
MEN = ("Асан", "Үсөн", "Бакыт", "Нурлан", "Өмүрбек", "Жыргал", "Эрмек", "Туратбек", "Мырзабек", "Канат")
WOMEN = ("Айгүл", "Гүлзат", "Бүбүсара", "Жылдыз")
FATHERS = ("Мисал", "Үлгү", "Сынак", "Өрнөк", "Пример")
WOMEN_IN_TEN = 1


def full_name(chance: random.Random) -> str:
    """A full name as it is written in Kyrgyzstan: surname, given name, whose son or daughter."""
    is_woman = chance.randrange(10) < WOMEN_IN_TEN
    surname, given, father = (
        chance.choice(SURNAMES),
        chance.choice(WOMEN if is_woman else MEN),
        chance.choice(FATHERS),
    )
    return f"{surname}{'а' if is_woman else ''} {given} {father} {'кызы' if is_woman else 'уулу'}"

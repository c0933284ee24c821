"""What releases are made of."""

from itertools import cycle, islice

from participants.models import Registration
from participants.states import State
from regions.models import Municipality, OblastKind
from tests.factories.participants import PersonFactory, post


def attend(seminar, municipalities, people):
    """So many people came, from these municipalities in turn; online, where no seat is needed."""
    Registration.objects.bulk_create(
        Registration(
            seminar=seminar,
            person=PersonFactory(),
            municipality=municipality,
            oblast=municipality.oblast,
            post=post(),
            full_name="Үлгүбаев Асан",
            state=State.ATTENDED,
            mode=Registration.Mode.ONLINE,
        )
        for municipality in islice(cycle(municipalities), people)
    )


def from_each_oblast(number):
    """So many municipalities of the register, spread over the seven oblasts."""
    aimaks = Municipality.objects.filter(oblast__kind=OblastKind.OBLAST).select_related("oblast").order_by("uid")
    by_oblast = {}
    for aimak in aimaks:
        by_oblast.setdefault(aimak.oblast_id, []).append(aimak)
    rounds = zip(*by_oblast.values(), strict=False)
    return list(islice((aimak for row in rounds for aimak in row), number))

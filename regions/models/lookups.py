"""How units are ordered and searched by name, whichever table they are in."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, NullIf

from core.expressions import FoldName, SortKeyKy
from core.folding import fold_name

Units = TypeVar("Units", bound=models.QuerySet[Any])


def by_alphabet(prefix: str = "") -> SortKeyKy:
    """The Kyrgyz alphabet's order of the name; the Russian name stands in for a missing Kyrgyz one."""
    name_ky = NullIf(F(f"{prefix}name_ky"), models.Value(""))
    return SortKeyKy(Coalesce(name_ky, F(f"{prefix}name_ru")))


def units_named(units: Units, text: str) -> Units:
    """The units with a name that holds the text, both folded; of digits, with a code that begins so."""
    every = units.model._default_manager
    if text.strip().isdecimal():
        return units.filter(pk__in=every.filter(codes__code__startswith=text.strip()).values("pk"))
    folded = fold_name(text)
    present = every.alias(ky=FoldName("name_ky"), ru=FoldName("name_ru"))
    former = every.alias(ky=FoldName("names__name_ky"), ru=FoldName("names__name_ru"))
    holds = Q(ky__contains=folded) | Q(ru__contains=folded)
    # Two searches joined, not one condition with OR: each can use its trigram index.
    return units.filter(pk__in=present.filter(holds).values("pk").union(former.filter(holds).values("pk")))

"""Every address of the portal, read from the URL configuration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admindocs.views import simplify_regex
from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
ADMIN_RECORD = re.compile(r"^/admin/(?P<app>\w+)/(?P<model>\w+)/<")


@dataclass(frozen=True)
class Address:
    """One pattern, written as people read it: `/admin/seminars/seminar/<object_id>/change/`."""

    route: str

    def filled(self, examples: dict[str, Any]) -> str:
        """The path with a value for each parameter; `app.model` of the examples stands for a record in the admin."""
        match = ADMIN_RECORD.match(self.route)
        record = examples[f"{match['app']}.{match['model']}"] if match else None

        def value(parameter: re.Match[str]) -> str:
            name = parameter[1]
            return str(record if match and name in ("object_id", "pk", "id") else examples[name])

        return PARAMETER.sub(value, self.route)


def addresses() -> list[Address]:
    """All addresses; those under a language prefix once, in Kyrgyz."""
    routes = {PARAMETER.sub(r"<\1>", simplify_regex(route)) for route in _routes(get_resolver().url_patterns, "")}
    return [Address(route) for route in sorted(routes)]


def _routes(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route

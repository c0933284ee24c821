"""What a registration remembers of the day on which it was made."""

from typing import Any

from core.folding import fold_name
from core.languages import LANGUAGES
from regions.models import Municipality, Post


def snapshot(*, full_name: str, post: Post, municipality: Municipality | None) -> dict[str, Any]:
    """Fields of a registration that say who, in what post, of which municipality and group; in both languages."""
    fields: dict[str, Any] = {
        "full_name": full_name,
        "folded_name": fold_name(full_name),
        "post": post,
        "municipality": municipality,
        "oblast": municipality.oblast if municipality else None,
    }
    for language in LANGUAGES:
        fields[f"post_title_{language}"] = post.title(municipality, language)
        fields[f"municipality_name_{language}"] = getattr(municipality, f"name_{language}") if municipality else ""
        fields[f"oblast_name_{language}"] = getattr(municipality.oblast, f"name_{language}") if municipality else ""
    return fields

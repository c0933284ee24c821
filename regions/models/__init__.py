"""The register of the country's municipalities: where they are, how they are and were called, what became of them."""

from regions.models.loads import LoadedFile
from regions.models.naming import DistrictCode, DistrictName, MunicipalityCode, MunicipalityName, NameKind
from regions.models.places import District, Municipality, MunicipalityKind, Oblast, OblastKind
from regions.models.posts import Post
from regions.models.succession import Succession, SuccessionKind

__all__ = [
    "District",
    "DistrictCode",
    "DistrictName",
    "LoadedFile",
    "Municipality",
    "MunicipalityCode",
    "MunicipalityKind",
    "MunicipalityName",
    "NameKind",
    "Oblast",
    "OblastKind",
    "Post",
    "Succession",
    "SuccessionKind",
]

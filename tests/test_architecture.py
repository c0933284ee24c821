"""The shape of the house, where imports cannot show it: rooms, sizes, and which way models point."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Field

ROOT = Path(__file__).resolve().parent.parent
# From the ground up; an app knows those before it. regions and outbox share a floor and do not know each other.
FLOORS = (
    {"core"},
    {"regions", "outbox"},
    {"accounts"},
    {"seminars"},
    {"participants"},
    {"attendance"},
    {"materials"},
    {"press"},
    {"reports"},
    {"gamsumo_portal"},
)
FREE = {"core", "gamsumo_portal"}  # these two name their modules as they like
MODULES = {
    "__init__",
    "admin",
    "apps",
    "documents",
    "emails",
    "exceptions",
    "feeds",
    "forms",
    "management",
    "migrations",
    "models",
    "policies",
    "resources",
    "services",
    "sitemaps",
    "tasks",
    "templatetags",
    "urls",
    "views",
}
# Pure modules named by a noun of the field, where a rule deserves a room of its own.
NOUNS = {
    "accounts": {"middleware", "roles"},
    "materials": {
        "buckets",
        "demonstration",
        "inspection",
        "reading",
        "recipients",
        "scanner",
        "search",
        "serving",
        "sharing",
        "storing",
    },
    "outbox": {"delivery", "letters", "transport"},
    "participants": {
        "actors",
        "addressees",
        "answers",
        "audience",
        "board",
        "demonstration",
        "listing",
        "names",
        "phones",
        "queue",
        "seating",
        "snapshots",
        "spreadsheets",
        "states",
    },
    "press": {"demonstration", "differences", "drafting", "figures", "gaps", "grammar", "parts", "pictures", "states"},
    "regions": {"gazetteer", "matching", "partial_dates", "register"},
    "seminars": {"addresses", "demonstration", "quotas", "readiness"},
}
DRAWERS = {"utils", "util", "helpers", "signals", "selectors", "constants", "managers", "common", "misc"}
LONGEST_MODULE, LONGEST_TEMPLATE = 400, 160

PROJECT_APPS = sorted(app for floor in FLOORS for app in floor if (ROOT / app / "__init__.py").is_file())


def floor_of(app: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if app in floor)


def python_files() -> list[Path]:
    folders = [*PROJECT_APPS, "scripts", "tests"]
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def test_every_package_of_the_checkout_has_its_floor() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(PROJECT_APPS)


def test_import_linter_knows_every_app_and_the_same_floors() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert sorted(settings["root_packages"]) == PROJECT_APPS
    layers = next(contract for contract in settings["contracts"] if contract["id"] == "layers")["layers"]
    floors = [set(layer.strip("()").replace(" ", "").split("|")) for layer in layers]
    assert floors == list(reversed(FLOORS))


@pytest.mark.parametrize("app", [app for app in PROJECT_APPS if app not in FREE])
def test_an_app_has_only_the_modules_that_the_house_names(app: str) -> None:
    modules = {path.stem for path in (ROOT / app).glob("*.py")}
    packages = {path.parent.name for path in (ROOT / app).glob("*/__init__.py")}
    assert modules | packages <= MODULES | NOUNS.get(app, set())


def test_no_module_is_a_drawer_for_all_sorts() -> None:
    names = {path: {path.stem, *path.relative_to(ROOT).parts[:-1]} for path in python_files()}
    assert [str(path) for path, parts in names.items() if parts & DRAWERS] == []


def test_a_module_fits_in_the_head() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in python_files() if "migrations" not in path.parts}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_a_template_fits_in_the_head() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in (ROOT / "templates").rglob("*.html")}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_TEMPLATE} == {}


def relations() -> list[tuple[Field, str, str]]:
    """Return the fields of our models that point to our models, with the apps of both ends."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_parents=False):
            forward = field.is_relation and not field.auto_created and field.related_model is not None
            if forward and {model._meta.app_label, field.related_model._meta.app_label} <= set(PROJECT_APPS):
                found.append((field, model._meta.app_label, field.related_model._meta.app_label))
    return found


def test_no_relation_between_models_points_upwards() -> None:
    assert relations(), "the models of the project are known"
    # The user model is Django's own interface, AUTH_USER_MODEL: whoever records who did something points to it.
    wrong = [
        str(field)
        for field, own, other in relations()
        if own != other and floor_of(other) >= floor_of(own) and field.related_model is not get_user_model()
    ]
    assert wrong == []

"""Nothing is left in English: neither in the catalogues, nor on a page that anyone sees."""

import ast
import gettext
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client

from regions.models import Oblast
from seminars.models import Seminar
from tests.access.examples import make_examples
from tests.factories.accounts import superuser
from tests.factories.seminars import SeminarFactory

LANGUAGES = ("ky", "ru")
# Our own messages, and those of packages that people see.
CATALOGUES = [(folder, language) for folder in settings.LOCALE_PATHS for language in LANGUAGES]
ENTRY = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")


@dataclass
class Message:
    """An entry of a catalogue."""

    fields: dict[str, str] = field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def translations(self) -> list[str]:
        return [text for name, text in self.fields.items() if name.startswith("msgstr")]

    @property
    def key(self) -> str:
        """What gettext looks the entry up by."""
        context = self.fields.get("msgctxt")
        return f"{context}\x04{self.fields['msgid']}" if context else self.fields["msgid"]


def catalogue_path(folder, language, suffix):
    return folder / language / "LC_MESSAGES" / f"django.{suffix}"


def read_catalogue(folder, language):
    """The entries of a .po file, without the header and what is obsolete."""
    entries = []
    for block in catalogue_path(folder, language, "po").read_text(encoding="utf-8").split("\n\n"):
        message, name = Message(), ""
        for line in block.splitlines():
            if match := ENTRY.match(line):
                name, text = match.groups()
                message.fields[name] = ast.literal_eval(text)
            elif line.startswith('"'):
                message.fields[name] += ast.literal_eval(line)
            elif line.startswith("#,"):
                message.is_fuzzy = "fuzzy" in line
        if message.fields.get("msgid"):
            entries.append(message)
    return entries


def read_compiled(folder, language):
    with catalogue_path(folder, language, "mo").open("rb") as file:
        return gettext.GNUTranslations(file)


# --- The catalogues ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("folder", "language"), CATALOGUES)
def test_every_message_is_translated(folder, language):
    entries = read_catalogue(folder, language)
    assert len(entries) > 10
    assert [entry.fields["msgid"] for entry in entries if entry.is_fuzzy or not all(entry.translations)] == []


def test_both_languages_have_the_same_messages_of_ours():
    ours = settings.LOCALE_PATHS[0]
    ky, ru = ({entry.key for entry in read_catalogue(ours, language)} for language in LANGUAGES)
    assert ky ^ ru == set()


@pytest.mark.parametrize(("folder", "language"), CATALOGUES)
def test_the_compiled_catalogue_is_fresh(folder, language):
    compiled = read_compiled(folder, language)._catalog
    expected = {}
    for entry in read_catalogue(folder, language):
        if "msgid_plural" in entry.fields:
            expected |= {(entry.key, number): text for number, text in enumerate(entry.translations)}
        else:
            expected[entry.key] = entry.translations[0]
    compiled.pop("", None)
    assert compiled == expected


@pytest.mark.parametrize(("folder", "language"), CATALOGUES)
def test_a_translation_fills_in_what_the_message_does(folder, language):
    wrong = []
    for entry in read_catalogue(folder, language):
        wanted = {
            frozenset(PLACEHOLDER.findall(entry.fields[name]))
            for name in ("msgid", "msgid_plural")
            if name in entry.fields
        }
        wrong += [text for text in entry.translations if frozenset(PLACEHOLDER.findall(text)) not in wanted]
    assert wrong == []


# --- The pages --------------------------------------------------------------------------------------------------------


class VisibleText(HTMLParser):
    """The pieces of text that a page shows, says in a title or offers to screen readers."""

    SILENT = ("script", "style", "template")
    SPOKEN = ("alt", "aria-label", "placeholder", "title")

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in self.SILENT
        self.pieces += [value for name, value in attrs if name in self.SPOKEN and value]
        # What a <button> says stands between its tags; its value is for the portal alone.
        if tag == "input" and dict(attrs).get("type") in ("submit", "button"):
            self.pieces.append(dict(attrs).get("value") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT

    def handle_data(self, data):
        if not self.silent:
            self.pieces.append(data)


# Three words of English in a row; two may be a name.
ENGLISH = re.compile(r"\b[A-Za-z][a-z']+(?:[ ,]+[a-z][a-z']*){2,}")


def english_on(html, msgids):
    """The English on a page: messages of ours that stand there as they are, and any run of three Latin words."""
    reader = VisibleText()
    reader.feed(html)
    pieces = [" ".join(piece.split()) for piece in reader.pieces]
    return sorted({piece for piece in pieces if piece in msgids or ENGLISH.search(piece)})


@pytest.fixture(scope="module")
def msgids():
    """Messages in English that a translation may not repeat."""
    entries = read_catalogue(settings.LOCALE_PATHS[0], "ru")
    assert len(entries) > 500
    return {entry.fields["msgid"] for entry in entries if entry.fields["msgid"] not in entry.translations}


@pytest.fixture
def examples(db):
    for phase in ({"not_open": True}, {"closed": True}, {"past": True}, {"cancelled": True}, {"seats": 0}):
        SeminarFactory(**phase)
    return make_examples()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_shows_english(client, examples, msgids, language):
    seminars = [f"seminars/{slug}/" for slug in Seminar.objects.published().values_list("slug", flat=True)]
    group = Oblast.objects.values_list("uid", flat=True)[0]
    register = [f"{page}register/{query}" for page in seminars for query in ("", f"?group={group}")]
    personal = [f"registrations/{examples['token']}/{page}" for page in ("", "cancel/", "contacts/", "about/")]
    pages = ["", "seminars/", "privacy/", "accessibility/", "registrations/find/", *seminars, *register, *personal]
    found = {}
    for page in pages:
        for method in (client.get, client.post):
            response = method(f"/{language}/{page}", follow=True)
            # A page that takes no POST has no words for it.
            if response.status_code != 405 and (english := english_on(response.content.decode(), msgids)):
                found[f"{method.__name__} {page}"] = english
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_admin_shows_english(examples, msgids, language):
    client = Client()
    user = superuser()
    user.language = language
    user.save()
    client.force_login(user)
    found, read = {}, 0
    for model in admin.site._registry:
        label = model._meta.label_lower
        base = f"/admin/{label.replace('.', '/')}/"
        for page in (base, f"{base}add/", f"{base}{examples[label]}/change/", f"{base}{examples[label]}/history/"):
            response = client.get(page)
            read += response.status_code == 200
            if response.status_code == 200 and (english := english_on(response.content.decode(), msgids)):
                found[page] = english
    assert found == {}
    # Some may not be added by hand; all others were read.
    assert read > 3 * len(admin.site._registry)


def test_english_is_seen():
    html = '<p>Катталуу</p><p>Something went wrong here</p><input type="submit" value="Save and go on">'
    assert english_on(html, {"Save"}) == ["Save and go on", "Something went wrong here"]
    assert english_on("<p>Save</p><p>Отдел Public Service, BBC</p>", {"Save"}) == ["Save"]

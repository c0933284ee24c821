from pathlib import Path

import pytest

from participants.listing import PostReader, Scope, judge, read_tables
from participants.models import CoordinatorLink
from participants.spreadsheets import read_text
from regions import services
from regions.matching import Finder
from regions.models import Oblast, Post
from tests.factories.seminars import SeminarFactory

SHIPPED = Path(services.__file__).parent / "data"


@pytest.fixture
def register(db):
    """The register as the portal ships it."""
    services.load(services.open_files([SHIPPED]))


@pytest.fixture
def finder(register):
    return Finder()


@pytest.fixture
def seminar(register):
    return SeminarFactory(seats=500)


@pytest.fixture
def judged(finder, seminar):
    """Reads a pasted list and judges its rows, for the whole country or for a scope."""

    def judge_text(text, scope=None):
        posts = PostReader(Post.objects.all())
        rows = read_tables(read_text(text), finder, posts).rows
        return judge(rows, scope or Scope(seminar), finder=finder, posts=posts)

    return judge_text


@pytest.fixture
def link(seminar):
    """The link of Batken oblast."""
    return CoordinatorLink.objects.create(
        seminar=seminar, oblast=Oblast.objects.get(uid="batken-oblast"), name="Баткен облусундагы өкүлчүлүк"
    )

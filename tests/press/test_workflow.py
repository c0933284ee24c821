"""From a draft to a public text: the table of moves, four eyes, figures, gaps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from press import figures, services
from press.exceptions import (
    AnotherPersonMustApprove,
    NotAllowedNow,
    TextChangedMeanwhile,
    TextHasGaps,
    TextIsIncomplete,
    TextIsPublic,
)
from press.models import Correction, Release, ReleaseText, Revision
from press.states import State
from tests.factories.press import attend
from tests.factories.regions import MunicipalityFactory
from tests.factories.releases import approved_text, content, draft_text, person, scheduled_text, submitted_text
from tests.factories.seminars import SeminarFactory

pytestmark = pytest.mark.django_db


def withdrawn_text():
    text = approved_text()
    return services.withdraw(text=text, revision=text.revision, note="Ката бар.", by=person())


def change(text, columns):
    """What somebody could do past the services."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE press_releasetext SET {columns} WHERE id = %s", [text.pk])  # noqa: S608


def again(text):
    return ReleaseText.objects.get(pk=text.pk)


IN_STATE = {
    "draft": draft_text,
    "submitted": submitted_text,
    "scheduled": scheduled_text,
    "public": approved_text,
    "withdrawn": withdrawn_text,
}
MOVES = {
    "edit": lambda text: services.edit(
        text=text, revision=text.revision, content=content(headline="Башка баш сөз"), by=person()
    ),
    "submit": lambda text: services.submit(text=text, revision=text.revision, by=person()),
    "return": lambda text: services.return_to_draft(text=text, revision=text.revision, comment="Тактаңыз", by=person()),
    "approve": lambda text: services.approve(text=text, revision=text.revision, by=person()),
    "withdraw": lambda text: services.withdraw(text=text, revision=text.revision, note="Ката бар.", by=person()),
    "correct": lambda text: services.propose_correction(text=text, note="58 эмес, 57.", by=person()),
}
# What is possible in which state, and what the text is afterwards; everything else is refused.
POSSIBLE = {
    ("draft", "edit"): State.DRAFT,
    ("draft", "submit"): State.SUBMITTED,
    ("submitted", "edit"): State.DRAFT,
    ("submitted", "return"): State.DRAFT,
    ("submitted", "approve"): State.APPROVED,
    ("scheduled", "edit"): State.DRAFT,
    ("scheduled", "return"): State.DRAFT,
    ("public", "withdraw"): State.WITHDRAWN,
    ("public", "correct"): State.APPROVED,
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", IN_STATE)
def test_the_table_of_moves(state, move):
    text = IN_STATE[state]()
    before = again(text).state
    after = POSSIBLE.get((state, move))
    if after is None:
        with pytest.raises((NotAllowedNow, TextIsPublic)):
            MOVES[move](text)
        assert again(text).state == before
    else:
        MOVES[move](text)
        assert again(text).state == after


def test_who_submitted_or_last_edited_cannot_approve():
    writer, sender = person(), person()
    text = draft_text(by=writer)
    text = services.submit(text=text, revision=text.revision, by=sender)
    for somebody in (writer, sender):
        with pytest.raises(AnotherPersonMustApprove):
            services.approve(text=text, revision=text.revision, by=somebody)
    assert services.approve(text=text, revision=text.revision, by=person()).is_approved


@pytest.mark.parametrize("column", ["submitted_by_id", "last_editor_id"])
def test_the_database_refuses_an_approver_who_is_not_another_person(column):
    text = submitted_text()
    with pytest.raises(IntegrityError, match="another_person_approves"), transaction.atomic():
        change(
            text,
            f"state = 'approved', approved_by_id = {column}, approved_at = now(), public_from = now(), edition = 1",
        )


@pytest.mark.parametrize("column", ["submitted_by_id", "last_editor_id"])
def test_the_approver_cannot_become_the_editor_of_what_was_approved(column):
    text = approved_text()
    with pytest.raises(IntegrityError, match="another_person_approves"), transaction.atomic():
        change(text, f"{column} = approved_by_id")


@pytest.mark.parametrize(
    ("make", "wrong", "constraint"),
    [
        (draft_text, "state = 'approved'", "a_text_is_a_draft_until_it_is_submitted"),
        (submitted_text, "state = 'published'", "text_state_is_known|an_approved_text_has"),
        (draft_text, "figures = '{}'", "a_text_is_a_draft_until_it_is_submitted"),
        (submitted_text, "state = 'approved'", "an_approved_text_has_its_approver_and_its_hour"),
        (approved_text, "public_from = NULL", "an_approved_text_has_its_approver_and_its_hour"),
        (approved_text, "state = 'withdrawn'", "a_withdrawn_text_says_who_when_and_why"),
        (approved_text, "state = 'draft'", "a_text_is_a_draft_until_it_is_submitted"),
        (draft_text, "language = 'en'", "a_text_is_in_ky_or_ru"),
        (draft_text, "headline = E'a\\nb'", "a_headline_is_one_line"),
    ],
)
def test_the_database_refuses_a_state_that_cannot_be(make, wrong, constraint):
    text = make()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        change(text, wrong)


def test_a_text_with_a_gap_is_not_submitted_wherever_the_gap_is():
    for fields in (
        {"lead": "Семинар [[кайда]] өттү."},
        {"quotes": [{"words": "[[цитата]]", "speaker": "Үлгүбаев", "post": "директор"}]},
        {"quotes": [{"words": "Жакшы", "speaker": "[[ким]]", "post": ""}]},
        {"documents": [{"title": "[[документ]]", "url": ""}]},
        {"support": "[[ ачык калды"},
    ):
        text = draft_text(**fields)
        with pytest.raises(TextHasGaps):
            services.submit(text=text, revision=text.revision, by=person())
        assert again(text).is_draft


@pytest.mark.parametrize("fields", [{"headline": ""}, {"lead": ""}, {"contacts": []}])
def test_a_text_without_what_every_release_has_is_not_submitted(fields):
    text = draft_text(**fields)
    with pytest.raises(TextIsIncomplete):
        services.submit(text=text, revision=text.revision, by=person())


def test_figures_are_live_in_a_draft_and_frozen_on_submission():
    seminar = SeminarFactory(past=True)
    units = MunicipalityFactory.create_batch(3)
    attend(seminar, units, 10)
    writer = person()
    release = services.draft_release(seminar=seminar, kind=Release.Kind.RESULT, by=writer)
    text = draft_text(release=release, by=writer)
    assert figures.of_text(text)["people"] == 10
    text = services.submit(text=text, revision=text.revision, by=writer)
    attend(seminar, units, 1)
    assert figures.of_text(again(text))["people"] == 10
    text = services.return_to_draft(text=text, revision=text.revision, comment="Дагы келишти", by=person())
    assert figures.of_text(again(text))["people"] == 11


def test_a_text_without_an_hour_is_public_once_it_is_approved():
    text = approved_text()
    assert text in ReleaseText.objects.public()
    assert text.public_from == text.approved_at


def test_an_hour_that_passed_before_approval_does_not_reach_back():
    text = submitted_text(public_from=timezone.now() - timedelta(hours=3))
    text = services.approve(text=text, revision=text.revision, by=person())
    assert text.public_from == text.approved_at


def test_an_edit_takes_submission_and_approval_away_and_saving_the_same_does_not():
    text = submitted_text()
    same = services.edit(text=text, revision=text.revision, content=content(), by=person())
    assert (same.state, same.revision) == (State.SUBMITTED, text.revision)
    changed = services.edit(text=text, revision=text.revision, content=content(lead="Башкача."), by=person())
    assert (changed.state, changed.submitted_by, changed.figures) == (State.DRAFT, None, None)


def test_the_second_saver_is_refused_and_the_first_version_stands():
    text = draft_text()
    services.edit(text=text, revision=text.revision, content=content(lead="Биринчи."), by=person())
    with pytest.raises(TextChangedMeanwhile):
        services.edit(text=text, revision=text.revision, content=content(lead="Экинчи."), by=person())
    assert again(text).lead == "Биринчи."


@pytest.mark.parametrize("move", ["submit", "approve", "return", "withdraw"])
def test_nobody_moves_a_version_that_he_has_not_seen(move):
    text = {"submit": draft_text, "withdraw": approved_text}.get(move, submitted_text)()
    ReleaseText.objects.filter(pk=text.pk).update(revision=text.revision + 1)
    with pytest.raises(TextChangedMeanwhile):
        MOVES[move](text)


def test_every_change_leaves_its_version_in_the_history():
    text = draft_text()
    text = services.submit(text=text, revision=text.revision, by=person())
    text = services.return_to_draft(text=text, revision=text.revision, comment="Цитата жок", by=person())
    events = list(text.history.values_list("event", flat=True))
    assert events == ["drafted", "edited", "submitted", "returned"]
    assert text.history.last().comment == again(text).comment == "Цитата жок"
    assert list(text.history.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Revision.objects.get(text=text, number=2).content["headline"] == "Сыноо иш-чарасы өттү"


def test_a_correction_is_read_only_after_another_person_approved_it():
    text, writer = approved_text(), person()
    correction = services.propose_correction(text=text, note="58 эмес, 57.", by=writer)
    assert not text.corrections.public().exists()
    with pytest.raises(AnotherPersonMustApprove):
        services.approve_correction(correction=correction, by=writer)
    services.approve_correction(correction=correction, by=person())
    assert [row.note for row in text.corrections.public()] == ["58 эмес, 57."]
    assert again(text).headline == text.headline


def test_the_database_refuses_a_correction_approved_by_its_writer():
    correction = services.propose_correction(text=approved_text(), note="58 эмес, 57.", by=person())
    with pytest.raises(IntegrityError, match="another_person_approves_a_correction"), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(approved_by=F("proposed_by"), approved_at=Now())


def test_only_a_correction_that_nobody_approved_can_be_dropped():
    correction = services.propose_correction(text=approved_text(), note="Ката.", by=person())
    services.approve_correction(correction=correction, by=person())
    with pytest.raises(NotAllowedNow):
        services.drop_correction(correction=correction)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_six_who_save_at_the_same_moment_one_is_stored_and_five_are_told():
    text, writers = draft_text(), [person() for _number in range(6)]
    together = Barrier(len(writers))

    def save(number):
        together.wait()
        try:
            typed = content(lead=f"Текст {number}")
            services.edit(text=text, revision=text.revision, content=typed, by=writers[number])
        except TextChangedMeanwhile:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(writers)) as pool:
        stored = list(pool.map(save, range(len(writers))))
    assert stored.count(True) == 1
    assert again(text).lead == f"Текст {stored.index(True)}"
    assert text.history.count() == text.revision + 1

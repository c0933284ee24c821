"""A visitor finds a document on a phone, without JavaScript, and takes files away: one, a part, all of a seminar."""

import io
import zipfile

from tests.e2e.library_pages import document, seminar_with_materials


def test_a_document_is_found_by_a_misspelt_word_and_its_file_taken_away(visitor):
    wanted = document(title_ky="Суу түтүктөрүн оңдоо", title_ru="Ремонт водопроводов")
    visitor.open("materials/")
    visitor.page.locator("main input[name=q]").fill("онддо" if visitor.language == "ky" else "водопровдов")
    visitor.page.locator("main form button[type=submit]").first.click()
    visitor.page.locator(f"main a[href$='/materials/{wanted.slug}/']").first.click()

    assert visitor.path == f"/{visitor.language}/materials/{wanted.slug}/"
    with visitor.page.expect_download() as download:
        visitor.page.locator("main a[href^='/files/']").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_all_that_a_seminar_handed_out_comes_in_one_zip(visitor):
    seminar = seminar_with_materials()
    visitor.open(f"seminars/{seminar.slug}/")
    with visitor.page.expect_download() as download:
        visitor.page.locator("main a[href$='materials.zip']").click()

    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 2

"""Uploading in a real browser: several files dropped at once, progress, refusals; and without JavaScript."""

import json
from base64 import b64encode
from pathlib import Path

import pytest

from materials.models import Document, File
from tests.e2e.test_staff_pages import staff, violations
from tests.factories.materials import EditionFactory, FileFactory
from tests.materials import samples

__all__ = ["staff"]

DROP = """([selector, names]) => {
  const zone = document.querySelector(selector).closest(".form-row");
  const dataTransfer = new DataTransfer();
  for (const [name, text] of names) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name));
  }
  zone.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""


def drop(page, name, **files):
    packed = [[f"{stem}.pdf", b64encode(data).decode()] for stem, data in files.items()]
    page.evaluate(DROP, [f"[name={name}]", packed])


def test_files_dropped_at_once_arrive_and_the_page_says_so(staff):
    edition = EditionFactory()
    staff.open(f"/admin/materials/document/editions/{edition.pk}/files/")
    page = staff.page
    drop(page, "files_ru", plan=samples.pdf(), guide=samples.docx())
    drop(page, "files_ru", budget=samples.xlsx())
    assert page.locator(".chosen-files li").count() == 3
    assert violations(staff) == []
    with page.expect_navigation(url="**/change/"):
        page.click("form [type=submit].default")
    assert page.locator(".messagelist .success").count() == 1
    assert set(File.objects.filter(edition=edition).values_list("format", flat=True)) == {"pdf", "docx", "xlsx"}


def test_the_progress_is_shown_while_a_file_goes_up(staff):
    edition = EditionFactory()
    staff.open(f"/admin/materials/document/editions/{edition.pk}/files/")
    page = staff.page
    page.evaluate(
        """() => {
          window.seen = [];
          new MutationObserver(() => {
            const bar = document.querySelector(".upload-progress progress");
            if (bar) window.seen.push(bar.value), localStorage.setItem("seen", JSON.stringify(window.seen));
          }).observe(document.body, { childList: true, subtree: true, attributes: true });
        }"""
    )
    drop(page, "files_ru", large=samples.pdf(b" " * 3_000_000))
    with page.expect_navigation(url="**/change/"):
        page.click("form [type=submit].default")
    assert max(json.loads(page.evaluate("localStorage.getItem('seen')"))) == 1


def test_a_refusal_is_shown_on_the_page_that_was_sent(staff):
    edition = EditionFactory()
    staff.open(f"/admin/materials/document/editions/{edition.pk}/files/")
    page = staff.page
    drop(page, "files_ru", program=b"MZ program")
    page.click("form [type=submit].default")
    page.locator(".errorlist").wait_for()
    assert page.locator(".chosen-files li").count() == 1
    assert page.locator("[type=submit]:disabled").count() == 0
    assert violations(staff) == []
    assert not File.objects.filter(edition=edition).exists()
    assert [fault[:3] for fault in staff.faults] == ["422"], "that answer was in order"
    staff.faults.clear()


@pytest.fixture
def plain(browser, portal, staff):
    """The same person without JavaScript."""
    context = browser.new_context(java_script_enabled=False, storage_state=staff.page.context.storage_state())
    yield context.new_page()
    context.close()


def test_the_same_form_works_without_javascript(plain, portal, tmp_path: Path):
    edition = EditionFactory()
    paths = [tmp_path / "план.pdf", tmp_path / "таблица.xlsx"]
    for path, data in zip(paths, (samples.pdf(), samples.xlsx()), strict=True):
        path.write_bytes(data)
    plain.goto(f"{portal}/admin/materials/document/editions/{edition.pk}/files/")
    plain.set_input_files("[name=files_ky]", paths)
    plain.click("form [type=submit].default")
    assert plain.url.endswith("/change/")
    assert File.objects.filter(edition=edition, language="ky").count() == 2


def test_a_document_is_made_with_dropped_files_on_one_page(staff):
    staff.open("/admin/materials/document/add/")
    page = staff.page
    page.select_option("[name=kind]", "guide")
    page.fill("[name=title_ky]", f"Браузерде жасалган колдонмо {staff.language}")
    page.select_option("[name=status]", "in_force")
    drop(page, "files_ky", plan=samples.pdf())
    with page.expect_navigation(url="**/admin/materials/document/"):
        page.click("[name=_save]")
    document = Document.objects.get(title_ky__endswith=staff.language, title_ky__startswith="Браузерде")
    assert document.editions.get().files.count() == 1


def test_a_browser_continues_a_download_with_a_range(staff, portal):
    file = FileFactory(data=samples.pdf(b" " * 50_000))
    response = staff.page.request.get(f"{portal}{file.get_absolute_url()}", headers={"Range": "bytes=1000-"})
    assert response.status == 206
    assert response.body() == samples.pdf(b" " * 50_000)[1000:]
    with staff.page.expect_download() as download:
        staff.page.evaluate("address => { window.location.href = address; }", f"{portal}{file.get_absolute_url()}")
    assert download.value.suggested_filename == file.shown_name
    assert Path(download.value.path()).read_bytes() == samples.pdf(b" " * 50_000)

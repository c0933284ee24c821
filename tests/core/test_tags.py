"""Texts in their language, paragraphs, and the switch of languages."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core.languages import LocalizedText


def render(source: str, language: str = "ky", **context: object) -> str:
    with translation.override(language):
        return Template("{% load core_tags %}" + source).render(Context(context))


def test_a_text_in_the_language_of_the_page_stands_alone():
    assert render("{{ text|in_own_language }}", text=LocalizedText("Бюджет", "ky")) == "Бюджет"


def test_a_text_in_the_other_language_is_marked_and_says_so():
    html = render("{{ text|in_own_language }}", text=LocalizedText("Бюджет <1>", "ru"))
    assert html.startswith('<span lang="ru">Бюджет &lt;1&gt;</span> <span class="other-language">(')


def test_paragraphs_are_parted_by_blank_lines_and_escaped():
    assert render("{{ text|paragraphs }}", text="Бир\r\n\r\n<b>Эки</b>") == "<p>Бир</p>\n<p>&lt;b&gt;Эки&lt;/b&gt;</p>"


def test_paragraphs_in_the_other_language_are_marked_and_say_so():
    html = render("{{ text|paragraphs }}", text=LocalizedText("Один", "ru"))
    assert '<p lang="ru">Один</p>' in html
    assert 'class="other-language"' in html


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/ky/seminars/", "/ru/seminars/"),
        ("/ky/seminars/?topic=budget&year=2019&page=2", "/ru/seminars/?page=2&topic=budget&year=2019"),
        ("/ky/seminars/?evil=%22%3E&next=//evil.example", "/ru/seminars/"),
        ("/ky/seminars/?topic=%22%3E%3Cscript%3E", "/ru/seminars/"),
        ("/admin/", "/ru/"),
    ],
)
def test_the_switch_keeps_the_page_and_only_known_parts_of_its_query(address, expected):
    request = RequestFactory().get(address)
    assert render('{% translate_url "ru" as url %}{{ url|safe }}', request=request) == expected


def test_the_switch_without_a_request_leads_home():
    assert render('{% translate_url "ru" %}') == "/ru/"


def test_full_addresses_come_from_the_setting_and_not_from_the_host(settings):
    settings.SITE_URL = "https://portal.example.org"
    request = RequestFactory().get("/ky/seminars/", headers={"host": "evil.example"})
    assert render('{% absolute_url "ru" %}', request=request) == "https://portal.example.org/ru/seminars/"

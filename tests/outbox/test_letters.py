from html.parser import HTMLParser

import pytest
from django.utils import translation

from outbox.emails import LINE, folded
from outbox.letters import Fact, Letter, messenger_text
from outbox.models import Message

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{ settings }}{% load x %}&amp;'


def letter(**given) -> Letter:
    return Letter(
        **{
            "language": "ky",
            "subject": "Семинарга катталдыңыз",
            "greeting": "Урматтуу Гүлзаңгүл,",
            "paragraphs": ["Орунуңуз ырасталды.", "Келе албасаңыз, жокко чыгарыңыз."],
            "facts": [Fact("Качан", "2026-жылдын 19-декабры, 09:30"), Fact("Кайда", "Бишкек")],
            "button_label": "Менин каттоом",
            "button_url": "https://portal.example.org/ky/registrations/abc/?a=1&b=2",
            "signature": ["Суроолор: +996 555 000 001"],
            **given,
        }
    )


class Seen(HTMLParser):
    """The tags, addresses and visible words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.links, self.words = set(), [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _value in attrs)

    def handle_data(self, data):
        self.words.append(data)


def test_text_and_html_say_the_same():
    both = letter()
    words = " ".join(Seen(both.html).words)
    for said in ("Урматтуу Гүлзаңгүл,", "Орунуңуз ырасталды.", "Качан", "Бишкек", "Менин каттоом", "+996 555 000 001"):
        assert said in both.text
        assert said in words
    assert "https://portal.example.org/ky/registrations/abc/?a=1&b=2" in both.text
    assert set(Seen(both.html).links) == {"https://portal.example.org/ky/registrations/abc/?a=1&b=2"}


def test_the_text_is_laid_out_line_by_line():
    assert letter().text.splitlines()[:13] == [
        "Урматтуу Гүлзаңгүл,",
        "",
        "Орунуңуз ырасталды.",
        "",
        "Келе албасаңыз, жокко чыгарыңыз.",
        "",
        "Качан: 2026-жылдын 19-декабры, 09:30",
        "Кайда: Бишкек",
        "",
        "Менин каттоом:",
        "https://portal.example.org/ky/registrations/abc/?a=1&b=2",
        "",
        "-- ",
    ]


def test_a_letter_without_facts_and_button_has_no_gaps_for_them():
    bare = letter(facts=[], button_label="", button_url="", signature=[])
    assert "\n\n\n" not in bare.text
    assert "<a " not in bare.html
    assert "<th" not in bare.html


@pytest.mark.parametrize("where", ["subject", "greeting", "closing", "preheader", "button_label"])
def test_hostile_words_stay_words(where):
    page = letter(**{where: HOSTILE}).html
    assert Seen(page).tags.isdisjoint({"script", "img"})
    assert "settings" in page, "template syntax is not executed"


@pytest.mark.parametrize(
    "given",
    [
        {"paragraphs": [HOSTILE]},
        {"facts": [(HOSTILE, HOSTILE)]},
        {"signature": [HOSTILE]},
        {"facts": [("x", "http://a/" + HOSTILE)]},
    ],
    ids=["paragraphs", "facts", "signature", "link"],
)
def test_hostile_words_in_lists_stay_words(given):
    both = letter(**given)
    assert Seen(both.html).tags.isdisjoint({"script", "img"})
    assert "<script>alert(1)</script>" in both.text, "plain text needs no escaping"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example.org", "data:text/html,x", "https://a b", "https://"]
)
def test_a_button_leads_to_the_web_and_nowhere_else(address):
    with pytest.raises(ValueError, match="http"):
        letter(button_url=address)


def test_a_line_given_by_somebody_cannot_forge_the_signature_mark_or_further_facts():
    text = letter(greeting="Урматтуу\n-- \nАгенттик,", facts=[("Качан", "эртең\nКайда: Ош")]).text
    assert text.count("\n-- \n") == 1
    assert "Качан: эртең Кайда: Ош" in text


def test_an_address_among_the_facts_is_a_link():
    assert "https://meet.example.org/x" in Seen(letter(facts=[("Онлайн", "https://meet.example.org/x")]).html).links


def test_the_letter_loads_nothing_from_elsewhere_and_has_its_language():
    page = letter(language="ru").html
    assert '<html lang="ru">' in page
    assert Seen(page).tags.isdisjoint({"img", "link", "script", "iframe", "video", "form"})
    assert "url(" not in page
    assert "@import" not in page


def test_the_words_of_the_letter_itself_are_in_its_language_whatever_the_page_is_in():
    with translation.override("ru"):
        on_a_russian_page = letter(language="ky").html
    with translation.override("ky"):
        assert on_a_russian_page == letter(language="ky").html


def test_the_text_for_a_messenger_has_subject_words_and_link_but_no_signature():
    both = letter()
    text = messenger_text(Message(subject=both.subject, text=both.text))
    assert text.startswith("Семинарга катталдыңыз\n\nУрматтуу Гүлзаңгүл,")
    assert text.endswith("https://portal.example.org/ky/registrations/abc/?a=1&b=2")


def test_a_signature_mark_inside_the_words_cuts_nothing_off_the_text_for_a_messenger():
    both = letter(paragraphs=["Биринчи\n-- \nэкинчи"])
    assert "экинчи" in messenger_text(Message(subject=both.subject, text=both.text))


def test_an_erased_message_has_no_text_for_a_messenger():
    assert not messenger_text(Message())


def test_long_lines_are_folded_at_spaces_and_addresses_stay_whole():
    address = "https://portal.example.org/ky/registrations/" + "x" * 80
    text = folded(f"{'сөз ' * 60}\n\n{address}\n-- \nкыска")
    lines = text.split("\n")
    assert all(len(line) <= LINE for line in lines if line != address)
    assert lines[-4:] == ["", address, "-- ", "кыска"]
    assert text.split("\n\n")[0].split() == ["сөз"] * 60

"""Phones as people of Kyrgyzstan type them (domain.md 2): stored as E.164, shown as `+996 555 123 456`."""

import re
import unicodedata

import phonenumbers
from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError

COUNTRY = "KG"
# Two prefixes for one tail: `0555/0500 123-456`.
_TWO_PREFIXES = re.compile(r"^\s*\(?(0?\d{3})\)?\s*/\s*\(?(0?\d{3})\)?[\s-]*((?:\d[\s-]*){6})$")
_SEPARATORS = re.compile(r"[,;/\n]|\s(?:и|же|жана|или)\s")
_NOT_IN_NUMBERS = re.compile(r"[^\d+()\s.\-‐‑‒–—]")
_MOST = 2


class NotAPhone(DomainError):
    """The text is not a phone that can be called."""

    def __init__(self) -> None:
        super().__init__(
            _("This does not look like a phone number. Write it like this: 0555 123 456 or +996 555 123 456.")
        )


def parse_phones(text: str) -> list[str]:
    """One or two numbers in E.164 out of what was typed; raises NotAPhone when any part is not a phone."""
    text = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text)
    pair = _TWO_PREFIXES.match(text)
    parts = [pair[1] + pair[3], pair[2] + pair[3]] if pair else _SEPARATORS.split(text)
    numbers = list(dict.fromkeys(_parse_one(part) for part in parts if part.strip()))
    if not 1 <= len(numbers) <= _MOST:
        raise NotAPhone
    return numbers


def _parse_one(text: str) -> str:
    if _NOT_IN_NUMBERS.search(text):
        raise NotAPhone
    digits = re.sub(r"\D", "", text)
    if digits.startswith("8996") and len(digits) == 13:
        digits = digits[1:]
    digits = digits.removeprefix("00")
    is_national = len(digits) == 9 or (len(digits) == 10 and digits.startswith("0"))
    candidate = digits if is_national and not text.strip().startswith("+") else f"+{digits}"
    try:
        number = phonenumbers.parse(candidate, COUNTRY)
    except phonenumbers.NumberParseException as error:
        raise NotAPhone from error
    if not phonenumbers.is_valid_number(number):
        raise NotAPhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(number: str) -> str:
    """`+996 555 123 456` of a stored number; what cannot be read is shown as it is."""
    try:
        parsed = phonenumbers.parse(number, COUNTRY)
    except phonenumbers.NumberParseException:
        return number
    if parsed.country_code == 996:
        national = str(parsed.national_number)
        return f"+996 {national[:3]} {national[3:6]} {national[6:]}"
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

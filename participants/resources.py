"""Heads of municipalities out of a spreadsheet: a dry run that says what would change, then every row or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import fields, resources, results

from core.exceptions import DomainError
from core.folding import fold_name
from core.languages import active_language
from participants.actors import Actor
from participants.addressees import ACTING
from participants.exceptions import HeadsNotReadable
from participants.listing.columns import places_named
from participants.listing.posts import PostReader, plain
from participants.models import Term
from participants.names import LONGEST_NAME
from participants.phones import parse_phones, show_phone
from participants.services.heads import Head, note_head
from participants.spreadsheets import Table
from regions.matching import Finder, Outcome
from regions.models import District, Municipality, Oblast, Post

LONGEST_EMAIL = 150
HEAD = "head"
# The first pattern that is found in a heading, in Kyrgyz or Russian, says what its column is.
_HEADINGS = (
    ("acting", r"исполня|аткаруучу|^и о$|^м а$|врио"),
    ("starts_on", r"\bс какого|должности с$|вступ|назнач|киришкен|дайиндал|^дата|^кун|\bкуну$|^с$"),
    ("email", r"mail|маил|почт|електрон"),
    ("phone", r"телефон|^тел\b|байланиш|моб|сотов"),
    ("post", r"должност|кизмат"),
    ("full_name", r"фамили|\bфио\b|\bф и о\b|\bф и а\b|ати жону|^ати|^имя|полное имя|башчиси$|^глава"),
    ("district", r"^раион"),
    ("oblast", r"^област|^облус"),
    ("municipality", r"муниципал|\bао\b|\bа о\b|аимак|аимаг|окмот|мерия|шаар|город"),
)
NEEDED = ("municipality", "full_name")
_VACANT = re.compile(r"вакан[а-я]*|бош(?: орун| кизмат)?|нет|жок|-|—")
_YES = re.compile(r"да|ооба|1|\+|v|х|x|и о|м а|врио|исполня[а-я]+ обязанности|милдетин аткаруучу[а-я]*")
_NO = re.compile(r"|нет|жок|0|-|—")
# How spreadsheets store days: their number since this one.
_DAY_ZERO, _SERIAL = date(1899, 12, 30), re.compile(r"[1-9]\d{4}")
_DATE = re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})(?: ?г\.?)?")
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?")


def heads_dataset(tables: Sequence[Table]) -> tablib.Dataset:
    """The rows of all tables under our own column names, each with the number of its line.

    Raises HeadsNotReadable when a table has no headings that we know.
    """
    dataset = tablib.Dataset(headers=["line", *HeadResource.fields])
    for table in tables:
        columns, first = _columns(table)
        for line in table.lines[first:]:
            cells = dict(zip(columns, line.cells, strict=False))
            dataset.append([line.number, *(cells.get(name, "") for name in HeadResource.fields)])
    if not dataset.height:
        raise HeadsNotReadable(_("There are no rows below the headings."))
    return dataset


def _columns(table: Table) -> tuple[list[str], int]:
    """What each column holds ("" for what is not known), and the index of the first line below the headings."""
    for index, line in enumerate(table.lines[:15]):
        columns = [heading(cell) for cell in line.cells]
        if all(columns.count(name) == 1 for name in NEEDED):
            return [name if columns.index(name) == place else "" for place, name in enumerate(columns)], index + 1
    raise HeadsNotReadable(
        _("The columns are not understood. The headings must name the municipality and the full name of its head.")
    )


def heading(cell: str) -> str:
    """Which of our columns has this heading, or our own name of it; empty when none."""
    if cell in HeadResource.fields:
        return cell
    folded = plain(cell)
    return next((name for name, pattern in _HEADINGS if re.search(pattern, folded)), "")


class Difference:
    """What a row changes, as pairs of texts: before and after (the package's own is HTML with inline styles)."""

    def __init__(self, resource: HeadResource, instance: Head, new: bool) -> None:
        self.before = self.after = _texts(resource, instance)

    def compare_with(self, resource: HeadResource, instance: Head) -> None:
        """Note what the row says."""
        self.after = _texts(resource, instance)

    def as_html(self) -> list[tuple[str, str]]:
        """Pairs of plain text; the page escapes them."""
        return list(zip(self.before, self.after, strict=True))


class HeadOfRow:
    """Finds who heads the municipality of a row today; reads the register once."""

    def __init__(self, resource: HeadResource, dataset: tablib.Dataset | None = None) -> None:
        terms = Term.objects.on(resource.today).heads().select_related("person", "post")
        self.terms = {term.municipality_id: term for term in terms}
        self.resource = resource

    def get_instance(self, row: dict[str, Any]) -> Head:
        """The head as the register has it; a municipality without one is vacant."""
        municipality = self.resource.municipality_of(row)
        term = self.terms.get(municipality.pk)
        if term is None:
            return Head(municipality, self.resource.posts.by_uid[HEAD])
        person = term.person
        is_acting = term.is_acting or term.post.uid == ACTING
        post = self.resource.posts.by_uid[HEAD] if term.post.uid == ACTING else term.post
        return Head(municipality, post, person.full_name, is_acting, term.starts_on, person.phone, person.email)


class HeadResource(resources.Resource):
    """Takes a list of heads: a row is a municipality and who heads it; what the register says already is skipped."""

    oblast = fields.Field(column_name="oblast", readonly=True)
    district = fields.Field(column_name="district", readonly=True)
    municipality = fields.Field("municipality__full_name", "municipality", readonly=True)
    full_name = fields.Field("full_name", "full_name")
    post = fields.Field("post", "post")
    acting = fields.Field("is_acting", "acting")
    starts_on = fields.Field("starts_on", "starts_on")
    phone = fields.Field("phone", "phone")
    email = fields.Field("email", "email")

    class Meta:
        instance_loader_class = HeadOfRow
        using_db = "default"
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        use_transactions = True

    def __init__(self, *, by: Actor) -> None:
        super().__init__()
        self.by = by
        self.today = timezone.localdate()
        self.finder = Finder()
        self.posts = PostReader(Post.objects.all())
        self.lines: dict[int, int] = {}

    @classmethod
    def get_diff_class(cls) -> type[Difference]:
        return Difference

    def get_or_init_instance(self, instance_loader: HeadOfRow, row: dict[str, Any]) -> tuple[Head, bool]:
        head = instance_loader.get_instance(row)
        return head, not head.full_name

    def import_instance(self, instance: Head, row: dict[str, Any], **kwargs: Any) -> None:
        """Set what the row says; what it leaves out of the same head stays. Raises HeadsNotReadable, NotAPhone."""
        said = self.read(row, instance.municipality)
        is_same = bool(said.full_name) and fold_name(said.full_name) == fold_name(instance.full_name)
        if is_same and not (row["post"] or row["acting"]):
            said.post, said.is_acting = instance.post, instance.is_acting
        is_same_term = is_same and (said.post, said.is_acting) == (instance.post, instance.is_acting)
        instance.post, instance.is_acting = said.post, said.is_acting
        instance.starts_on = said.starts_on or (instance.starts_on if is_same_term else self.today)
        instance.full_name = instance.full_name if is_same else said.full_name
        instance.phone = said.phone or (instance.phone if is_same else "")
        instance.email = said.email or (instance.email if is_same else "")

    def skip_row(self, instance: Head, original: Head, row: Any, import_validation_errors: Any = None) -> bool:
        was_vacant = not (instance.full_name or original.full_name)
        return was_vacant or super().skip_row(instance, original, row, import_validation_errors)

    def do_instance_save(self, instance: Head, is_create: bool) -> None:
        note_head(head=replace(instance), by=self.by, today=self.today)

    def municipality_of(self, row: dict[str, Any]) -> Municipality:
        """The municipality that the row means. Raises HeadsNotReadable when it is not certain, or named twice."""
        text = str(row["municipality"])
        oblast, district = self._place(row)
        match = self.finder.find(text, oblast=oblast, district=district, on=self.today)
        if match.municipality is None:
            raise HeadsNotReadable(_unmatched(text, match.outcome, [unit.full_name for unit in match.candidates]))
        first = self.lines.setdefault(match.municipality.pk, row["line"])
        if first != row["line"]:
            raise HeadsNotReadable(_("This municipality stands in row %(line)d already.") % {"line": first})
        return match.municipality

    def _place(self, row: dict[str, Any]) -> tuple[Oblast | None, District | None]:
        """The oblast and the district that the row names, as far as it does."""
        text = ", ".join(filter(None, (row["oblast"], row["district"])))
        districts, oblasts = places_named(text, self.finder.gazetteer) if text else ([], [])
        if text and not (districts or oblasts):
            raise HeadsNotReadable(_("“%(text)s” is not known as an oblast or a district.") % {"text": text})
        oblast = oblasts[0] if len(oblasts) == 1 else None
        inside = [district for district in districts if oblast is None or district.oblast_id == oblast.pk]
        return oblast, inside[0] if row["district"] and len(inside) == 1 else None

    def read(self, row: dict[str, Any], municipality: Municipality) -> Head:
        """What the row says of the head. Raises HeadsNotReadable, NotAPhone."""
        name = str(row["full_name"])[:LONGEST_NAME]
        if not name:
            raise HeadsNotReadable(_("Write the full name of the head, or the word “vacancy”."))
        post, is_acting = self._post(row["post"])
        return Head(
            municipality,
            post,
            "" if _VACANT.fullmatch(plain(name) or name) else name,
            is_acting or _is_yes(row["acting"]),
            read_date(row["starts_on"]),
            parse_phones(row["phone"])[0] if row["phone"] else "",
            _email(row["email"]),
        )

    def _post(self, text: str) -> tuple[Post, bool]:
        """The post, and whether it is held for the time being."""
        if not text:
            return self.posts.by_uid[HEAD], False
        post, _rest = self.posts.read(text)
        if post is None or not post.is_head:
            raise HeadsNotReadable(_("“%(text)s” is not the post of a head.") % {"text": text})
        return (self.posts.by_uid[HEAD], True) if post.uid == ACTING else (post, False)


def take(dataset: tablib.Dataset, *, by: Actor, is_dry_run: bool) -> results.Result:
    """What the list changes; written only when it is no dry run and no row is broken."""
    result = HeadResource(by=by).import_data(dataset, dry_run=is_dry_run, rollback_on_validation_errors=True)
    for error in (error for _number, errors in result.row_errors() for error in errors):
        if not isinstance(error.error, DomainError):
            raise error.error
    return result


def read_date(text: str) -> date | None:
    """The day as people and spreadsheets write it. Raises HeadsNotReadable."""
    if not text:
        return None
    found = _DATE.fullmatch(text) or _ISO_DATE.fullmatch(text)
    try:
        if _SERIAL.fullmatch(text):
            return _DAY_ZERO + timedelta(days=int(text))
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        pass
    raise HeadsNotReadable(_("“%(text)s” is not a day. Write it like this: 31.12.2025") % {"text": text})


def _email(text: str) -> str:
    address = text.lower()
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise HeadsNotReadable(_("“%(text)s” is not an e-mail address.") % {"text": text}) from error
    if len(address) > LONGEST_EMAIL:
        raise HeadsNotReadable(_("“%(text)s” is not an e-mail address.") % {"text": text})
    return address


def _is_yes(text: str) -> bool:
    said = plain(text) or text.strip()
    if _YES.fullmatch(said):
        return True
    if _NO.fullmatch(said):
        return False
    raise HeadsNotReadable(_("“%(text)s” says neither yes nor no.") % {"text": text})


def _unmatched(text: str, outcome: Outcome, candidates: list[str]) -> str:
    if outcome is Outcome.AMBIGUOUS:
        sentence = _("“%(text)s” may be any of these: %(names)s. Name the district.")
    elif candidates:
        sentence = _("“%(text)s” is not in the register. Perhaps: %(names)s.")
    else:
        sentence = _("“%(text)s” is not in the register.")
    return sentence % {"text": text, "names": "; ".join(candidates)}


def _texts(resource: HeadResource, head: Head | None) -> list[str]:
    """What the columns of the difference say of a head, in the active language."""
    if head is None or not head.full_name:
        return [_("vacant"), "", "", "", ""]
    post = head.post.title(head.municipality, active_language())
    return [
        head.full_name,
        f"{post}, {_('acting')}" if head.is_acting else post,
        f"{head.starts_on:%d.%m.%Y}" if head.starts_on else "",
        show_phone(head.phone) if head.phone else "",
        head.email,
    ]

"""Planning of earlier names, spellings, codes and posts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from regions.models import (
    DistrictCode,
    DistrictName,
    Municipality,
    MunicipalityCode,
    MunicipalityName,
    NameKind,
    Post,
)
from regions.partial_dates import PartialDate
from regions.register.datafiles import Record
from regions.register.plan import Code, Name, Plan, Unit, Verb, label


def _new_name(unit: Unit, **values: Any) -> Name:
    if isinstance(unit, Municipality):
        return MunicipalityName(municipality=unit, **values)
    return DistrictName(district=unit, **values)


def _new_code(unit: Unit, **values: Any) -> Code:
    if isinstance(unit, Municipality):
        return MunicipalityCode(municipality=unit, **values)
    return DistrictCode(district=unit, **values)


def _period(since: PartialDate | None, until: PartialDate | None) -> dict[str, Any]:
    """The fields of the dates that are given: an absent one never clears what is stored."""
    dates = {"valid_from": since, "valid_to": until}
    return {
        key: value
        for name, date in dates.items()
        if date
        for key, value in ((name, date.day), (f"{name}_precision", date.precision))
    }


def _add(plan: Plan, unit: Unit, row: Name | Code) -> None:
    known: list[Any] = plan.stored.codes[unit.uid] if hasattr(row, "code") else plan.stored.names[unit.uid]
    known.append(row)
    plan.create(row)


def remember_name(plan: Plan, unit: Unit, until: PartialDate) -> None:
    """Keep the unit's present name as a former one, valid until the day of the rename."""
    names = {"kind": NameKind.FORMER, "name_ky": unit.name_ky, "name_ru": unit.name_ru}
    stored = _find_name(plan, unit, names)
    if stored is None:
        _add(plan, unit, _new_name(unit, **names, **_period(unit.named_since, until), source=unit.source))


def _find_name(plan: Plan, unit: Unit, names: dict[str, Any]) -> Name | None:
    for name in plan.stored.names[unit.uid]:
        if all(getattr(name, field) == value for field, value in names.items()):
            return name
    return None


def _unit(plan: Plan, record: Record) -> Unit | None:
    unit = plan.stored.unit(record["unit"])
    if unit is None:
        plan.blame(record, *plan.unknown(record["unit"], _("unknown unit “%(uid)s”")))
    return unit


def _ends_too_early(plan: Plan, record: Record, stored: Name | Code | None) -> bool:
    """Blame a row whose period, joined with what is stored, ends before it begins."""
    since = record["valid_from"] or (stored.valid_since if stored else None)
    until = record["valid_to"] or (stored.valid_until if stored else None)
    if since and until and until.day <= since.day:
        dates = {"until": until, "since": since}
        plan.blame(record, _("valid_to %(until)s is not after valid_from %(since)s") % dates)
        return True
    return False


def plan_name(plan: Plan, record: Record) -> None:
    """Note a former name or another spelling of a unit, or correct its dates."""
    names = {"kind": record["kind"], "name_ky": record["name_ky"] or "", "name_ru": record["name_ru"] or ""}
    if not (names["name_ky"] or names["name_ru"]):
        plan.blame(record, _("give the name in at least one language"))
        return
    unit = _unit(plan, record)
    if unit is None:
        return
    period, stored = _period(record["valid_from"], record["valid_to"]), _find_name(plan, unit, names)
    if _ends_too_early(plan, record, stored):
        return
    text = " / ".join(filter(None, (names["name_ky"], names["name_ru"])))
    told = {"unit": label(unit), "kind": NameKind(names["kind"]).label, "name": text}
    if stored is None:
        _add(plan, unit, _new_name(unit, **names, **period, source=record["source"] or ""))
        plan.tell(Verb.NAME, _("%(unit)s: %(kind)s “%(name)s”") % told)
    elif plan.assign(stored, **period, **({"source": record["source"]} if record["source"] else {})):
        plan.tell(Verb.CORRECT, _("%(unit)s: dates or source of the %(kind)s “%(name)s”") % told)


def plan_listed_code(plan: Plan, record: Record) -> None:
    """Note a code with the time when it held, or correct that time."""
    unit = _unit(plan, record)
    if unit is None:
        return
    period, code = _period(record["valid_from"], record["valid_to"]), record["code"]
    stored = next((row for row in plan.stored.codes[unit.uid] if row.code == code), None)
    if _ends_too_early(plan, record, stored):
        return
    told = {"unit": label(unit), "code": code}
    if stored is None:
        _add(plan, unit, _new_code(unit, code=code, **period, source=record["source"] or ""))
        plan.tell(Verb.NAME, _("%(unit)s: code %(code)s") % told)
    elif plan.assign(stored, **period, **({"source": record["source"]} if record["source"] else {})):
        plan.tell(Verb.CORRECT, _("%(unit)s: dates or source of the code %(code)s") % told)


def plan_code(plan: Plan, record: Record, unit: Unit) -> None:
    """The code in a unit's own row: the one that holds now, since `coded_from`."""
    code, since = record["code"], record["coded_from"]
    codes = plan.stored.codes[unit.uid]
    if code is None or any(row.code == code for row in codes):
        return
    open_codes = [row for row in codes if row.valid_to is None]
    told = {"unit": label(unit), "code": code, "since": since}
    if open_codes and since is None:
        plan.blame(record, _("the code becomes %(code)s: say since when in coded_from") % told)
        return
    for row in open_codes:
        if row.valid_from and row.valid_from >= since.day:
            plan.blame(record, _("coded_from %(since)s is not after the present code's date") % told)
            return
        plan.assign(row, **_period(None, since))
    _add(plan, unit, _new_code(unit, code=code, **_period(since, None), source=record["source"] or ""))
    if unit.pk is not None:
        plan.tell(Verb.RECODE, _("%(unit)s: code %(code)s since %(since)s") % told)


def plan_post(plan: Plan, record: Record) -> None:
    """Add or correct a post."""
    values = {name: value for name, value in record.values.items() if name != "uid"}
    post = plan.stored.posts.get(record["uid"])
    if post is None:
        post = plan.stored.posts[record["uid"]] = Post(uid=record["uid"], **values)
        plan.create(post)
        plan.tell(Verb.ADD, _("post: %(post)s") % {"post": label(post)})
    elif plan.assign(post, **values):
        plan.tell(Verb.CORRECT, _("post: %(post)s") % {"post": label(post)})

"""Planning of oblasts, districts and municipalities: what a row adds, renames, corrects, moves, closes, confirms."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from regions.models import District, Municipality, MunicipalityKind, Oblast, OblastKind
from regions.models.places import IN_A_DISTRICT
from regions.partial_dates import PartialDate
from regions.register.datafiles import Record
from regions.register.naming import plan_code, remember_name
from regions.register.plan import Plan, Unit, Verb, label


def dated(name: str, value: PartialDate | None) -> dict[str, Any]:
    """The two fields of a partial date."""
    return {name: value.day if value else None, f"{name}_precision": value.precision if value else ""}


def filled(record: Record, *columns: str) -> dict[str, Any]:
    """The cells that say something: an empty cell never clears what is stored."""
    return {column: record[column] for column in columns if record[column] is not None}


def tell_corrections(plan: Plan, unit: Any, before: dict[str, Any], changed: list[str]) -> None:
    """Report each corrected field with its old and new value; the precision goes with its date."""
    for name in changed:
        if not name.endswith("_precision") or name.removesuffix("_precision") not in changed:
            values = {"unit": label(unit), "field": name, "old": before[name], "new": getattr(unit, name)}
            plan.tell(Verb.CORRECT, _("%(unit)s: %(field)s “%(old)s” → “%(new)s”") % values)


def correct(plan: Plan, unit: Any, **values: Any) -> None:
    """Set the fields that differ and report them as corrections."""
    before = {name: getattr(unit, name) for name in values}
    tell_corrections(plan, unit, before, plan.assign(unit, **values))


def plan_oblast(plan: Plan, record: Record) -> None:
    """Add or correct an oblast."""
    uid, values = record["uid"], {name: value for name, value in record.values.items() if name != "uid"}
    oblast = plan.stored.oblasts.get(uid)
    if oblast is None:
        oblast = plan.stored.oblasts[uid] = Oblast(uid=uid, **values)
        plan.create(oblast)
        plan.tell(Verb.ADD, _("oblast or city of its rank: %(unit)s") % {"unit": label(oblast)})
    elif record["kind"] != oblast.kind:
        plan.blame(record, _("the kind of an oblast does not change"))
    else:
        correct(plan, oblast, **values)


def plan_district(plan: Plan, record: Record) -> None:
    """Add, rename or correct a district."""
    oblast = plan.stored.oblasts.get(record["oblast"])
    if oblast is None:
        plan.blame(record, *plan.unknown(record["oblast"], _("unknown oblast “%(uid)s”")))
        return
    district = plan.stored.districts.get(record["uid"])
    if district is None:
        district = District(uid=record["uid"], oblast=oblast, **filled(record, "name_ky", "name_ru", "source", "note"))
        plan.assign(district, **dated("named_from", record["named_from"]))
        plan.stored.districts[district.uid] = district
        plan.create(district)
        plan.tell(Verb.ADD, _("district: %(unit)s, %(oblast)s") % {"unit": label(district), "oblast": oblast})
    elif district.oblast.uid != oblast.uid:
        plan.blame(record, _("a district does not change its oblast: make a new one"))
        return
    else:
        _plan_naming(plan, district, record)
    plan_code(plan, record, district)


def _place_faults(plan: Plan, record: Record) -> list[str]:
    """What is wrong with the place and kind that a row gives a municipality."""
    stored, kind = plan.stored, record["kind"]
    oblast, district = stored.oblasts.get(record["oblast"]), stored.districts.get(record["district"] or "")
    faults = []
    if oblast is None:
        faults += plan.unknown(record["oblast"], _("unknown oblast “%(uid)s”"))
    if record["district"] and district is None:
        faults += plan.unknown(record["district"], _("unknown district “%(uid)s”"))
    if oblast and district and district.oblast.uid != oblast.uid:
        places = {"district": label(district), "oblast": district.oblast.uid}
        faults.append(_("%(district)s lies in %(oblast)s") % places)
    if kind in IN_A_DISTRICT and not record["district"]:
        faults.append(_("aiyl aimaks and cities of district rank need a district"))
    if kind not in IN_A_DISTRICT and record["district"]:
        faults.append(_("a city of oblast or republican rank lies in no district"))
    if oblast and (kind == MunicipalityKind.CITY_REPUBLICAN) != (oblast.kind == OblastKind.CITY):
        faults.append(_("only a city of republican rank is a group of its own"))
    return faults


def _life_faults(record: Record, unit: Municipality | None) -> list[str]:
    """What is wrong with the name, kind and span of life that a row gives."""
    faults = []
    if unit is None and not (record["name_ky"] or record["name_ru"]):
        faults.append(_("give the name in at least one language"))
    if unit is not None and unit.kind != record["kind"]:
        change = {"old": unit.kind, "new": record["kind"]}
        faults.append(_("the kind changes from %(old)s to %(new)s: that makes a new unit with its own uid") % change)
    begins = record["alive_from"] or (unit.alive_since if unit else None)
    ends = record["alive_to"] or (unit.alive_until if unit else None)
    if begins and ends and ends.day <= begins.day:
        faults.append(_("alive_to %(ends)s is not after alive_from %(begins)s") % {"ends": ends, "begins": begins})
    if record["coded_from"] and not record["code"]:
        faults.append(_("coded_from is given without a code"))
    return faults


def plan_municipality(plan: Plan, record: Record) -> None:
    """Add, rename, correct, move, close or confirm a municipality; what became of it is planned afterwards."""
    unit = plan.stored.municipalities.get(record["uid"])
    faults = _place_faults(plan, record) + _life_faults(record, unit)
    if record["uid"] in plan.stored.districts:
        faults.append(_("“%(uid)s” is a district already") % {"uid": record["uid"]})
    if faults or record["oblast"] in plan.broken or record["district"] in plan.broken:
        plan.blame(record, *faults)
        return
    if unit is None:
        unit = _add_municipality(plan, record)
    else:
        _plan_naming(plan, unit, record)
        _plan_place(plan, unit, record)
        _plan_life(plan, unit, record)
    plan_code(plan, record, unit)


def _add_municipality(plan: Plan, record: Record) -> Municipality:
    unit = Municipality(
        uid=record["uid"],
        kind=record["kind"],
        oblast=plan.stored.oblasts[record["oblast"]],
        district=plan.stored.districts.get(record["district"] or ""),
        confirmed_after_reform=record["confirmed_after_reform"] or False,
        **filled(record, "name_ky", "name_ru", "name_en", "source", "note"),
    )
    for name in ("named_from", "alive_from", "alive_to"):
        plan.assign(unit, **dated(name, record[name]))
    plan.stored.municipalities[unit.uid] = unit
    plan.create(unit)
    place = {"unit": label(unit), "place": unit.district or unit.oblast}
    plan.tell(Verb.ADD, _("%(unit)s, %(place)s") % place)
    return unit


def _is_older(unit: Unit, plan: Plan, record: Record, new: dict[str, str]) -> bool:
    """Whether the row gives a name that the register knows to have been replaced since."""
    since, known = record["named_from"], unit.named_since
    if known is None:
        return False
    if since is not None:
        return bool(since.day < known.day)
    former = [name for name in plan.stored.names[unit.uid] if name.kind == "former"]
    return any(all(getattr(name, field) == text for field, text in new.items()) for name in former)


def _plan_naming(plan: Plan, unit: Unit, record: Record) -> None:
    """Rename (a name with a later date), correct (a spelling) or leave alone (a file older than the register)."""
    names, since = filled(record, "name_ky", "name_ru"), record["named_from"]
    remarks = filled(record, "source", "note", *(["name_en"] if isinstance(unit, Municipality) else []))
    differs = any(getattr(unit, field) != text for field, text in names.items())
    if differs and _is_older(unit, plan, record, names):
        told = {"unit": label(unit), "name": " / ".join(names.values())}
        plan.tell(
            Verb.LEFT, _("%(unit)s: “%(name)s” is a name from before %(since)s") % {**told, "since": unit.named_since}
        )
        return
    if differs and since and (unit.named_since is None or since.day > unit.named_since.day):
        _rename(plan, unit, names, since)
        plan.assign(unit, **remarks)
        return
    correct(plan, unit, **names, **remarks)
    if since:
        correct(plan, unit, **dated("named_from", since))


def _rename(plan: Plan, unit: Unit, names: dict[str, str], since: PartialDate) -> None:
    """Give the unit its new name; the old one is remembered with the time when it held."""
    told = {"unit": label(unit), "name": " / ".join(names.values()), "since": since}
    plan.tell(Verb.RENAME, _("%(unit)s → “%(name)s” since %(since)s") % told)
    remember_name(plan, unit, since)
    plan.assign(unit, **names, **dated("named_from", since))


def _plan_place(plan: Plan, unit: Municipality, record: Record) -> None:
    oblast, district = plan.stored.oblasts[record["oblast"]], plan.stored.districts.get(record["district"] or "")
    before = unit.district or unit.oblast
    if plan.assign(unit, oblast=oblast, district=district):
        told = {"unit": label(unit), "old": before, "new": district or oblast}
        plan.tell(Verb.MOVE, _("%(unit)s: from %(old)s to %(new)s") % told)


def _plan_life(plan: Plan, unit: Municipality, record: Record) -> None:
    if record["alive_from"]:
        correct(plan, unit, **dated("alive_from", record["alive_from"]))
    if record["alive_to"] and unit.alive_to is None:
        plan.assign(unit, **dated("alive_to", record["alive_to"]))
        plan.tell(Verb.CLOSE, _("%(unit)s on %(day)s") % {"unit": label(unit), "day": record["alive_to"]})
    elif record["alive_to"]:
        correct(plan, unit, **dated("alive_to", record["alive_to"]))
    if record["confirmed_after_reform"] is not None:
        is_confirmed = record["confirmed_after_reform"]
        if plan.assign(unit, confirmed_after_reform=is_confirmed):
            sentence = _("%(unit)s: confirmed") if is_confirmed else _("%(unit)s: no longer confirmed")
            plan.tell(Verb.CONFIRM, sentence % {"unit": label(unit)})

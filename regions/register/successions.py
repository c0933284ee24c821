"""Planning of what became of municipalities."""

from __future__ import annotations

from django.utils.translation import gettext as _

from regions.models import Municipality, Succession, SuccessionKind
from regions.partial_dates import PartialDate
from regions.register.datafiles import Record
from regions.register.places import dated
from regions.register.plan import Plan, Verb, label


def plan_successions(plan: Plan, record: Record) -> None:
    """Merge, annex or turn a municipality into the successors that its row names."""
    uids, kind = record["successors"] or [], record["succession_kind"]
    unit = plan.stored.municipalities.get(record["uid"])
    if unit is None:
        return
    if bool(uids) != bool(kind):
        plan.blame(record, _("successors and succession_kind belong together"))
        return
    if uids and kind != SuccessionKind.FORMED_FROM and unit.alive_until is None:
        plan.blame(record, _("a unit that has a successor must end: alive_to is missing"))
        return
    for uid in uids:
        faults = _succession_faults(plan, unit, uid)
        if faults:
            plan.blame(record, *faults)
        elif uid not in plan.broken:
            _plan_step(plan, unit, plan.stored.municipalities[uid], record)


def _succession_faults(plan: Plan, unit: Municipality, uid: str) -> list[str]:
    successor = plan.stored.municipalities.get(uid)
    if successor is None:
        return plan.unknown(uid, _("unknown successor “%(uid)s”"))
    if successor.uid == unit.uid:
        return [_("a municipality cannot succeed itself")]
    if plan.stored.descends(unit.uid, successor.uid):
        return [_("“%(uid)s” is a predecessor of this unit: a circle") % {"uid": uid}]
    if unit.alive_to and successor.alive_to and successor.alive_to <= unit.alive_to:
        return [_("“%(uid)s” had ended by then") % {"uid": uid}]
    return []


def _since(unit: Municipality, successor: Municipality, kind: str) -> PartialDate | None:
    """When the step happened: the predecessor's end, or the birth of what was formed from a part of it."""
    return successor.alive_since if kind == SuccessionKind.FORMED_FROM else unit.alive_until


def _plan_step(plan: Plan, unit: Municipality, successor: Municipality, record: Record) -> None:
    kind, pair = record["succession_kind"], (unit.uid, successor.uid)
    since = _since(unit, successor, kind)
    values = {"kind": kind, **dated("on", since)}
    told = {"unit": label(unit), "kind": SuccessionKind(kind).label, "successor": label(successor), "since": since}
    step = plan.stored.successions.get(pair)
    if step is None:
        step = Succession(predecessor=unit, successor=successor, source=record["source"] or "", **values)
        plan.stored.successions[pair] = step
        plan.create(step)
        plan.tell(Verb.MERGE, _("%(unit)s — %(kind)s %(successor)s, %(since)s") % told)
    elif plan.assign(step, **values):
        plan.tell(Verb.CORRECT, _("%(unit)s — %(kind)s %(successor)s, %(since)s") % told)

"""Loading the register from data files: first what would change, then, when told to, the writing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from core.exceptions import DomainError
from regions.models import (
    District,
    DistrictCode,
    DistrictName,
    LoadedFile,
    Municipality,
    MunicipalityCode,
    MunicipalityName,
    Oblast,
    Post,
    Succession,
)
from regions.register import datafiles
from regions.register.datafiles import Fault, Record
from regions.register.naming import plan_listed_code, plan_name, plan_post
from regions.register.places import plan_district, plan_municipality, plan_oblast
from regions.register.plan import Plan, Stored
from regions.register.successions import plan_successions

# In this order rows are written: what others point to comes first.
_WRITTEN: tuple[type[models.Model], ...] = (
    Oblast,
    District,
    Municipality,
    DistrictName,
    MunicipalityName,
    DistrictCode,
    MunicipalityCode,
    Succession,
    Post,
)
_PLANNERS: tuple[tuple[str, Callable[[Plan, Record], None]], ...] = (
    ("oblasts", plan_oblast),
    ("districts", plan_district),
    ("municipalities", plan_municipality),
    ("municipalities", plan_successions),
    ("names", plan_name),
    ("codes", plan_listed_code),
    ("posts", plan_post),
)


class RegisterFilesBroken(DomainError):
    """Some rows cannot be loaded, so nothing was; `faults` names every one."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(_("Nothing was written: the files have faults."))
        self.faults = faults


@dataclass(frozen=True)
class DataFile:
    """A data file with its content as it came."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """What the content is known by once it was loaded."""
        return hashlib.sha256(self.data).hexdigest()


def open_files(paths: Iterable[Path]) -> list[DataFile]:
    """The files at the paths; of a directory its `.csv` files. Raises DomainError when there are none."""
    files = []
    for path in paths:
        found = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        if not found:
            raise DomainError(_("%(path)s holds no .csv file.") % {"path": path})
        try:
            files += [DataFile(str(file), file.read_bytes()) for file in found]
        except OSError as error:
            raise DomainError(
                _("%(path)s cannot be read: %(error)s.") % {"path": path, "error": error.strerror}
            ) from error
    return files


def not_yet_loaded(files: list[DataFile]) -> list[DataFile]:
    """Those whose exact content has not been loaded before."""
    digests = {file.digest for file in files}
    known = set(LoadedFile.objects.filter(digest__in=digests).values_list("digest", flat=True))
    return [file for file in files if file.digest not in known]


def stored_register() -> Stored:
    """The register as it is in the database, in nine queries."""
    stored = Stored(
        oblasts={oblast.uid: oblast for oblast in Oblast.objects.all()},
        districts={district.uid: district for district in District.objects.select_related("oblast")},
        municipalities={unit.uid: unit for unit in Municipality.objects.select_related("oblast", "district")},
        posts={post.uid: post for post in Post.objects.all()},
    )
    for district_name in DistrictName.objects.select_related("district"):
        stored.names[district_name.district.uid].append(district_name)
    for district_code in DistrictCode.objects.select_related("district"):
        stored.codes[district_code.district.uid].append(district_code)
    for name in MunicipalityName.objects.select_related("municipality"):
        stored.names[name.municipality.uid].append(name)
    for code in MunicipalityCode.objects.select_related("municipality"):
        stored.codes[code.municipality.uid].append(code)
    for step in Succession.objects.select_related("predecessor", "successor"):
        stored.successions[step.predecessor.uid, step.successor.uid] = step
    return stored


def plan_load(files: list[DataFile]) -> Plan:
    """What loading the files would change, or all their faults. Writes nothing."""
    plan = Plan(stored_register())
    records: dict[str, list[Record]] = defaultdict(list)
    for file in files:
        read = datafiles.read(file.name, file.data)
        plan.faults += read.faults
        plan.broken |= read.broken
        for record in read.records:
            records[record.form].append(record)
    _refuse_doubles(plan, records)
    for form, planner in _PLANNERS:
        for record in records[form]:
            planner(plan, record)
    plan.faults.sort(key=lambda fault: (fault.file, fault.row or 0))
    return plan


def _refuse_doubles(plan: Plan, records: dict[str, list[Record]]) -> None:
    """Name every row that lists an identifier for the second time; drop it from further planning."""
    for form in ("oblasts", "districts", "municipalities", "posts"):
        first: dict[str, Record] = {}
        for record in records[form]:
            earlier = first.setdefault(record["uid"], record)
            if earlier is not record:
                place = {"uid": record["uid"], "file": earlier.file, "row": earlier.row}
                plan.faults.append(record.fault(_("“%(uid)s” is listed already: %(file)s, row %(row)s") % place))
        records[form] = list(first.values())


@transaction.atomic
def load(files: list[DataFile]) -> Plan:
    """Write what the files change in the register, all of it or nothing; what was done is in the plan's changes.

    Raises RegisterFilesBroken.
    """
    with connection.cursor() as cursor:
        # Two loads at once would both plan from the same state.
        cursor.execute("LOCK TABLE regions_municipality IN SHARE ROW EXCLUSIVE MODE")
    plan = plan_load(files)
    if plan.faults:
        raise RegisterFilesBroken(plan.faults)
    for model in _WRITTEN:
        created = [row for row in plan.created if type(row) is model]
        if created:
            bulk_create_with_history(created, model)
        fields: dict[frozenset[str], list[models.Model]] = defaultdict(list)
        for row, names in plan.updated.items():
            if type(row) is model:
                fields[frozenset(names)].append(row)
        for changed, rows in fields.items():
            bulk_update_with_history(rows, model, sorted(changed))
    LoadedFile.objects.bulk_create(
        [LoadedFile(digest=file.digest, name=Path(file.name).name) for file in files], ignore_conflicts=True
    )
    return plan

"""A load says what it would do, writes only when told to, all or nothing, and names every broken row."""

import datetime as dt
import re

import pytest
from django.core.management import CommandError, call_command

from regions.models import District, Municipality, MunicipalityCode, MunicipalityName, Succession
from tests.factories.regions import DistrictFactory, MunicipalityFactory, OblastFactory

pytestmark = pytest.mark.django_db

HEADER = (
    "uid,kind,oblast,district,name_ky,name_ru,named_from,code,coded_from,alive_from,alive_to,successors,succession_kind"
)
HEADER += ",confirmed_after_reform"
COLUMNS = HEADER.split(",")


@pytest.fixture
def corner(db):
    """An oblast with a district and two aimaks."""
    oblast = OblastFactory(uid="valley", name_ky="Өрөөн облусу")
    district = DistrictFactory(uid="north", oblast=oblast, name_ky="Түндүк району")
    place = {"oblast": oblast, "district": district}
    MunicipalityFactory(uid="ak-terek", name_ky="Ак-Терек айыл аймагы", name_ru="Ак-Терекский айылный аймак", **place)
    MunicipalityFactory(uid="kok-tal", name_ky="Көк-Тал айыл аймагы", name_ru="Кок-Талский айылный аймак", **place)
    return district


@pytest.fixture
def load(tmp_path, capsys):
    """Write the rows to a file, load it and give what was printed."""

    def run(*rows, name="newer.csv", header=HEADER, write=True, encoding="utf-8", extra=()):
        path = tmp_path / name
        path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
        call_command("load_regions", str(path), *extra, *(["--write"] if write else []))
        return capsys.readouterr().out

    return run


def row(uid="new", **cells):
    cells = {"kind": "aiyl_aimak", "oblast": "valley", "district": "north", **cells, "uid": uid}
    return ",".join(cells.get(column, "") for column in COLUMNS)


def faults(load, *rows, **options):
    with pytest.raises(CommandError) as caught:
        load(*rows, **options)
    assert caught.value.returncode == 1
    return str(caught.value)


def unit(uid):
    return Municipality.objects.get(uid=uid)


class TestChanges:
    @pytest.mark.usefixtures("corner")
    def test_nothing_is_written_until_told_to(self, load):
        out = load(row(name_ky="Жаңы айыл аймагы"), write=False)
        assert "Add: 1" in out
        assert "Жаңы айыл аймагы (new), Түндүк району" in out
        assert "Nothing was written" in out
        assert not Municipality.objects.filter(uid="new").exists()

    @pytest.mark.usefixtures("corner")
    def test_the_second_run_has_nothing_to_change(self, load):
        new = row(name_ky="Жаңы айыл аймагы", code="41700000000001", alive_from="2027-01")
        assert "Written." in load(new)
        assert load(new) == "Nothing to change.\n"
        assert unit("new").codes.get().code == "41700000000001"

    @pytest.mark.usefixtures("corner")
    def test_a_name_with_a_date_renames_and_remembers_the_old_one(self, load):
        out = load(row("kok-tal", name_ky="Асан айыл аймагы", name_ru="Асан айылный аймак", named_from="2027-03-01"))
        assert "Rename: 1" in out
        renamed = unit("kok-tal")
        assert (renamed.name_ky, str(renamed.named_since)) == ("Асан айыл аймагы", "2027-03-01")
        former = renamed.names.get()
        assert (former.name_ky, former.kind, str(former.valid_until)) == ("Көк-Тал айыл аймагы", "former", "2027-03-01")

    @pytest.mark.usefixtures("corner")
    def test_a_name_without_a_date_corrects_the_spelling(self, load):
        out = load(row("kok-tal", name_ky="Көк-Талаа айыл аймагы"))
        assert "Correct: 1" in out
        assert "“Көк-Тал айыл аймагы” → “Көк-Талаа айыл аймагы”" in out
        assert not MunicipalityName.objects.exists()

    @pytest.mark.usefixtures("corner")
    def test_a_file_older_than_the_register_does_not_undo_a_rename(self, load):
        load(row("kok-tal", name_ky="Асан айыл аймагы", named_from="2027-03"))
        for older in (row("kok-tal", name_ky="Көк-Тал айыл аймагы"), row("kok-tal", name_ky="Эски", named_from="2020")):
            out = load(older)
            assert "Leave alone: 1" in out
            assert "Nothing to change." in out
        assert unit("kok-tal").name_ky == "Асан айыл аймагы"

    @pytest.mark.usefixtures("corner")
    def test_a_merger_closes_the_old_units_and_keeps_the_line(self, load):
        out = load(
            row("ak-terek", alive_to="2027", successors="big", succession_kind="merged"),
            row("kok-tal", alive_to="2027", successors="big", succession_kind="merged"),
            row("big", name_ky="Ак-Терек айыл аймагы", alive_from="2027"),
        )
        for line in ("Add: 1", "Merge, annex or turn into another: 2", "Close: 2"):
            assert line in out
        assert Municipality.objects.lineage_of(unit("big")).count() == 3
        step = Succession.objects.get(predecessor__uid="kok-tal")
        assert (step.kind, str(step.since)) == ("merged", "2027")

    @pytest.mark.usefixtures("corner")
    def test_absence_closes_nothing_and_an_empty_cell_clears_nothing(self, load):
        load(row("kok-tal", alive_to="2027", confirmed_after_reform="yes"))
        load(row("ak-terek", name_ky="Ак-Терек айыл аймагы"))
        assert load(row("kok-tal")) == "Nothing to change.\n"
        assert unit("kok-tal").confirmed_after_reform
        assert str(unit("kok-tal").alive_until) == "2027"
        assert unit("ak-terek").alive_to is None

    @pytest.mark.usefixtures("corner")
    def test_a_new_code_closes_the_old_one(self, load):
        load(row("kok-tal", code="41700000000001"))
        out = load(row("kok-tal", code="41700000000002", coded_from="2027"))
        assert "Recode: 1" in out
        old, new = MunicipalityCode.objects.order_by("code")
        assert (str(old.valid_until), str(new.valid_since)) == ("2027", "2027")
        assert load(row("kok-tal", code="41700000000001")) == "Nothing to change.\n"

    @pytest.mark.usefixtures("corner")
    def test_one_code_may_belong_to_two_units(self, load):
        load(row("kok-tal", code="41700000000001"), row("ak-terek", code="41700000000001"))
        assert MunicipalityCode.objects.count() == 2

    @pytest.mark.usefixtures("corner")
    def test_a_district_may_be_renamed_and_have_other_spellings(self, load):
        header = "uid,oblast,name_ky,name_ru,named_from"
        load("north,valley,Манас району,Манасский район,2027", header=header)
        load("north,variant,Манаас району,,,", header="unit,kind,name_ky,name_ru,valid_from,valid_to", name="names.csv")
        district = District.objects.get(uid="north")
        assert district.name_ky == "Манас району"
        assert {name.name_ky for name in district.names.all()} == {"Түндүк району", "Манаас району"}

    @pytest.mark.usefixtures("corner")
    def test_history_tells_what_a_load_changed(self, load):
        load(row("kok-tal", name_ky="Көк-Талаа айыл аймагы"))
        assert unit("kok-tal").history.latest().name_ky == "Көк-Талаа айыл аймагы"

    @pytest.mark.usefixtures("corner")
    @pytest.mark.parametrize("change", [lambda text: text.replace(",", ";"), lambda text: text.replace(",", "\t")])
    def test_semicolons_and_tabs_of_a_spreadsheet_are_read(self, load, change):
        load(change(row(name_ky="Жаңы айыл аймагы")), header=change(HEADER), encoding="utf-8-sig")
        assert unit("new").name_ky == "Жаңы айыл аймагы"

    @pytest.mark.usefixtures("corner")
    def test_letters_are_stored_composed(self, load):
        load(row(name_ky="И\u0306-Суу айыл аймагы"))
        assert unit("new").name_ky == "Й-Суу айыл аймагы"

    @pytest.mark.usefixtures("corner")
    def test_a_file_that_was_loaded_once_does_not_undo_what_came_after(self, load):
        first = row("kok-tal", name_ky="Көк-Тал айыл аймагы")
        load(first)
        load(row("kok-tal", name_ky="Көк-Талаа айыл аймагы"))
        assert load(first, extra=["--once"]) == "Nothing to change.\n"
        assert unit("kok-tal").name_ky == "Көк-Талаа айыл аймагы"
        assert "Correct: 1" in load(first)

    def test_a_whole_directory_is_loaded_whatever_the_names_of_its_files(self, tmp_path, capsys):
        oblast = "valley,oblast,Ө облусу,О область,Ө,О,Ө,О,1"
        forms = "genitive_ky,genitive_ru,locative_ky,locative_ru"
        (tmp_path / "1.csv").write_text(f"uid,kind,name_ky,name_ru,{forms},position\n{oblast}\n")
        (tmp_path / "2.csv").write_text("uid,oblast,name_ky,name_ru\nnorth,valley,Түндүк району,Северный район\n")
        (tmp_path / "3.csv").write_text(f"{HEADER}\n{row(name_ky='Жаңы айыл аймагы')}\n")
        call_command("load_regions", str(tmp_path), "--write")
        assert "Add: 3" in capsys.readouterr().out
        assert unit("new").oblast.uid == "valley"


BROKEN = {
    "an unknown oblast": (row(name_ky="А", oblast="nowhere", district=""), "unknown oblast “nowhere”"),
    "an unknown district": (row(name_ky="А", district="nowhere"), "unknown district “nowhere”"),
    "an impossible date": (row(name_ky="А", alive_from="2027-02-30"), "a date is written as"),
    "a date in another form": (row(name_ky="А", alive_from="01.02.2027"), "a date is written as"),
    "an end before the beginning": (row(name_ky="А", alive_from="2027", alive_to="2026"), "is not after alive_from"),
    "a kind that does not exist": (row(name_ky="А", kind="village"), "must be one of: aiyl_aimak"),
    "no name": (row(), "give the name in at least one language"),
    "no identifier": (row("", name_ky="А"), "uid: is empty"),
    "an identifier with capitals": (row("New", name_ky="А"), "small Latin letters"),
    "a code of 13 digits": (row(name_ky="А", code="4170000000001"), "14 digits"),
    "a code with letters": (row(name_ky="А", code="4170000000000O"), "14 digits"),
    "a successor that does not exist": (
        row("kok-tal", alive_to="2027", successors="nobody", succession_kind="merged"),
        "unknown successor “nobody”",
    ),
    "a successor of a living unit": (
        row("kok-tal", successors="ak-terek", succession_kind="merged"),
        "alive_to is missing",
    ),
    "a successor without the way": (row("kok-tal", alive_to="2027", successors="ak-terek"), "belong together"),
    "itself as a successor": (
        row("kok-tal", alive_to="2027", successors="kok-tal", succession_kind="merged"),
        "cannot succeed itself",
    ),
    "a city in the wrong place": (row(name_ky="А", kind="city_oblast"), "lies in no district"),
    "an aimak without a district": (row(name_ky="А", district=""), "need a district"),
    "a city of the republic in an oblast": (
        row(name_ky="А", kind="city_republican", district=""),
        "only a city of republican rank",
    ),
    "a change of kind": (row("kok-tal", kind="city_district"), "makes a new unit"),
    "a name that is too long": (row(name_ky="А" * 151), "longer than 150"),
    "a NUL": (row(name_ky="А\x00Б"), "NUL"),
    "too few cells": ("new,aiyl_aimak,valley", "the row has 3 cells, the header has 14"),
    "an odd answer": (row(name_ky="А", confirmed_after_reform="maybe"), "write yes or no"),
    "a stray quote": ('new,"a"b,valley,' + "," * 10, "broken quotes"),
}


@pytest.mark.usefixtures("corner")
class TestBrokenFiles:
    @pytest.mark.parametrize(("broken", "sentence"), BROKEN.values(), ids=BROKEN.keys())
    def test_a_broken_row_is_named_and_nothing_is_written(self, load, broken, sentence):
        said = faults(load, row("sound", name_ky="Соо айыл аймагы"), broken)
        assert sentence in said
        assert re.search(r"newer\.csv, row 3: ", said)
        assert not Municipality.objects.filter(uid__in=["sound", "new"]).exists()
        assert unit("kok-tal").alive_to is None

    def test_all_broken_rows_are_listed(self, load):
        said = faults(load, row("a"), row("b", name_ky="Б", oblast="x"), row("c", name_ky="В", alive_from="soon"))
        assert said.startswith("Nothing was written. Faults: 3\n")
        assert [int(number) for number in re.findall(r"row (\d+):", said)] == [2, 3, 4]

    def test_an_identifier_listed_twice_is_named_with_its_first_row(self, load):
        said = faults(load, row(name_ky="А"), row(name_ky="Б"))
        assert "row 3: “new” is listed already" in said
        assert "row 2" in said

    def test_what_points_to_a_broken_row_is_not_blamed_too(self, load):
        said = faults(
            load,
            row("big", name_ky="А" * 200),
            row("kok-tal", alive_to="2027", successors="big", succession_kind="merged"),
        )
        assert said.startswith("Nothing was written. Faults: 1\n")

    def test_a_circle_of_successions_is_refused(self, load):
        ends = {"alive_to": "2027", "succession_kind": "merged"}
        said = faults(
            load, row("kok-tal", successors="ak-terek", **ends), row("ak-terek", successors="kok-tal", **ends)
        )
        assert "a circle" in said or "had ended by then" in said

    def test_a_code_that_changes_needs_the_day(self, load):
        load(row("kok-tal", code="41700000000001"))
        assert "say since when in coded_from" in faults(load, row("kok-tal", code="41700000000002"))

    def test_a_district_of_another_oblast_is_refused(self, load):
        OblastFactory(uid="plain")
        assert "lies in valley" in faults(load, row(name_ky="А", oblast="plain"))

    @pytest.mark.parametrize(
        ("header", "sentence"),
        [
            (HEADER.replace("oblast", "region"), "missing columns: oblast; unknown columns: region"),
            (HEADER + ",uid", "columns given twice: uid"),
            ("фамилия,имя", "of no known form"),
            ("", "of no known form"),
        ],
    )
    def test_a_header_that_is_not_ours_is_explained(self, load, header, sentence):
        said = faults(load, row(name_ky="А"), header=header)
        assert sentence in said
        assert "row 1" in said

    def test_a_file_in_windows_1251_is_refused_with_a_sentence(self, load):
        said = faults(load, row(name_ru="Новый айылный аймак"), encoding="cp1251")
        assert "row 2: name_ru: not UTF-8 (perhaps Windows-1251)" in said

    def test_a_large_file_in_windows_1251_is_one_fault(self, load):
        rows = [row(f"new-{n}", name_ru="Новый айылный аймак") for n in range(100)]
        assert faults(load, *rows, encoding="cp1251").startswith("Nothing was written. Faults: 1\n")

    def test_a_file_in_utf_16_is_refused_with_a_sentence(self, load):
        assert "saved as UTF-16" in faults(load, row(name_ky="А"), encoding="utf-16")

    def test_a_workbook_is_refused_with_a_sentence(self, load, tmp_path):
        (tmp_path / "book.csv").write_bytes(b"PK\x03\x04" + bytes(100))
        with pytest.raises(CommandError, match="a workbook or an archive"):
            call_command("load_regions", str(tmp_path / "book.csv"))

    def test_a_path_that_does_not_exist_is_refused_with_a_sentence(self, tmp_path):
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("load_regions", str(tmp_path / "none.csv"))
        with pytest.raises(CommandError, match=r"holds no \.csv file"):
            call_command("load_regions", str(tmp_path))

    def test_names_and_codes_of_unknown_units_are_refused(self, load):
        names = "unit,kind,name_ky,name_ru,valid_from,valid_to"
        assert "unknown unit “nobody”" in faults(load, "nobody,former,А,,,", header=names)
        assert "is not after valid_from" in faults(load, "kok-tal,former,А,,2027,2026", header=names)
        assert "unknown unit" in faults(load, "nobody,41700000000001,,", header="unit,code,valid_from,valid_to")


@pytest.mark.usefixtures("corner")
def test_a_period_that_ends_too_early_with_what_is_stored_is_refused(load):
    header = "unit,kind,name_ky,name_ru,valid_from,valid_to"
    load("kok-tal,former,Эски,,,2020", header=header)
    assert "is not after valid_from 2021" in faults(load, "kok-tal,former,Эски,,2021,", header=header)


@pytest.mark.usefixtures("corner")
def test_an_identifier_of_a_district_is_not_given_to_a_municipality(load):
    assert "“north” is a district already" in faults(load, row("north", name_ky="А"))


def test_dates_are_those_of_the_file(load, corner):
    load(row("kok-tal", alive_to="2027-05-01"))
    assert unit("kok-tal").alive_to == dt.date(2027, 5, 1)
    assert unit("kok-tal").alive_to_precision == "day"

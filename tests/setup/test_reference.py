"""Reference data: all of it, once; and a wrong file says what is wrong with it."""

import dataclasses
import shutil
from collections import Counter
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from disperin.regions.models import District, Regency, RetiredCode, Village
from disperin.registers.record.revisions import revisions_of
from industries.models import Commodity, KbliChange, KbliClass, KbliVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

KBLI = "code,title_id,title_en,level,parent\n"


def load(capsys, *arguments):
    """Run the command; gives what it said."""
    call_command("load_reference", *arguments)
    return capsys.readouterr().out


def kbli_file(folder, *lines, head=KBLI):
    """A file of KBLI classes."""
    path = folder / "kbli.csv"
    path.write_text(head + "".join(f"{line}\n" for line in lines))
    return str(path)


def test_the_province_is_loaded_whole(reference):
    counts = [model.objects.count() for model in (Regency, District, Village, RetiredCode, KbliClass, Commodity)]
    assert counts == [13, 156, 2016, 34, 748 + 721, 32]
    assert "2016 village" in reference


def test_every_district_and_village_has_a_point_and_its_chain():
    assert not Village.objects.filter(latitude=None).exists()
    assert not District.objects.filter(longitude=None).exists()
    village = Village.objects.get(pk="63.07.06.1002")
    assert (village.district_id, village.regency_id, village.kind) == ("63.07.06", "63.07", "kelurahan")
    assert village.latitude == Decimal(str(village.latitude))


def test_a_retired_code_names_its_successor():
    assert RetiredCode.objects.get(pk="63.02.06.1002").successor == "63.02.22.1009"


def test_a_class_knows_the_ones_above_it_and_a_division_has_none():
    assert KbliClass.objects.get(pk="2020-10794").parent_id == "2020-1079"
    assert KbliClass.objects.get(pk="2020-10").parent is None


def test_tariff_codes_are_kept_as_digits():
    assert Commodity.objects.get(pk="anyaman_purun").hs_codes == ["460129", "460219"]


def test_loading_again_changes_nothing_and_says_so(capsys):
    before = revisions_of(["reference"])

    said = load(capsys)

    assert [line for line in said.splitlines() if not line.endswith(" 0 new or changed")] == []
    assert revisions_of(["reference"]) == before


def test_what_somebody_changed_by_hand_is_put_right_and_answers_are_fresh(capsys):
    Regency.objects.filter(pk="63.07").update(capital="Lain")
    before = revisions_of(["reference"])

    said = load(capsys)

    assert Regency.objects.get(pk="63.07").capital == "Barabai"
    assert "1 new or changed" in said
    assert revisions_of(["reference"]) != before


def test_kbli_2025_is_in_force_beside_2020_and_says_what_became_of_each_number():
    by_level = Counter(KbliClass.objects.filter(version=2025).values_list("level", flat=True))
    assert by_level == {2: 24, 3: 71, 4: 162, 5: 464}
    assert [*KbliVersion.objects.values_list("version", "in_force")] == [(2025, True), (2020, False)]
    states = Counter(KbliChange.objects.values_list("state", flat=True))
    assert states == {"gone": 91, "new": 79, "other_meaning": 45, "same_title": 163, "title_changed": 177}


def test_loading_leaves_the_version_that_an_administrator_has_in_force(capsys):
    KbliVersion.objects.filter(version=2025).update(in_force=False)
    KbliVersion.objects.filter(version=2020).update(in_force=True)

    load(capsys)

    assert KbliVersion.objects.get(in_force=True).version == 2020


def test_a_commodity_has_a_class_of_2025_only_where_number_and_title_stayed():
    assert Commodity.objects.get(pk="amplang").kbli_codes == ["2020-10794", "2025-10794"]
    assert Commodity.objects.get(pk="sasirangan").kbli_codes == ["2020-13134"]  # gone
    assert Commodity.objects.get(pk="kopi").kbli_codes == ["2020-10761"]  # another title
    assert Commodity.objects.get(pk="batubara").kbli_codes == ["2020-05100"]  # outside section C


def test_another_version_of_kbli_stands_beside_the_first(capsys, tmp_path):
    path = kbli_file(tmp_path, "10,Industri Makanan,,2,C", "101,Daging,,3,10")

    load(capsys, "--kbli", path, "--kbli-version", "2030")

    assert KbliClass.objects.get(pk="2030-101").parent_id == "2030-10"
    assert KbliClass.objects.filter(version=2020).count() == 748
    assert KbliVersion.objects.get(in_force=True).version == 2025


def test_a_wrong_line_is_named_and_nothing_is_loaded(tmp_path):
    wrong = [
        (["1,Industri,,1,C"], "'1' is no KBLI code"),
        (["10,Industri,,2,C", "10,Lagi,,2,C"], "line 3: the code 10 stands twice"),
        (["10,,,2,C"], "has no title"),
        (["101,Daging,,3,10"], "'10' cannot stand above 101"),
        (["10,Industri,,2,C", "101,Daging,,3,11"], "'11' cannot stand above 101"),
        (["10,Industri,,5,C"], "level '5' does not fit 10"),
        (["10,Industri,,2"], "another number of columns"),
        ([f"10,{'x' * 251},,2,C"], "line 2:"),
        (['10,"Industri'], "is no CSV file"),
    ]

    said = []
    for lines, _told in wrong:
        with pytest.raises(CommandError) as refused:
            call_command("load_reference", "--kbli", kbli_file(tmp_path, *lines), "--kbli-version", "2030")
        said.append(str(refused.value))

    assert [(told, one) for (_lines, told), one in zip(wrong, said, strict=True) if told not in one] == []
    assert not KbliClass.objects.filter(version=2030).exists()


def test_a_file_with_other_columns_is_told_what_it_lacks(tmp_path):
    path = kbli_file(tmp_path, "10,Industri", head="kode,judul\n")

    with pytest.raises(CommandError, match="lacks the columns code, level, parent, title_en, title_id"):
        call_command("load_reference", "--kbli", path, "--kbli-version", "2025")


def test_a_file_that_is_not_there_or_no_text_is_told_so(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_reference", "--kbli", str(tmp_path / "none.csv"), "--kbli-version", "2025")
    (tmp_path / "kbli.xlsx").write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("load_reference", "--kbli", str(tmp_path / "kbli.xlsx"), "--kbli-version", "2025")


@pytest.mark.parametrize("arguments", [["--kbli", "x.csv"], ["--kbli-version", "2025"]])
def test_a_file_and_its_version_go_together(arguments):
    with pytest.raises(CommandError, match="go together"):
        call_command("load_reference", *arguments)


def test_one_bad_file_leaves_everything_as_it_was(tmp_path, settings):
    folder = tmp_path / "province"
    shutil.copytree(settings.PROVINCE.folder, folder)
    (folder / "commodities.csv").write_text("id\n")
    settings.PROVINCE = dataclasses.replace(settings.PROVINCE, folder=folder)
    Regency.objects.filter(pk="63.07").update(capital="Lain")

    with pytest.raises(CommandError, match="commodities.csv lacks the columns"):
        call_command("load_reference")

    assert Regency.objects.get(pk="63.07").capital == "Lain"


def test_the_data_comes_with_its_notice():
    notice = (settings.BASE_DIR / "data" / "NOTICE.md").read_text()

    files = [*settings.REFERENCE_DATA.glob("*.*"), *settings.PROVINCE.folder.glob("*.*")]
    assert len(files) > 18
    assert all(path.name in notice for path in files)

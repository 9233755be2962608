"""Records that share a name with many others, or whose name has no letter of ours, are known again all the same."""

import pytest

from disperin.registers.pairing import search
from tests.factories import DistrictFactory, VillageFactory, an_establishment
from tests.workbooks.rows import HEADINGS, a_row, counts

HEAD = [*HEADINGS, "Nama pemilik"]


def a_maker(name, village="63.07.01.2001", owner=""):
    """A maker of this name, and its row in a file."""
    district = DistrictFactory(code=village[:8])
    VillageFactory(code=village, district=district)
    an_establishment(name=name, village=village, owner_name=owner)
    row = a_row(name)
    row[5] = village
    return [*row, owner]


@pytest.fixture(params=[False, True], ids=["by the index", "with the names at hand"])
def _either_way(request, monkeypatch):
    if request.param:
        monkeypatch.setattr(search, "MANY", 1)


@pytest.mark.usefixtures("_either_way")
def test_one_of_many_with_the_same_name_is_known_again_by_its_village_and_owner(send, officer):
    villages = [f"63.07.01.20{at:02d}" for at in range(1, 9)]
    rows = [a_maker("Gula Aren", village, f"Ibu {village[-2:]}") for village in villages]
    rows += [a_maker("Anyaman Purun", villages[0], owner) for owner in ("Ayu", "Budi", "Citra", "Dewi", "Edi", "Fitri")]

    again = send(officer, [HEAD, *rows])

    assert again.counts == counts(read=14, unchanged=14)


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize("name", ["ꦲꦶ", "🏭", "中国", "Ⅻ"])
def test_a_name_without_a_letter_of_ours_is_known_again(send, officer, name):
    again = send(officer, [HEAD, a_maker(name)])

    assert again.counts == counts(read=1, unchanged=1)


def test_what_nobody_sees_in_a_name_makes_no_other_record(send, officer):
    row = a_maker("Ayu")
    row[0] = "A\u200byu"

    assert send(officer, [HEAD, row]).counts == counts(read=1, unchanged=1)

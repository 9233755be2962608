"""A column of KBLI digits: what they say alone, and the version chosen once for all of them."""

import pytest

from disperin.workbooks import actions
from industries.models import KbliChange
from tests.factories import KbliClassFactory, two_versions_of_kbli
from tests.workbooks.rows import HEADINGS, a_row, codes_of, counts


@pytest.fixture(autouse=True)
def _versions(db):
    two_versions_of_kbli()


def rows(*codes):
    """A row of the file for each of these codes."""
    made = [a_row(f"Usaha {code}") for code in codes]
    for row, code in zip(made, codes, strict=True):
        row[3] = code
    return made


def kbli_of(workbook, done, officer):
    """`{name: key}` of what the file proposes once it is submitted."""
    batch = done(actions.submit, workbook, by=officer, acknowledged=True).batch
    return {one.values["name"]: one.values["kbli"] for one in batch.submissions.all()}


def test_digits_that_say_too_little_stop_their_row_until_the_column_says_its_version(send, done, officer, signed_in):
    workbook = send(officer, [HEADINGS, *rows("10794", "16212", 13134)])

    assert workbook.counts == counts(read=3, new=1, bad=2)
    assert codes_of(workbook) == {3: ["which_version"], 4: ["which_version"]}
    told = workbook.rows.get(number=3).errors[0]["message"]
    assert "Laminasi Bambu" in told
    assert "Kayu Lapis Laminasi" in told
    page = signed_in(officer).get(f"{workbook.get_absolute_url()}?kolom").content.decode()
    assert 'value=":kbli@2020"' in page
    assert "KBLI 2025" in signed_in(officer).get(workbook.get_absolute_url()).content.decode()

    mapping = workbook.mapping
    mapping[0]["columns"]["3"] = "kbli@2020"
    workbook = done(actions.confirm, workbook, mapping, by=officer)

    assert workbook.counts == counts(read=3, new=3)
    assert kbli_of(workbook, done, officer) == {
        "Usaha 10794": "2020-10794",
        "Usaha 16212": "2020-16212",
        "Usaha 13134": "2020-13134",
    }


def test_a_number_whose_title_alone_was_changed_means_the_class_in_force_and_is_not_asked_about(send, done, officer):
    for version, title in ((2020, "Industri Gula Merah"), (2025, "Industri Gula Merah dan Sejenisnya")):
        KbliClassFactory(version=version, code="10722", title_id=title)
    KbliChange.objects.create(key="2025-10722", version=2025, code="10722", state=KbliChange.State.TITLE_CHANGED)

    workbook = send(officer, [HEADINGS, *rows("10722")])

    assert workbook.counts == counts(read=1, new=1)
    assert kbli_of(workbook, done, officer) == {"Usaha 10722": "2025-10722"}


def test_a_heading_that_names_the_version_says_it(send, done, officer):
    headings = [*HEADINGS]
    headings[3] = "Kode KBLI 2020"

    workbook = send(officer, [headings, *rows("13134", "2025-13133")])

    assert workbook.mapping[0]["columns"]["3"] == "kbli@2020"
    assert set(kbli_of(workbook, done, officer).values()) == {"2020-13134", "2025-13133"}

"""A file becomes rows, outcomes, and submissions of one batch."""

from tests.factories import establishment_values

HEADINGS = ["Nama usaha", "Bentuk badan usaha", "Cabang industri", "KBLI", "Kecamatan", "Desa/kelurahan"]


def a_row(name):
    """The cells of a new establishment, in the order of HEADINGS."""
    values = establishment_values(name=name)
    return [name, "perorangan", "sandang_kulit", "13134", values["district"], values["village"]]


def test_rows_of_a_file_are_judged_without_proposing_anything(send, officer):
    workbook = send(officer, [HEADINGS, a_row("Sasirangan Ayu"), a_row("Batik Budi")])

    assert (workbook.state, workbook.counts) == (
        "checked",
        {"read": 2, "new": 2, "changed": 0, "unchanged": 0, "bad": 0},
    )

"""Rows of establishments as files hold them, and what is read from a workbook about them."""

from disperin.submissions import actions as submissions
from tests.factories import establishment_values

HEADINGS = ["Nama usaha", "Bentuk badan usaha", "Cabang industri", "KBLI", "Kecamatan", "Desa/kelurahan", "NIB"]
NOTHING = {"read": 0, "new": 0, "changed": 0, "unchanged": 0, "bad": 0, "skipped": 0}


def a_row(name, *, nib=None, regency="63.07"):
    """The cells of a new establishment, in the order of HEADINGS."""
    values = establishment_values(name=name, regency=regency)
    return [name, "perorangan", "sandang_kulit", "13134", values["district"], values["village"], nib]


def counts(**numbers):
    return NOTHING | numbers


def codes_of(workbook):
    """`{row: codes}` of what is to be mended."""
    return {row.number: [one["code"] for one in row.errors] for row in workbook.rows.filter(outcome="bad")}


def verified(batch, verifier):
    """Every submission of a batch, verified."""
    for one in batch.submissions.order_by("id"):
        submissions.verify(one, by=verifier, round=one.round)

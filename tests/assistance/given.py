"""What makers and clusters were given, as rows of a form."""

GIVEN = {"state": "diserahkan", "handover_number": "BAST/7/2026", "handover_on": "2026-03-02"}


def to(*records, **row):
    """Rows of beneficiaries."""
    names = {"IKM": "establishment", "SEN": "cluster"}
    return [{names[one.number[:3]]: one.number, **row} for one in records]

"""The revision number of each register: what cached answers are kept under."""

from django.db import connection

from disperin.registers.models import Revision

_RAISE = """
    INSERT INTO registers_revision (register, number) VALUES (%s, 1)
    ON CONFLICT (register) DO UPDATE SET number = registers_revision.number + 1
"""


def raise_revision(slug):
    """Every cached answer that reads this register is old from the end of this transaction. Call it last."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [slug])


def revisions_of(slugs):
    """The present revisions as one text, in one query; a register that never changed counts as 0."""
    found = dict(Revision.objects.filter(register__in=slugs).values_list("register", "number"))
    return "-".join(str(found.get(slug, 0)) for slug in sorted(slugs))

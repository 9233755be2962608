"""The revision number of each register: what cached answers are kept under."""

from django.db import connection

_RAISE = """
    INSERT INTO registers_revision (register, number) VALUES (%s, 1)
    ON CONFLICT (register) DO UPDATE SET number = registers_revision.number + 1
"""
_READ = "SELECT register, number FROM registers_revision WHERE register = ANY(%s)"  # at every public read: no ORM


def raise_revision(slug):
    """Every cached answer that reads this register is old from the end of this transaction. Call it last."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [slug])


def revisions_of(slugs):
    """The present revisions as one text, in one query; a register that never changed counts as 0."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(slugs)])
        found = dict(cursor.fetchall())
    return "-".join(str(found.get(slug, 0)) for slug in sorted(slugs))

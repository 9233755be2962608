"""What the tables of registers held at the end of a day."""

import datetime

from disperin.registers.record import past, past_rows
from tests import factories


def test_every_table(db):
    for make in factories.RECORDS.values():
        make()
    today = datetime.date.today()
    for name, table in past_rows.tables().items():
        now = list(table.model.objects.order_by("id").values())
        with past.reading(today):
            assert list(table.model.objects.order_by("id").values()) == now
            assert table.model.objects.count() == len(now)
        with past.reading(today - datetime.timedelta(days=3)):
            assert list(table.model.objects.order_by("id").values()) == []

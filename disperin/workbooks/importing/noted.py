"""What was noted of many rows, kind by kind: so often, in this column, for example so."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from disperin.ui import said
from disperin.workbooks.models import Outcome, Workbook, WorkbookRow

MOST = 20  # kinds that are told
_TABLE = WorkbookRow._meta.db_table
_SQL = f"""
    SELECT told ->> 'heading', count(*), (array_agg(told ORDER BY told ->> 'message'))[1]
    FROM {_TABLE}, jsonb_array_elements({{field}}) AS told
    WHERE workbook_id = %s AND outcome = ANY(%s)
    GROUP BY told ->> 'code', told ->> 'heading' HAVING count(*) > 1 ORDER BY count(*) DESC, 1 LIMIT {MOST}
"""  # noqa: S608 -- our own names


class Noted(NamedTuple):
    """One kind of note: the heading of its column, how often it was made, and one of them."""

    heading: str
    times: int
    example: str


def noted(workbook: Workbook, field: str, outcomes: Sequence[str] = Outcome.values) -> list[Noted]:
    """`[Noted]` of the `warnings` or `errors` (`field`) of a workbook's rows, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(field=field), [workbook.pk, list(outcomes)])
        rows = cursor.fetchall()
    return [Noted(heading, times, said.now(json.loads(example))["message"]) for heading, times, example in rows]

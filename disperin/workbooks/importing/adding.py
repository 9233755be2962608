"""The columns that the sheets of a file lack are added to them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Func, IntegerField, Max

from disperin.workbooks.importing.progress import keep
from disperin.workbooks.models import Workbook
from disperin.workbooks.tables.added import columns_of_file, lacking
from disperin.workbooks.tables.columns import tables


def add_columns(workbook: Workbook) -> None:
    """Give each sheet that is read the columns that it lacks. One that was added before stands where it stood."""
    known = {table.part: table for table in tables(workbook.target)}
    for at, (sheet, mapping) in enumerate(zip(workbook.sheets, workbook.mapping, strict=True)):
        if mapping["part"] is None:
            continue
        table, columns = known[mapping["part"]], columns_of_file(sheet, mapping)
        wanted = dict.fromkeys([*lacking(table, columns.values()), *mapping.get("same", {})])
        if wanted:
            labels = {column.name: column.label for column in table.columns}
            mapping["columns"] = columns | dict(_added(workbook, at, sheet, {name: labels[name] for name in wanted}))
    keep(workbook, sheets=workbook.sheets, mapping=workbook.mapping)


def _added(workbook: Workbook, at: int, sheet: dict[str, Any], labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`(place, name)` of these columns, which get their headings."""
    added, headings = sheet.setdefault("added", {}), sheet["headings"]
    if not added:
        length = Func("cells", function="jsonb_array_length", output_field=IntegerField())
        widest = workbook.rows.filter(sheet=at).aggregate(most=Max(length))["most"] or 0
        headings += [""] * (widest - len(headings))
    for name, label in labels.items():
        place = added.setdefault(name, len(headings))
        headings += [""] * (place + 1 - len(headings))
        headings[place] = label
        yield str(place), name

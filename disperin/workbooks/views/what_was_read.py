"""What of a file was not read, and what was read in a way that the file does not say: told on each of its pages."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from disperin.ui.abilities import HasVersions
from disperin.ui.formats import number
from disperin.workbooks.forms import heading_of
from disperin.workbooks.models import Workbook
from disperin.workbooks.tables.added import columns_of_file
from disperin.workbooks.tables.columns import NOT_READ, OUR_LISTS, tables
from disperin.workbooks.tables.joined import joined_in
from disperin.workbooks.tables.no_data import NO_DATA, in_rows


def not_read(workbook: Workbook) -> Iterator[str]:
    """What of the file was not read, so that nothing is left out in silence."""
    for sheet, mapped in zip(workbook.sheets, workbook.mapping, strict=False):
        name = {"sheet": sheet["name"]}
        left_out = sheet.get("left_out", [])
        for at in left_out:
            text = _("“%(column)s” of “%(sheet)s” is a column of NIKs: it was left out, and nothing of it was kept.")
            yield text % {**name, "column": heading_of(sheet, at)}
        if sheet["hidden"]:
            yield _("The sheet “%(sheet)s” is hidden and was not read.") % name
        elif mapped["part"] is None and any(sheet["headings"]) and sheet["name"] not in OUR_LISTS:
            yield _("The sheet “%(sheet)s” was not read.") % name
        elif mapped["part"] is not None:
            ignored = [
                heading_of(sheet, int(at))
                for at, what in mapped["columns"].items()
                if what == NOT_READ and int(at) not in left_out
            ]
            if ignored:
                yield _("Not read of “%(sheet)s”: %(columns)s.") % {**name, "columns": ", ".join(map(str, ignored))}
            yield from _beside_the_cells(sheet)
            for kind, rows in sheet.get("no_data", {}).items():
                yield _("No data, so not read: %(kind)s (%(rows)s).") % {"kind": NO_DATA[kind], "rows": in_rows(rows)}


def _beside_the_cells(sheet: Mapping[str, Any]) -> Iterator[str]:
    """Comments, pictures and boxes of text are not read, whatever they say."""
    name = {"sheet": sheet["name"]}
    if cells := sheet.get("comments"):
        text = _("Comments of “%(sheet)s” were not read: %(cells)s. What they correct has to stand in the cells.")
        yield text % {**name, "cells": in_rows(cells)}
    if rows := sheet.get("pictures"):
        text = _("Pictures and boxes of text on “%(sheet)s” were not read: rows %(rows)s.")
        yield text % {**name, "rows": in_rows(rows)}


def read_so(workbook: Workbook) -> Iterator[str]:
    """What was read in a way that the file does not say."""
    known = tables(workbook.target)
    fields, labels = {table.part: table.fields for table in known}, {table.part: dict(table.named) for table in known}
    for sheet, mapped in zip(workbook.sheets, workbook.mapping, strict=False):
        if sheet["hidden"] or mapped["part"] is None:
            continue
        hidden = [heading_of(sheet, at) for at in sheet.get("hidden_columns", ()) if _is_read(mapped, at)]
        if hidden:
            text = _("Hidden columns of “%(sheet)s” were read too: %(columns)s.")
            yield text % {"sheet": sheet["name"], "columns": ", ".join(map(str, hidden))}
        if sheet.get("percent_unseen"):
            text = _(
                "Which rows and columns of “%(sheet)s” are hidden, and how its figures are shown, could not be told "
                "from this file. Look at its rows, or save it as .xlsx in Excel and send that."
            )
            yield text % {"sheet": sheet["name"]}
        if besides := sheet.get("hidden_besides"):
            first, last, rows = map(number, besides)
            text = _(
                "Hidden rows of “%(sheet)s” were read too: so many stand apart from each other that %(rows)s of them, "
                "from row %(first)s to row %(last)s, are not marked one by one."
            )
            yield text % {"sheet": sheet["name"], "rows": rows, "first": first, "last": last}
        for at in sheet.get("remembered", ()):
            if label := labels[mapped["part"]].get(mapped["columns"].get(str(at), "")):
                text = _("“%(heading)s” was read as “%(column)s”, as was confirmed once for this regency.")
                yield text % {"heading": heading_of(sheet, at), "column": label}
        columns = {int(at): name for at, name in mapped["columns"].items()}
        for at, others in joined_in(columns).items():
            together = {
                "column": labels[mapped["part"]].get(columns[at], columns[at]),
                "columns": ", ".join(f"“{heading_of(sheet, place)}”" for place in (at, *others)),
                "sheet": sheet["name"],
            }
            yield _("Read together as “%(column)s” of “%(sheet)s”: %(columns)s.") % together
        for name, text in mapped.get("same", {}).items():
            given = {"column": labels[mapped["part"]][name], "value": text, "sheet": sheet["name"]}
            yield _("“%(value)s” was given to all rows of “%(sheet)s” as “%(column)s”.") % given
        for at, times in mapped.get("times", {}).items():
            if times > 1 and _is_read(mapped, int(at)):
                heading = {"heading": heading_of(sheet, int(at)), "times": number(times)}
                yield _("Every figure of “%(heading)s” was multiplied by %(times)s.") % heading
        for at, what in columns_of_file(sheet, mapped).items():
            field: Any = fields[mapped["part"]].get(what)
            if isinstance(field, HasVersions) and len(field.versions()) > 1:
                yield _without_version(heading_of(sheet, int(at)), field)


def _is_read(mapped: Mapping[str, Any], at: int) -> bool:
    return mapped["columns"].get(str(at), NOT_READ) not in ("", NOT_READ)


def _without_version(heading: str, field: Any) -> str:
    text = _(
        "“%(heading)s”: digits alone were read as %(version)s. Where they do not say what is made, the row is to be "
        "mended: choose the version once, for the whole column."
    )
    return text % {"heading": heading, "version": field.version_of_digits}

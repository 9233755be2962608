"""The small forms of the import pages."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.registers.values.fields import Day
from disperin.registers.values.kept_texts import KeptText
from disperin.submissions.batches.actions import check_stock
from disperin.submissions.models import Stock
from disperin.submissions.models.stock import LONGEST_NAME
from disperin.ui.forms import Offered, choice_field
from disperin.ui.texts import Text
from disperin.workbooks.files.cells import letters
from disperin.workbooks.models import Mapped, Workbook
from disperin.workbooks.tables.added import columns_of_file, lacking
from disperin.workbooks.tables.columns import ERRORS, NOT_READ, OUR_LISTS, Column, Table, tables
from disperin.workbooks.tables.joined import JOINED, is_joined, joinable
from disperin.workbooks.tables.units import TIMES

ACCEPTED = ".xlsx,.xlsm,.xls,.ods,.csv,.txt,.tsv"


class SendForm(Offered):
    """Which register and regency a file is for."""

    daftar = forms.ChoiceField(label=_("Register"))
    kabupaten = forms.ModelChoiceField(label=_("Regency/city"), queryset=Regency.objects.all())
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV; at most 50 MB and 200,000 rows."),
        widget=forms.FileInput({"accept": ACCEPTED}),
        allow_empty_file=True,
    )

    older_system = KeptText(
        label=_("Older system (optional)"),
        help_text=_(
            "Only for rows taken out of an older system of the office: its name. New rows then enter the register at"
            " once, said to be not checked yet."
        ),
        max_length=LONGEST_NAME,
        required=False,
    )
    extracted_on = Day(
        label=_("Taken out of it on"), help_text=_("Needed with the name of an older system."), required=False
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        choice_field(self, "daftar").choices = [
            (register.slug, capfirst(str(register.label_alone))) for register in directory.proposed_by(by)
        ]
        if by.regency_id:
            del self.fields["kabupaten"]
            self.own = {"kabupaten": by.regency_id}
        if not by.can_publish:
            del self.fields["older_system"], self.fields["extracted_on"]

    def clean(self) -> dict[str, Any]:
        """As of Offered; what the rows come from is whole or not named."""
        cleaned = super().clean()
        if self.stock and not {"older_system", "extracted_on"} & self.errors.keys():
            try:
                check_stock(self.stock, by=self.by)
            except ValidationError as refused:
                self.add_error(None, refused)
        return cleaned

    @property
    def stock(self) -> Stock | None:
        """The Stock that the rows come from, whole or not; None where none was named."""
        return Stock.named(self.cleaned_data.get("older_system", ""), self.cleaned_data.get("extracted_on"))


class PhotosForm(forms.Form):
    """The pictures that rows of a file name. Nobody has to send any, so no field is called mandatory."""

    file = forms.FileField(
        label=_("ZIP of photographs"),
        help_text=_("JPEG, PNG or WebP, at most 10 MB each and 50 MB together; several ZIPs may follow each other."),
        widget=forms.FileInput({"accept": ".zip"}),
        allow_empty_file=True,
        required=False,
    )

    def clean_file(self) -> Any:
        """A file, whoever sends the form."""
        file = self.cleaned_data["file"]
        if file is None:
            raise ValidationError(self.fields["file"].error_messages["required"], "required")
        return file


class SubmitForm(forms.Form):
    """The last word before rows become submissions."""

    acknowledge_warnings = forms.BooleanField(required=False, label=_("I have read the warnings; the rows are right."))


class MappingForm(forms.Form):
    """What each sheet holds and each of its columns is. Made of what was guessed or confirmed before."""

    def __init__(self, workbook: Workbook, data: QueryDict | None = None) -> None:
        self.workbook = workbook
        super().__init__(data)
        known = tables(workbook.target)
        parts = [("-", _("Not read")), *((table.part or "records", table.title) for table in known)]
        choices = [
            ("", _("Please choose")),
            (NOT_READ, _("Not read")),
            *((table.title, [(f"{table.part}:{name}", label) for name, label in table.named]) for table in known),
        ]
        self._tables: dict[str, Table] = {table.part: table for table in known}
        self._given = [
            ("", _("Please choose")),
            *(
                (table.title, [(f"{table.part}:{column.name}", column.label) for column in _given(table)])
                for table in known
            ),
        ]
        self.sheets: list[dict[str, Any]] = []
        for at, (sheet, mapped) in enumerate(zip(workbook.sheets, workbook.mapping, strict=True)):
            if sheet["rows"] and not sheet["hidden"] and sheet["name"] not in OUR_LISTS:
                self._add_sheet(at, sheet, mapped, parts, choices)

    def _add_sheet(
        self, at: int, sheet: dict[str, Any], mapped: Mapped, parts: Sequence[Any], choices: Sequence[Any]
    ) -> None:
        part = mapped["part"]
        self.fields[f"sheet-{at}"] = forms.ChoiceField(
            choices=parts, label=_("What it holds"), initial="-" if part is None else part or "records"
        )
        columns = []
        own = columns_of_file(sheet, mapped)
        for place, name in sorted((int(place), name) for place, name in own.items()):
            if name == ERRORS or place in sheet.get("left_out", ()):
                continue
            field = name.removeprefix(JOINED)
            known = field and (field if field == NOT_READ else f"{part or ''}:{field}")
            self.fields[f"column-{at}-{place}"] = forms.ChoiceField(
                choices=choices, required=False, initial=known, label=heading_of(sheet, place)
            )
            if str(place) in mapped.get("times", {}):
                self.fields[f"times-{at}-{place}"] = forms.TypedChoiceField(
                    choices=_scales(), coerce=int, initial=mapped["times"][str(place)], label=_("Its figures are")
                )
            target = next((int(other) for other, read in own.items() if is_joined(name) and read == field), None)
            if is_joined(name) or self._is_chosen_before(at, place):
                self._ask_to_join(at, place, "" if target is None else heading_of(sheet, target))
            samples = [cells[place] for cells in sheet["samples"] if place < len(cells) and cells[place]]
            columns.append((f"column-{at}-{place}", samples, place in sheet["unsure"]))
        self.sheets.append({"name": sheet["name"], "field": f"sheet-{at}", "columns": columns, "rows": sheet["rows"]})
        same = mapped.get("same", {})
        lacks = [] if part is None else [name for name in lacking(self._tables[part], own.values()) if name not in same]
        self.sheets[-1]["lacks"] = bool(lacks)
        self.sheets[-1]["same"] = [
            self._add_given(at, nth, f"{part or ''}:{name}" if name else "", same.get(name, ""))
            for nth, name in enumerate([*same, *lacks, ""])
        ]

    def _is_chosen_before(self, at: int, place: int) -> bool:
        """Whether a column was chosen to be the same as an earlier one, with which it may be read together."""
        name = f"column-{at}-{place}"
        earlier = (other for other in self.fields if other.startswith(f"column-{at}-") and other != name)
        chosen = self.data.get(name, "")
        return self._may_be_joined(chosen) and any(self.data.get(other) == chosen for other in earlier)

    def _may_be_joined(self, chosen: str) -> bool:
        part, _colon, name = chosen.partition(":")
        return part in self._tables and name in joinable(self._tables[part])

    def _ask_to_join(self, at: int, place: int, other: str) -> None:
        """A box that joins a column to another one; ticked where `other` says to which it is joined."""
        label: Text = _("Read it together with the other column that is the same")
        if other:
            label = _("Read it together with “%(column)s”") % {"column": other}
        self.fields[f"join-{at}-{place}"] = forms.BooleanField(required=False, initial=bool(other), label=label)

    def _add_given(self, at: int, nth: int, name: str, text: str) -> tuple[str, str]:
        """The names of the two fields that give all rows of a sheet the same value."""
        names = f"same-{at}-{nth}", f"value-{at}-{nth}"
        self.fields[names[0]] = forms.ChoiceField(
            choices=self._given, required=False, initial=name, label=_("What it is")
        )
        self.fields[names[1]] = forms.CharField(required=False, initial=text, label=_("The same for all rows"))
        return names

    def shown_sheets(self) -> Iterator[dict[str, Any]]:
        """The sheets with their bound fields, for the page."""
        for sheet in self.sheets:
            columns = [
                {
                    "field": self[name],
                    "times": self._beside("times", name),
                    "join": self._beside("join", name),
                    "samples": samples,
                    "unsure": unsure,
                }
                for name, samples, unsure in sheet["columns"]
            ]
            same = [(self[name], self[value]) for name, value in sheet["same"]]
            yield {**sheet, "field": self[sheet["field"]], "columns": columns, "same": same}

    def _beside(self, what: str, name: str) -> BoundField | None:
        """The bound field of the same column that asks for its `times`, or whether to `join` it; None for none."""
        name = name.replace("column-", f"{what}-")
        return self[name] if name in self.fields else None

    def mapping(self) -> list[Mapped]:
        """What was chosen, as `Workbook.mapping` keeps it; a column of another table counts as not chosen."""
        mapping = []
        for at, mapped in enumerate(self.workbook.mapping):
            chosen = self.cleaned_data.get(f"sheet-{at}", "-")
            part = None if chosen == "-" else "" if chosen == "records" else chosen
            columns = {}
            for place, name in columns_of_file(self.workbook.sheets[at], mapped).items():
                value = self.cleaned_data.get(f"column-{at}-{place}", name)
                if value != NOT_READ and ":" in value:
                    is_together = self.cleaned_data.get(f"join-{at}-{place}") and self._may_be_joined(value)
                    table, _colon, value = value.partition(":")
                    value = value if table == (part or "") else ""
                    value = f"{JOINED}{value}" if value and is_together else value
                columns[place] = value
            times = {place: self.cleaned_data.get(f"times-{at}-{place}", old) for place, old in _times(mapped)}
            same = {name: text for name, (text, _input) in self._same(at, part).items()}
            mapping.append({"part": part, "columns": columns, "times": times, "same": same})
        return mapping

    def _same(self, at: int, part: str | None) -> dict[str, tuple[str, str]]:
        """`{field: (value for all rows, name of its input)}` of a sheet; of another table none."""
        same = {}
        for choice, value in next((sheet["same"] for sheet in self.sheets if sheet["field"] == f"sheet-{at}"), ()):
            table, _colon, name = self.cleaned_data.get(choice, "").partition(":")
            if name and table == part and self.cleaned_data.get(value):
                same[name] = (self.cleaned_data[value], value)
        return same

    def tell(self, error: ValidationError) -> None:
        """Put what the verb refused to its columns."""
        for path, errors in error.error_dict.items():
            at, _dot, same = path.removeprefix("sheets.").partition(".same.")
            name = path.replace("sheets.", "column-").replace(".", "-")
            if same:
                name = self._same(int(at), self.mapping()[int(at)]["part"])[same][1]
            self.add_error(name if name in self.fields else None, errors)


def heading_of(sheet: dict[str, Any], place: int) -> str:
    """How a column of a sheet is called: by its heading, or by its letter where it has none."""
    return sheet["headings"][place] or _("Column %(letters)s, without a heading") % {"letters": letters(place)}


def _given(table: Table) -> list[Column]:
    """The columns of a table that all rows may be given the same value of."""
    return [column for column in table.columns if column.field is not None and not column.is_photo]


def _times(mapped: Mapped) -> Iterable[tuple[str, Any]]:
    return mapped.get("times", {}).items()


def _scales() -> list[tuple[int, Text]]:
    """The choices of what figures are multiplied by."""
    words = {
        1: _("as they stand"),
        12: _("of one month (× 12)"),
        1_000: _("in thousands (× 1.000)"),
        12_000: _("in thousands, of one month (× 12.000)"),
        1_000_000: _("in millions (× 1.000.000)"),
        12_000_000: _("in millions, of one month (× 12.000.000)"),
        1_000_000_000: _("in billions (× 1.000.000.000)"),
    }
    return [(times, words[times]) for times in TIMES]

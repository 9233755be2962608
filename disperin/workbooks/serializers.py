"""What the API says of a file of rows, and what it takes."""

from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.reverse import reverse

from disperin.accounts.requests import UserApiRequest
from disperin.registers.api.serializers import WholeNumberField
from disperin.registers.values.kept_texts import KeptTextField
from disperin.ui import said
from disperin.workbooks.files.cells import letters
from disperin.workbooks.models import Mapped, Outcome, State, Workbook
from disperin.workbooks.rights import Step, open_steps
from disperin.workbooks.tables.units import TIMES

MOST_PHOTOS = 500
PAGE_SIZE = 50  # rows whose errors stand in one answer


class ExportSerializer(serializers.Serializer):
    """A long file that is being written."""

    url = serializers.URLField(help_text="Ask here until the answer is 200: that is the file.")
    done = serializers.IntegerField(help_text="Rows that are written.")
    rows = serializers.IntegerField(help_text="Rows in all; 0 until they are counted.")


class RowCountsSerializer(serializers.Serializer):
    """Rows: `read` = `new` + `changed` + `unchanged` + `bad` + `skipped`."""

    read = serializers.IntegerField()
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    bad = serializers.IntegerField()
    skipped = serializers.IntegerField()


class RowErrorSerializer(serializers.Serializer):
    """One thing that is wrong with one row."""

    position = serializers.IntegerField(help_text="Names the row in `choices`.")
    sheet = serializers.CharField()
    row = serializers.IntegerField(help_text="As the spreadsheet counts.")
    column = serializers.CharField(allow_blank=True, help_text="Such as `B`; empty where the whole row is meant.")
    heading = serializers.CharField(allow_blank=True)
    path = serializers.CharField(help_text="The field, or `products.unit` for a field of a line.")
    value = serializers.CharField(allow_blank=True, help_text="What stands there; masked where the field is.")
    message = serializers.CharField(help_text="The rule, and what to do.")
    code = serializers.CharField(help_text="Lasting and in English, for programs.")
    suggestion = serializers.CharField(
        required=False, allow_blank=True, help_text="The one right reading, where there is one."
    )
    why = serializers.CharField(required=False, help_text="With `suggestion`: `zero`, `letters`, `spelling`, …")


class CandidateSerializer(serializers.Serializer):
    """A record that a row may be about."""

    number = serializers.CharField()
    title = serializers.CharField()


class UndecidedSerializer(serializers.Serializer):
    """A row that may be about a record already there: see `choices`."""

    position = serializers.IntegerField()
    row = serializers.IntegerField()
    title = serializers.CharField(allow_blank=True)
    candidates = CandidateSerializer(many=True)


class SheetSerializer(serializers.Serializer):
    """A sheet of the file, and what its columns are taken for."""

    name = serializers.CharField()
    hidden = serializers.BooleanField(help_text="Hidden sheets are not read.")
    rows = serializers.IntegerField()
    part = serializers.CharField(allow_null=True, help_text="Empty: records; the name of a part; null: not read.")
    headings = serializers.DictField(child=serializers.CharField(), help_text="By column, such as `A`.")
    columns = serializers.DictField(
        child=serializers.CharField(allow_blank=True),
        help_text="By column: a field, `#row`, `#number`, `#key`, `#none` (not read), `+` before a field (read "
        "together with its column), or empty: not known yet.",
    )
    times = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="By column: what its figures are multiplied by, as its heading says (in thousands: 1000).",
    )
    same = serializers.DictField(
        child=serializers.CharField(),
        help_text="By field: what goes for all rows, though no column of the file says it.",
    )
    left_out = serializers.ListField(
        child=serializers.CharField(), help_text="Columns that hold NIKs: nothing of them was kept."
    )
    no_data = serializers.DictField(
        child=serializers.ListField(child=serializers.IntegerField()),
        help_text="Rows that are no data and are not read, such as totals and signatures, by kind.",
    )


class RefusalSerializer(serializers.Serializer):
    """Why the file as a whole was not accepted."""

    code = serializers.CharField()
    message = serializers.CharField()


class PhotoSerializer(serializers.Serializer):
    """A picture that was sent beside the file."""

    name = serializers.CharField()
    attachment = serializers.UUIDField(allow_null=True)
    problem = serializers.CharField(allow_blank=True, help_text="Why none was taken.")


class WorkbookSerializer(serializers.Serializer):
    """A file of rows on its way."""

    id = serializers.UUIDField()
    url = serializers.URLField()
    register = serializers.CharField()
    regency = serializers.CharField()
    name = serializers.CharField()
    older_system = serializers.CharField(allow_blank=True, help_text="Which the rows come from; empty: from none.")
    extracted_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(State.choices)
    done = serializers.IntegerField(help_text="Rows that the present step has behind it, of `total`.")
    total = serializers.IntegerField()
    counts = RowCountsSerializer()
    adds_up = serializers.BooleanField(help_text="Whether every row that was read has a result.")
    handed_in = serializers.IntegerField(help_text="Of `new` and `changed`: rows that were submitted already.")
    warned = serializers.IntegerField(help_text="Rows with warnings that would be submitted.")
    steps = serializers.ListField(child=serializers.ChoiceField(Step.choices), help_text="What you may do now.")
    refusal = RefusalSerializer(allow_null=True)
    batch = serializers.CharField(allow_null=True, help_text="The number of the batch of submissions, the last one.")
    batches = serializers.ListField(child=serializers.CharField(), help_text="All of them, the last one at the end.")
    sheets = SheetSerializer(many=True)
    errors = RowErrorSerializer(many=True, help_text="Of the bad rows of this page.")
    undecided = UndecidedSerializer(many=True, help_text="Rows of this page that wait for a choice.")
    photos = PhotoSerializer(many=True, help_text="The first 500.")
    errors_file = serializers.URLField(allow_null=True)
    next = serializers.URLField(allow_null=True, help_text="The next page of bad rows.")


class ColumnsSerializer(serializers.Serializer):
    """What one sheet holds and its columns are; columns that are not named stay as they are."""

    part = serializers.CharField(allow_null=True, allow_blank=True, max_length=40)
    columns = serializers.DictField(
        child=serializers.CharField(max_length=40), required=False, help_text="As of `sheets`."
    )
    times = serializers.DictField(
        child=WholeNumberField(min_value=1, max_value=TIMES[-1]), required=False, help_text="As of `sheets`."
    )
    same = serializers.DictField(
        child=serializers.CharField(max_length=1_000),
        required=False,
        help_text="As of `sheets`; replaces what was said.",
    )


class MappingSerializer(serializers.Serializer):
    """One entry for each sheet, in the order of `sheets`."""

    sheets = ColumnsSerializer(many=True)


class RowChoiceSerializer(serializers.Serializer):
    """Which record a row is about."""

    position = WholeNumberField(min_value=1, max_value=2**31 - 1)
    what = serializers.ChoiceField([("update", "update"), ("new", "new")])
    number = serializers.CharField(max_length=20, required=False, allow_blank=True, help_text="With `update`.")
    reason = KeptTextField(max_length=500, required=False, allow_blank=True, help_text="With `new`.")


class ChoicesSerializer(serializers.Serializer):
    """Choices for rows that may be about records already there."""

    choices = RowChoiceSerializer(many=True, allow_empty=False)


class MendedCellSerializer(serializers.Serializer):
    """What is to stand in a cell."""

    sheet = serializers.CharField(max_length=200)
    row = WholeNumberField(min_value=1, max_value=2**31 - 1, help_text="As the spreadsheet counts.")
    column = serializers.CharField(max_length=3, help_text="Such as `B`.")
    value = serializers.CharField(max_length=1_000, allow_blank=True, help_text="As it would stand in the file.")


class MendingSerializer(serializers.Serializer):
    """Cells that are mended, rows that are not to be taken in, and those that are to be taken up after all."""

    cells = MendedCellSerializer(many=True, required=False)
    skipped = serializers.ListField(
        child=WholeNumberField(min_value=1, max_value=2**31 - 1), required=False, help_text="Positions, as of `errors`."
    )
    taken_up = serializers.ListField(
        child=WholeNumberField(min_value=1, max_value=2**31 - 1), required=False, help_text="Likewise."
    )


class SubmitSerializer(serializers.Serializer):
    """The last word before rows become submissions."""

    acknowledge_warnings = serializers.BooleanField(default=False)


def told(workbook: Workbook, request: UserApiRequest, *, after: int = 0) -> dict[str, Any]:
    """What WorkbookSerializer describes, with the bad rows that come after a position."""
    rows = list(
        workbook.rows.filter(outcome=Outcome.BAD, position__gt=after)
        .order_by("position")
        .defer("cells", "changes")[: PAGE_SIZE + 1]
    )
    shown = rows[:PAGE_SIZE]
    url = reverse("workbook-detail", args=[workbook.pk], request=request)
    refusal = {"code": workbook.refusal_code, "message": workbook.refusal} if workbook.refusal_code else None
    has_errors = workbook.bad and not workbook.forgotten_at and workbook.state in (State.CHECKED, State.SUBMITTED)
    return {
        "id": str(workbook.pk),
        "url": url,
        **{
            name: getattr(workbook, name)
            for name in ("register", "name", "state", "done", "total", "counts", "handed_in", "warned")
        },
        "regency": workbook.regency_id,
        "older_system": workbook.older_system,
        "extracted_on": workbook.extracted_on,
        "adds_up": workbook.adds_up,
        "steps": open_steps(workbook, request.user),
        "refusal": refusal,
        "batch": workbook.batch.number if workbook.batch else None,
        "batches": [batch.number for batch in workbook.batches],
        "sheets": [_sheet(*pair) for pair in zip(workbook.sheets, workbook.mapping, strict=False)],
        "errors": [{"position": row.position, **error} for row in shown for error in map(said.now, row.errors)],
        "undecided": [
            {"position": row.position, "row": row.number, "title": row.title, "candidates": row.candidates}
            for row in shown
            if row.candidates
        ],
        "photos": [
            {
                "name": photo.name,
                "attachment": photo.attachment_id and str(photo.attachment_id),
                "problem": said.now(photo.problem)["message"] if photo.problem else "",
            }
            for photo in workbook.photos.order_by("key")[:MOST_PHOTOS]
        ],
        "errors_file": reverse("workbook-errors", args=[workbook.pk], request=request) if has_errors else None,
        "next": f"{url}?after={shown[-1].position}" if len(rows) > PAGE_SIZE else None,
    }


def _sheet(sheet: dict[str, Any], mapping: Mapped) -> dict[str, Any]:
    columns = {letters(int(at)): name for at, name in mapping["columns"].items()}
    headings = {letters(at): heading for at, heading in enumerate(sheet["headings"]) if heading}
    return {
        **{name: sheet[name] for name in ("name", "hidden", "rows")},
        "part": mapping["part"],
        "headings": headings,
        "columns": columns,
        "times": {letters(int(at)): times for at, times in mapping.get("times", {}).items()},
        "same": mapping.get("same", {}),
        "left_out": [letters(at) for at in sheet.get("left_out", ())],
        "no_data": sheet.get("no_data", {}),
    }


def largest_request() -> int:
    """Bytes of a request with the largest file that is accepted, and room for the form around it."""
    return settings.WORKBOOK_LIMIT + 64 * 1024

"""`manage.py import_register`: a file of rows from the command line, by the same verbs and job as the pages."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.submissions.models import Stock
from disperin.ui import said
from disperin.workbooks import actions
from disperin.workbooks.exporting.error_file import write_errors
from disperin.workbooks.jobs import work_on
from disperin.workbooks.models import State, Workbook

EXAMPLE = settings.PROVINCE.example.regency


class Command(BaseCommand):
    help = "Checks the rows of a file as an officer's import does; with --submit also submits the good ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("register", choices=[register.slug for register in directory.all_registers()])
        parser.add_argument("file", type=Path, help="xlsx, xls, ods or csv")
        parser.add_argument("--by", required=True, help="the username of the proposer")
        parser.add_argument("--regency", help=f"code such as {EXAMPLE}; an officer's own where it is left out")
        parser.add_argument(
            "--older-system", default="", help="which the rows come from, for an administrator's import"
        )
        parser.add_argument(
            "--extracted-on", type=date.fromisoformat, help="the day on which they were taken out of it"
        )
        parser.add_argument("--submit", action="store_true", help="submit the new and changed rows, warnings seen")
        parser.add_argument("--errors", type=Path, help="where to write the rows that are to be mended")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            workbook = self._checked(options)
            if options["errors"] and workbook.bad:
                write_errors(workbook, options["errors"])
            if options["submit"] and workbook.to_propose:
                workbook = _worked_on(actions.submit, workbook, by=workbook.sent_by, acknowledged=True)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        except (Refused, NotNow) as refused:
            raise CommandError(str(refused)) from None
        counts = ", ".join(f"{name} {number}" for name, number in workbook.counts.items())
        self.stdout.write(f"{workbook.pk} {workbook.state}: {counts}")
        for row in workbook.rows.filter(outcome="bad")[:20]:
            for error in map(said.now, row.errors):
                self.stdout.write(f"  {error['sheet']} {error['column']}{error['row']}: {error['message']}")
        if workbook.bad or not workbook.adds_up:
            raise CommandError(f"{workbook.bad} rows are to be mended.")

    def _checked(self, options: Mapping[str, Any]) -> Workbook:
        """The workbook once its rows were checked; CommandError where a person has to do something first."""
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"There is no account “{options['by']}”.")
        regency = Regency.objects.filter(pk=options["regency"] or by.regency_id).first()
        if regency is None:
            raise CommandError(f"Name the regency: --regency {EXAMPLE}")
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        with options["file"].open("rb") as file:
            sent = File(file, options["file"].name)
            stock = Stock.named(options["older_system"], options["extracted_on"])
            workbook = _worked_on(actions.send, directory.get(options["register"]), regency, sent, by=by, stock=stock)
        if workbook.state == State.REFUSED:
            raise CommandError(workbook.refusal)
        if workbook.state == State.MAPPING:
            raise CommandError(f"Confirm its columns first, at {workbook.get_absolute_url()}")
        if workbook.state != State.CHECKED:
            raise CommandError(f"The file is “{workbook.state}”.")
        return workbook


def _worked_on(verb: Callable[..., Workbook], *args: Any, **options: Any) -> Workbook:
    """Do something, and then here and now what it has ordered from the job; gives the workbook."""
    workbook = verb(*args, **options)
    work_on.func(str(workbook.pk))
    return Workbook.objects.select_related("sent_by", "batch").get(pk=workbook.pk)

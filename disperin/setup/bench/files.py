"""Files at size: an officer's workbook checked and verified, and the whole register as CSV beside PostgreSQL's COPY."""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import CommandError
from django.db import connection
from django.http import QueryDict

from disperin.accounts.models import Role, User
from disperin.regions.models import Regency, Village
from disperin.registers.gate.in_bulk import Proposed
from disperin.registers.record import directory
from disperin.setup.bench import pages_asked
from disperin.setup.bench.rows import MARK
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Batch, SampledSubmission
from disperin.workbooks.actions.exporting import MOST_AT_ONCE
from disperin.workbooks.exporting.selection import Wanted
from disperin.workbooks.exporting.writing import Writer
from disperin.workbooks.files import sheets
from disperin.workbooks.tables.columns import ROW, tables
from disperin.workbooks.tables.options import Options, options_of
from industries.models import Commodity, Establishment, KbliClass

REGENCY = settings.PROVINCE.example.regency
# rows of a batch that is verified, and seconds for that; the whole run takes a quarter of both,
# since 500 are verified in a transaction, however many there are
VERIFIED, PART_VERIFIED = (10_000, 30.0), (2_500, 7.5)
FIRST = ("Usaha", "Rumah", "Toko", "UD", "Sanggar", "Dapur", "Bengkel", "Kelompok", "Griya", "Karya")
SECOND = ("Berkah", "Mawar", "Amanah", "Harapan", "Cahaya", "Intan", "Rezeki", "Mulia", "Sejahtera", "Permata")
THIRD = ("Abadi", "Bersama", "Jaya", "Lestari", "Mandiri", "Makmur", "Sentosa", "Utama", "Barokah", "Sejati")
SYLLABLES = ("ba", "ka", "lu", "mi", "ra", "su", "ti", "wa", "ni", "ha", "pu", "do", "ge", "jo", "ye")


def proposals(
    number: int, *, regency: str = REGENCY, first: int = 2, has_like_names: bool = False
) -> Iterator[Proposed]:
    """So many `Proposed`, the same in every run: every field that a list of makers usually has, one product each.

    `first` is the row that they begin at: their numbers and telephones are those of no other row. Like names are
    those of makers that are there, and a word more.
    """
    chance = random.Random(number)  # noqa: S311 -- dice
    home = Regency.objects.get(pk=regency)
    villages = list(Village.objects.filter(regency=home).values_list("district", "code", "latitude", "longitude"))
    classes = list(KbliClass.objects.classes().values_list("key", flat=True)[:200])
    commodities = list(Commodity.objects.values_list("key", flat=True))
    known = list(Establishment.objects.filter(regency=home).order_by("pk").values_list("name", flat=True))
    for row in range(first, number + first):
        district, village, latitude, longitude = chance.choice(villages)
        word = "".join(chance.choice(SYLLABLES) for _syllable in range(4)).title()
        name = f"{chance.choice(FIRST)} {word} {chance.choice(SECOND)} {chance.choice(THIRD)}"
        if has_like_names:
            name = f"{chance.choice(known)} {word}"
        yield Proposed(
            {
                "name": name,
                "legal_form": "perorangan",
                "branch": "pangan",
                "owner_name": word,
                "siinas_account": MARK,
                "nib": f"{1_000_000_000_000 + row}",
                "kbli": chance.choice(classes),
                "activity": "aktif",
                "commodities": [chance.choice(commodities)],
                "regency": regency,
                "district": district,
                "village": village,
                "address": f"Jalan {word} {row}",
                "latitude": str(latitude),
                "longitude": str(longitude),
                "phone": f"0812{row:08}",
                "workers_male": chance.randrange(1, 9),
                "workers_female": chance.randrange(0, 9),
                "investment": chance.randrange(1, 500) * 1_000_000,
                "annual_sales": chance.randrange(1, 900) * 1_000_000,
                "as_of": "2025-12-31",
                "products": [{"name": f"Keripik {word}", "unit": "kg", "yearly_capacity": 1000, "active": "ya"}],
            },
            None,
            row,
        )


def write_workbook(
    path: Path, number: int, *, has_products: bool = True, first: int = 2, has_like_names: bool = False
) -> None:
    """Write so many proposals as an officer's .xlsx: the columns that have values, products on a sheet of their own."""
    register = directory.get("establishments")
    options, known = options_of(register), {table.part: table for table in tables(register)}
    with sheets.a_file(path) as file:
        pages = {}
        for at, proposed in enumerate(proposals(number, first=first, has_like_names=has_like_names), start=1):
            sold = [("products", proposed.values["products"][0])] if has_products else []
            for part, values in (("", proposed.values), *sold):
                values = values | {ROW: str(proposed.row)}
                if part not in pages:
                    columns = [column for column in known[part].columns if column.name in values]
                    pages[part] = columns, file.sheet(known[part].title, [column.label for column in columns])
                columns, sheet = pages[part]
                for place, column in enumerate(columns):
                    file.write(sheet, at, place, _cell(column.name, values[column.name], options[part]))


def _cell(name: str, value: Any, options: Mapping[str, Options]) -> Any:
    if isinstance(value, list):
        return " ".join(f"{options[name].text_of(item) if name in options else item};" for item in value)
    if name == "as_of":
        return {"date": value}
    # some villages of a regency share their name
    return options[name].text_of(value) if name in options and name != "village" else value


@dataclass(frozen=True)
class Checked:
    """A workbook that is checked, and how many seconds of processor time that may take."""

    number: int
    what: str
    most: float
    has_products: bool = True
    has_like_names: bool = False
    is_long: bool = False  # beyond what the whole run has time for


CHECKS = (
    Checked(10_000, "10,000 makers", 10, has_products=False),
    Checked(10_000, "10,000 makers with a product each, named like others", 15, has_like_names=True),
    Checked(10_000, "10,000 makers with a product each", 15, is_long=True),
    Checked(100_000, "100,000 makers", 300, has_products=False, is_long=True),
)


def measure(say: Callable[[str], None], only: str = "", *, is_long: bool = True) -> list[str]:
    """Print how long each takes; `only` is a word of those that are wanted. Gives what misses its target."""
    officer = pages_asked.person("bench.officer", role=Role.OFFICER, regency_id=REGENCY)
    verifier = pages_asked.person("bench", role=Role.VERIFIER, regency=None)
    faults = []
    say("")
    if only in "export":
        for name, by in (("visitor", AnonymousUser()), ("verifier", verifier)):
            _export(say, name, by)
    if only in "xlsx":
        _workbook(say)
    with tempfile.TemporaryDirectory() as folder:
        for check in CHECKS:
            if only in f"check {check.what}" and (is_long or not check.is_long):
                path = Path(folder, "check.xlsx")
                write_workbook(path, check.number, has_products=check.has_products, has_like_names=check.has_like_names)
                faults += _check(say, path, check, by=officer)
        if only in "verify":
            faults += _verify(say, *(VERIFIED if is_long else PART_VERIFIED), proposer=officer, by=verifier)
    return faults


def _workbook(say: Callable[[str], None]) -> None:
    """The list of one regency as XLSX for a visitor."""
    register = directory.get("establishments")
    wanted = Wanted(register, QueryDict(f"regency={REGENCY}"), by=AnonymousUser())
    writer = Writer(register, by=AnonymousUser(), about=wanted.about())
    begun, number = time.process_time(), wanted.records.count()
    with tempfile.TemporaryDirectory() as folder:
        took = _seconds(lambda: writer.write_xlsx(wanted.records, Path(folder, "list.xlsx")))
    used = time.process_time() - begun
    say(
        f"XLSX of {number} establishments: {took:.1f} s, of it {used:.1f} s of processor time; 77,000 would take "
        f"{used * 77_000 / number:.0f} s (5 wanted, or a job, which more than {MOST_AT_ONCE:,} rows are left to)"
    )


def _export(say: Callable[[str], None], name: str, by: User | AnonymousUser) -> None:
    """Every open establishment as CSV, and the same columns by a bare COPY right after."""
    register = directory.get("establishments")
    wanted, number = Wanted(register, QueryDict(), by=by), Establishment.objects.current().count()
    writer = Writer(register, by=by, about=wanted.about())
    columns = [column.name for column in writer.tables[0].columns if column.field is not None]
    plain = wanted.records.values_list("number", *columns)
    ours, copied = [], []
    for _time in range(3):
        with tempfile.TemporaryFile() as file:
            ours.append(_seconds(lambda: writer.write_csv(wanted.records, file)))  # noqa: B023 -- called at once
            size = file.tell()
        with tempfile.TemporaryFile() as file, connection.cursor() as cursor:
            query = cursor.mogrify(*plain.query.sql_with_params()).decode()
            copy = f"COPY ({query}) TO STDOUT (FORMAT csv)"
            copied.append(_seconds(lambda: cursor.copy_expert(copy, file)))  # noqa: B023 -- as above
    share = min(copied) / min(ours)
    say(
        f"CSV of {number} establishments for a {name}: {min(ours):.1f} s, {size / 1e6:.0f} MB; "
        f"COPY of the same columns {min(copied):.1f} s: {share:.2f} of its speed (0.5 wanted)"
    )


def _check(say: Callable[[str], None], path: Path, check: Checked, *, by: User) -> list[str]:
    """The dry run as `import_register` does it, in a process of its own, whose memory is then known."""
    begun, number = time.perf_counter(), check.number
    with tempfile.TemporaryFile() as output:
        asked = ["manage.py", "import_register", "establishments", str(path), "--by", by.username]
        child = subprocess.Popen([sys.executable, *asked], stdout=output, stderr=output)  # noqa: S603 -- our own command
        _pid, _status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begun
        output.seek(0)
        outcome = output.read(400).decode(errors="replace").strip().splitlines()
    # of like names some are taken for the very same makers
    new = "" if check.has_like_names else f" new {number},"
    if not any(f"read {number},{new}" in line for line in outcome):
        raise CommandError("\n".join(outcome))
    own = used.ru_utime + used.ru_stime
    say(
        f"dry run of {check.what}: {own:.0f} s of processor time ({check.most:g} wanted), {seconds:.0f} s with the "
        f"database; at most {used.ru_maxrss / 1024:.0f} MB (500 wanted)"
    )
    return [f"dry run of {check.what}: {own:.0f} s, {check.most:g} wanted"] if own > check.most else []


def _verify(say: Callable[[str], None], rows: int, most: float, *, proposer: User, by: User) -> list[str]:
    """A batch of so many rows handed in, its sample read, then verified as a whole, in `most` seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "verify.xlsx")
        write_workbook(path, rows)
        asked = ["manage.py", "import_register", "establishments", str(path), "--by", proposer.username, "--submit"]
        begun = time.perf_counter()
        subprocess.run([sys.executable, *asked], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own command
        handed_in = time.perf_counter() - begun
    batch = Batch.objects.latest("pk")
    drawn_in = _seconds(lambda: batches.draw_sample(batch, by=by))
    for sampled in SampledSubmission.objects.filter(sample__batch=batch).select_related("submission"):
        batches.note_opened(sampled.submission, by=by)
    outcome, begun_of_own = [], time.process_time()
    took = _seconds(lambda: outcome.append(batches.verify_batch(batch, by=by)))
    own = time.process_time() - begun_of_own
    say(
        f"{outcome[0].done} rows of a batch checked and handed in in {handed_in:.0f} s, sample drawn in {drawn_in:.0f} "
        f"s, verified with history in {took:.1f} s ({most:g} wanted), of it {own:.1f} s of processor time; "
        f"{len(outcome[0].left)} left"
    )
    return [f"verifying {rows:,} makers: {took:.1f} s, {most:g} wanted"] if took > most else []


def _seconds(work: Callable[[], object]) -> float:
    return pages_asked.milliseconds(work) / 1000

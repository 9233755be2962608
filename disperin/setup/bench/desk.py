"""The desk at size: proposing and deciding through the verbs, and the pages that officers and verifiers work with."""

import cProfile
import gc
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.accounts.models import Role, User
from disperin.embedded.demo import HOST
from disperin.registers.record import directory
from disperin.registers.values.terms import Values
from disperin.setup.bench import files, pages_asked
from disperin.submissions import actions
from disperin.submissions.models import Batch
from industries.models import Establishment

REGENCY = settings.PROVINCE.example.regency
FIRST_ROW = 500_000  # telephone numbers and the like that no other generated row has
PROPOSED, CHANGED, DECIDED, ROWS = 60, 20, 20, 200
TIMES = 9  # that each page is asked for
# statements; milliseconds of processor time, a third of what was seen before, and so three times as many a second
VERBS = {"propose": (20, 20), "decide": (30, 23)}
# milliseconds of processor time, statements
PAGES = {
    "queue": (25, 10),
    "draft": (40, None),
    "halal list": (30, None),
    "batch": (20, None),
    "record inside": (20, None),
}


class Deeds:
    """How long something took each time, all in all and of the processor (seconds), and its last statements."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.own: list[float] = []
        self.statements = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """One more of them."""
        with CaptureQueriesContext(connection) as asked:
            begun, own = time.perf_counter(), time.process_time()
            yield
            self.times.append(time.perf_counter() - begun)
            self.own.append(time.process_time() - own)
        self.statements = len(asked)

    @property
    def per_second(self) -> float:
        """One after the other."""
        return len(self.times) / sum(self.times)

    @property
    def milliseconds(self) -> float:
        """The median of processor time."""
        return 1000 * statistics.median(self.own)


def measure(say: Callable[[str], None]) -> list[str]:
    """Print what the verbs and the pages of the desk take; gives what misses its target."""
    officer = pages_asked.person("bench.officer", role=Role.OFFICER, regency_id=REGENCY)
    verifier = pages_asked.person("bench", role=Role.VERIFIER, regency=None)
    return [*_verbs(say, officer, verifier), *_pages(say, officer, verifier)]


def _verbs(say: Callable[[str], None], officer: User, verifier: User) -> list[str]:
    """Propose new makers with a product each and changes of others, decide on some; the others wait."""
    register, faults = directory.get("establishments"), []
    made = [(_values(at), None) for at in range(PROPOSED)]
    records = Establishment.objects.current().filter(regency=REGENCY).order_by("pk")[:CHANGED]
    changes = [({"address": f"Jalan Baru {record.pk}"}, record) for record in records]
    limit = _inserts()
    say(f"\na row inserted by itself: {limit:.0f} a second")
    for name, wishes in (("new maker with a product", made), ("change of a maker", changes)):
        proposing, deciding, handed_in = Deeds(), Deeds(), []
        for values, record in wishes:
            with proposing.counted():
                draft = actions.draft(register, values, by=officer, record=record)
                handed_in.append(actions.submit(draft, by=officer, acknowledged=True))
        for submission in handed_in[: DECIDED if record is None else CHANGED // 2]:
            with deciding.counted():
                actions.verify(actions.claim(submission, by=verifier), by=verifier, round=1)
        for what, deeds in (("propose", proposing), ("decide", deciding)):
            statements, most = VERBS[what]
            say(
                f"{what}, {name}: {deeds.statements} statements ({statements} wanted), {deeds.milliseconds:.0f} ms of "
                f"processor time ({most}), {deeds.per_second:.0f} a second one after the other, "
                f"{deeds.per_second / limit:.2f} of the inserts"
            )
            if deeds.statements > statements:
                faults.append(f"{what}, {name}: {deeds.statements} statements, {statements} wanted")
            if deeds.milliseconds > most:
                faults.append(f"{what}, {name}: {deeds.milliseconds:.0f} ms of processor time, {most} wanted")
    return faults


def _values(at: int) -> Values:
    """A maker with a product, as the API takes them."""
    (proposed,) = files.proposals(1, first=FIRST_ROW + at)
    products = [product | {"active": True} for product in proposed.values["products"]]
    return {**proposed.values, "name": f"{proposed.values['name']} {at}", "products": products}


def _inserts() -> float:
    """How many rows a second the database takes that are sent one after the other, each a transaction of its own."""
    table = Establishment._meta.db_table
    names = ", ".join(
        connection.ops.quote_name(str(field.column))
        for field in Establishment._meta.concrete_fields
        if not field.primary_key and field.column not in ("number", "nib")
    )
    command = f"INSERT INTO {table} (number, nib, {names}) SELECT %s, '', {names} FROM {table} WHERE number = %s"  # noqa: S608 -- our own names
    number, begun = Establishment.objects.values_list("number", flat=True)[0], time.perf_counter()
    with connection.cursor() as cursor:
        for at in range(PROPOSED):
            cursor.execute(command, [f"X-{at}", number])
    took = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE number LIKE 'X-%'")  # noqa: S608 -- our own name
    return PROPOSED / took


def _pages(say: Callable[[str], None], officer: User, verifier: User) -> list[str]:
    """Ask for each page, again and again; nothing of them is kept."""
    draft = actions.draft(directory.get("establishments"), _values(PROPOSED), by=officer)
    record = Establishment.objects.current().filter(regency=REGENCY).order_by("-pk")[1]
    addresses = {
        "queue": (verifier, "/usulan/"),
        "draft": (officer, f"/usulan/{draft.number}/ubah/"),
        "halal list": (verifier, "/halal/"),
        "batch": (verifier, f"/usulan/berkas/{_batch(officer).number}/"),
        "record inside": (verifier, f"/industri/{record.number}/"),
    }
    say(f"\n{'page':20} {'ms of processor time':>21} {'calls':>9} {'statements':>12}")
    return [fault for name, (who, path) in addresses.items() for fault in _page(say, name, who, path)]


def _batch(officer: User) -> Batch:
    """A workbook handed in, whose rows wait."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "batch.xlsx")
        files.write_workbook(path, ROWS, first=3 * FIRST_ROW)
        asked = ["manage.py", "import_register", "establishments", str(path), "--by", officer.username, "--submit"]
        subprocess.run([sys.executable, *asked], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own command
    return Batch.objects.latest("pk")


def _page(say: Callable[[str], None], name: str, who: User, path: str) -> list[str]:
    client, times = Client(SERVER_NAME=HOST), []
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    for _time in range(2):
        if (status := client.get(path).status_code) != 200:
            return [f"{name}: the answer was {status}"]
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    asked = len(captured)  # the next request forgets them
    for _time in range(TIMES):
        gc.collect()
        begun = time.process_time()
        client.get(path)
        times.append(1000 * (time.process_time() - begun))
    profile = cProfile.Profile()
    profile.runcall(client.get, path)
    most, statements = PAGES[name]
    of = f" ({statements})" if statements else ""
    say(
        f"{name:20} {f'{min(times):.0f} ({most} wanted)':>21} {pstats.Stats(profile).total_calls:>9,} "  # type: ignore[attr-defined]
        f"{f'{asked}{of}':>12}"
    )
    faults = [f"{name}: {min(times):.0f} ms of processor time, {most} wanted"] if min(times) > most else []
    if statements and asked > statements:
        faults.append(f"{name}: {asked} statements, {statements} wanted")
    return faults

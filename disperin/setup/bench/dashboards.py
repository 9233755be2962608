"""Dashboards at size beside a count of the rows themselves, and lists of a past day beside those of today."""

import datetime
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from disperin.accounts.models import Role
from disperin.registers.lists.regency_names import slugs
from disperin.registers.record.versions import events_of
from disperin.setup.bench import pages_asked
from industries.actions import count_halal_makers
from industries.models import Cluster, Establishment

WANTED, LIVE, PAST = 100, 10, 2  # milliseconds of a first read; times a live count; times the list of today
REGENCY = settings.PROVINCE.example.regency
EVERY = 50  # of so many makers one has changed since the day that is read
BEGAN, CHANGED, READ = (datetime.timedelta(days=days) for days in (180, 20, 30))


def keep_versions(say: Callable[[str], None]) -> None:
    """Make sure that the generated makers and clusters have versions: all of long ago, of some makers a later one."""
    versions, now = events_of(Establishment), timezone.now()
    if versions.objects.exists():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for model, ago, every in ((Cluster, BEGAN, 1), (Establishment, BEGAN, 1), (Establishment, CHANGED, EVERY)):
            names = ", ".join(connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields)
            cursor.execute(
                f"INSERT INTO {events_of(model)._meta.db_table} "  # noqa: S608 -- our own names
                f"({names}, pgh_obj_id, pgh_created_at, pgh_label) "
                f"SELECT {names}, id, %s, 'update' FROM {model._meta.db_table} WHERE id %% %s = 0",
                [now - ago, every],
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    changed = versions.objects.filter(pgh_created_at__gte=now - READ).count()
    say(f"{versions.objects.count()} versions of makers, {changed} of them after the day that is read")


def measure(say: Callable[[str], None]) -> None:
    """Print the first reads of every dashboard, and how lists of a past day compare with those of today."""
    keep_versions(say)
    count_halal_makers()
    head = pages_asked.person("bench.head", role=Role.HEAD, regency=None)
    grouped = Establishment.objects.current().order_by().values("regency", "industry_scale").annotate(Count("pk"))
    live = min(pages_asked.milliseconds(lambda: list(grouped.all())) for _time in range(3))
    say(f"A live count by regency and scale: {live:.0f} ms")
    pages = [
        (None, "/statistik/"), (None, "/statistik/establishments/branch/"), (None, "/statistik/mutu/"),
        (None, "/daerah/"), (None, f"/daerah/{slugs()[REGENCY]}/"), (None, "/halal/angka/"), (head, "/pimpinan/"),
        (head, "/statistik/jumlah/"),
    ]  # fmt: skip
    for path, took in pages_asked.measure(say, pages, anew=True).items():
        if took > WANTED or took * LIVE > live:
            say(f"  below target: {path} {took:.0f} ms, a live count is {live / took:.1f} times as slow")
    day = (timezone.localdate() - READ).isoformat()
    lists = [f"/industri/?regency={REGENCY}", f"/industri/?regency={REGENCY}&branch=pangan", "/industri/?branch=pangan"]
    asked = [(None, f"{path}{then}") for path in lists for then in ("", f"&as_of={day}")]
    took_by = pages_asked.measure(say, asked, anew=True)
    for path in lists:
        times = took_by[f"{path}&as_of={day}"] / took_by[path]
        say(f"{path} as of {day}: {times:.1f} times the list of today ({PAST} wanted)")

"""The halal duty at size: a third of the makers certified, all products judged at once, the pages of the office."""

import datetime
import random
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count

from disperin.accounts.models import Role
from disperin.regions.models import District
from disperin.setup.bench import pages_asked, rows
from industries.actions import keep_up_certifications, recount_halal
from industries.models import HalalCertification, HalalCover, HalalSpan, Product, halal_statuses

DAYS = [datetime.date(2026, 10, 17), datetime.date(2026, 10, 18), datetime.date(2026, 11, 22)]
SAMPLE = 10_000  # products that the rule function judges too
REGENCY = settings.PROVINCE.example.regency

_NUMBER = "lpad(e.id::text, 6, '0')"
# Of three makers one has a certification: most issued, some under way, ended, revoked, or of a changed recipe.
_KIND = "(e.id / 3) %% 10"
_ISSUED = "date '2023-06-01' + (e.id %% 1200)::int"
_CERTIFICATION = {
    "number": f"'{HalalCertification.prefix}-' || replace(e.regency_id, '.', '') || '-' || {_NUMBER}",
    "version": "1",
    "regency_id": "e.regency_id",
    "created_at": "now()",
    "updated_at": "now()",
    "verified_at": "now()",
    "establishment_id": "e.id",
    "scheme": "'self_declare'",
    "stage": f"CASE WHEN {_KIND} < 2 THEN 'sidang_fatwa' ELSE 'terbit_sh' END",
    "stage_on": _ISSUED,
    "certificate_number": f"CASE WHEN {_KIND} < 2 THEN '' ELSE 'ID' || lpad(e.id::text, 17, '0') END",
    "issued_on": f"CASE WHEN {_KIND} >= 2 THEN {_ISSUED} END",
    "valid_until": f"CASE WHEN {_KIND} = 3 THEN {_ISSUED} + 1460 END",
    "recomposed_on": f"CASE WHEN {_KIND} = 4 THEN {_ISSUED} + 90 END",
    "revoked_on": f"CASE WHEN {_KIND} = 5 THEN {_ISSUED} + 200 END",
    "revoked_reason": f"CASE WHEN {_KIND} = 5 THEN '{rows.MARK}' ELSE '' END",
}
_COVER = {"key": "gen_random_uuid()", "certification_id": "c.id", "product_id": "p.id"}


def fill(say: Callable[[str], None]) -> None:
    """Make sure that the generated makers have their certificates, and that spans and counts are kept of them."""
    if HalalCertification.objects.exists():
        return
    with transaction.atomic(), rows.without_triggers(HalalCertification, HalalCover), connection.cursor() as cursor:
        makers = "industries_establishment e CROSS JOIN numbers WHERE e.id %% 3 = 0"
        rows.insert(cursor, HalalCertification, _CERTIFICATION, makers, 1)
        covered = (
            "industries_halalcertification c CROSS JOIN numbers JOIN industries_product p USING (establishment_id)"
        )
        rows.insert(cursor, HalalCover, _COVER, covered, 1)
    begun = time.perf_counter()
    number = recount_halal()
    say(f"recount of {number} products: {time.perf_counter() - begun:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def measure(say: Callable[[str], None]) -> None:
    """Judge everything in one query, agree with the rule function on some, keep one record, and ask for the pages."""
    fill(say)
    for day in DAYS:
        begun = time.perf_counter()
        counts = HalalSpan.objects.judged(day).order_by().values_list("state").annotate(Count("pk"))
        summary = ", ".join(f"{state} {number}" for state, number in sorted(counts))
        say(f"judged on {day} in one query: {time.perf_counter() - begun:.2f} s ({summary})")
    say(f"as the rule function on {_agreed(DAYS[-1])} products of {SAMPLE} drawn")
    certification = HalalCertification.objects.order_by("pk")[HalalCertification.objects.count() // 2]
    kept_in = pages_asked.milliseconds(lambda: keep_up_certifications([certification]))
    say(f"keeping the spans of one certification: {kept_in:.0f} ms")
    verifier = pages_asked.person("bench", role=Role.VERIFIER, regency=None)
    officer = pages_asked.person("bench.officer", role=Role.OFFICER, regency_id=REGENCY)
    district = District.objects.filter(regency=REGENCY).order_by("pk").values_list("pk", flat=True)[0]
    pages = [
        (verifier, "/halal/"), (verifier, "/halal/?past=on"), (verifier, "/halal/?state=certified"),
        (verifier, "/halal/?state=in_process"), (verifier, "/halal/?page=400"), (verifier, "/halal/?on=2026-10-17"),
        (verifier, "/halal/?on=2024-10-18"), (verifier, f"/halal/?regency={REGENCY}"),
        (verifier, f"/halal/?regency={REGENCY}&district={district}"), (verifier, "/halal/?task=none"),
        (officer, "/halal/"), (verifier, "/halal/kemajuan/"), (officer, "/halal/kemajuan/"), (None, "/halal/angka/"),
        (None, "/halal/cek/"),
    ]  # fmt: skip
    pages_asked.measure(say, pages)


def _agreed(day: datetime.date) -> int:
    """How many of the products drawn are judged by SQL as the rule function judges them."""
    keys = list(HalalSpan.objects.on(day).values_list("product", flat=True))
    drawn = random.Random(1).sample(keys, min(SAMPLE, len(keys)))  # noqa: S311 -- dice
    spans = HalalSpan.objects.judged(day).filter(product__in=drawn)
    judged = {span.product_id: (span.state, span.overdue_days) for span in spans}
    statuses = halal_statuses(Product.objects.filter(pk__in=drawn).select_related("establishment"), day)
    return sum(judged[pk] == (status.state, status.overdue_days) for pk, status in statuses.items())

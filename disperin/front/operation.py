"""Answers for whoever runs the portal: whether it lives, whether it can do its work, and how much it does."""

import logging
import shutil
from hmac import compare_digest
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from disperin.jobs.locks import workers_present
from disperin.regions.guard import foreign_province

LEAST_ROOM = 200 * 1024 * 1024  # bytes on the disk of files
_UNSTORED = {"Cache-Control": "no-store"}
logger = logging.getLogger(__name__)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """`/healthz`: 200 while the portal and its database answer, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503, headers=_UNSTORED)
    return JsonResponse({"status": "ok", "release": settings.RELEASE}, headers=_UNSTORED)


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """`/readyz`: 200 while all of it can do its work, 503 otherwise; what is missing is said in the log only."""
    try:
        missing = next((name for name, is_there in NEEDED.items() if not is_there()), "")
    except DatabaseError:
        missing = "a database that answers"
    if missing:
        logger.warning("Not ready: %s is missing.", missing)
        return JsonResponse({"status": "not ready"}, status=503, headers=_UNSTORED)
    return JsonResponse({"status": "ready"}, headers=_UNSTORED)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """`/metrics`: Prometheus' figures for whoever bears METRICS_TOKEN; for all others there is nothing here."""
    borne, token = request.headers.get("Authorization", ""), settings.METRICS_TOKEN
    if not token or not compare_digest(borne.encode(), f"Bearer {token}".encode()):
        raise Http404
    answer = ExportToDjangoView(request)
    answer["Cache-Control"] = "no-store"
    return answer


def is_migrated() -> bool:
    """Has every migration of this release been applied? Once it has, it stays so."""
    kept = caches["pages"]
    if kept.get("migrated") != settings.RELEASE:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        kept.set("migrated", settings.RELEASE, timeout=None)
    return True


def has_worker() -> bool:
    """Is a job worker at work, or waiting for some?"""
    return bool(workers_present())


def has_room() -> bool:
    """Is there room for files?"""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free >= LEAST_ROOM


NEEDED = {
    "a migration": is_migrated,
    "a database of this province": lambda: not foreign_province(),
    "a job worker": has_worker,
    "room on the disk of files": has_room,
}

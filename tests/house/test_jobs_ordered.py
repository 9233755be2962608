"""A job is ordered in the transaction that needs it, never after: what is cut off in between would be lost for ever."""

import ast

import pytest
from django.conf import settings

from disperin import settings as portal

FOLDERS = ("disperin", "industries", "ovop", "zones")


def ordered_late(source):
    """The lines of a module that order a job once a transaction is through."""
    if "on_commit" not in source:
        return []  # most need not be read any closer
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    late = [node for node in calls if ast.unparse(node.func).endswith("on_commit")]
    return [node.lineno for node in late if "enqueue" in ast.unparse(node)]


def test_no_job_is_ordered_after_its_transaction():
    found = {
        str(path.relative_to(settings.BASE_DIR)): lines
        for folder in FOLDERS
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if (lines := ordered_late(path.read_text()))
    }

    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "transaction.on_commit(partial(send.enqueue, 1))",
        "on_commit(lambda: send.using(run_after=later).enqueue(1))",
        "connection.on_commit(send.enqueue)",
    ],
)
def test_a_late_order_would_be_seen(line):
    assert ordered_late(line) == [1]


def test_the_queue_lies_in_the_same_database():
    """A backend elsewhere could not take an order back with its transaction."""
    assert portal.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
    assert "OPTIONS" not in portal.TASKS["default"]
    assert list(portal.DATABASES) == ["default"]

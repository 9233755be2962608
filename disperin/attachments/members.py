"""The members of a body that brings a file: one that nobody knows, or that was sent twice, is never passed over."""

from collections.abc import Container
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST = 20  # that are named


def strange_members(data: Any, known: Container[str]) -> dict[str, list[ValidationError]]:
    """`{name: [ValidationError]}` of the members of a form (or a JSON object) that are not `known`, or stand twice."""
    members = data.lists() if hasattr(data, "lists") else ((name, [value]) for name, value in data.items())
    problems = {}
    for name, values in members:
        if name not in known:
            problems[name[:80]] = [ValidationError(_("There is no such field."), "unknown")]
        elif len(values) > 1:
            problems[name] = [ValidationError(_("This was sent twice. Send it once."), "repeated")]
    return dict(list(problems.items())[:MOST])

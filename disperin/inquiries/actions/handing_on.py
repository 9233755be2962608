"""Inquiries that somebody who goes was handling are given to a colleague; their clock runs on."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from disperin.accounts.holdings import DEED
from disperin.accounts.models import User
from disperin.history.models import record_many
from disperin.inquiries.models import Inquiry
from disperin.notices.actions import mark_done


def hand_on_inquiries(inquiries: QuerySet[Inquiry], *, to: User, by: User, told: dict[str, Any]) -> None:
    """Let `to` handle these open inquiries (a queryset)."""
    held = list(inquiries.select_for_update(of=["self"]).order_by("pk"))
    Inquiry.objects.filter(pk__in=[inquiry.pk for inquiry in held]).update(handled_by=to)
    mark_done(*(reverse("inquiries:detail", args=[inquiry.number]) for inquiry in held))
    record_many([(DEED, inquiry, told) for inquiry in held], by=by)

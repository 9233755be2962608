"""An inquiry goes where the record goes that it is about: whoever works there answers it."""

from django.urls import reverse

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.inquiries.actions.handling import DEEDS
from disperin.inquiries.actions.notifying import tell_office
from disperin.inquiries.models import Inquiry
from disperin.inquiries.workflow import Step
from disperin.notices.actions import mark_done
from disperin.regions.models import Regency


def move_inquiries(register: str, number: str, *, left: str, regency: Regency, by: User) -> None:
    """Pass on the open inquiries about a record that has left a regency (its code); the people there are told.

    What was passed on to another place by hand stays there, and what is the province's stays so. Whoever handles one
    and reaches the new place, too, goes on. The clock runs on.
    """
    about = Inquiry.objects.open().filter(register=register, record_number=number, regency=left)
    for inquiry in about.select_for_update(of=["self"]).select_related("handled_by").order_by("pk"):
        inquiry.regency = regency
        handler = inquiry.handled_by
        if handler is None or not handler.sees_all:
            inquiry.handled_by = None
        inquiry.save(update_fields=["regency", "handled_by"])
        write_history(DEEDS[Step.REASSIGN], inquiry, by=by, place=regency.name)
        if inquiry.handled_by is None:
            mark_done(reverse("inquiries:detail", args=[inquiry.number]))
            tell_office(inquiry)

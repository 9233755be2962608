"""What has a day here, and what waits: halal tasks and the halal duty; papers and certificates that end."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Figure, Group, Waiting
from industries import rules
from industries.models import (
    Document,
    Establishment,
    GreenCertification,
    HalalCertification,
    HalalTask,
    Quality,
    past_the_deadline,
)


def _maker(number: str) -> str:
    return reverse("industries:establishment-detail", args=[number])


def _documents(user: User) -> agenda.Found:
    makers = Establishment.objects.within_reach(user).current()
    return Document.objects.filter(closed_on=None, valid_until__isnull=False, establishment__in=makers)


def _past_the_duty(user: User) -> Figure:
    """The products past their halal deadline, as the work list counts them, and the first day on which one was."""
    today = timezone.localdate()
    places, longest = past_the_deadline(today, user=user)
    since = today - datetime.timedelta(days=longest - 1) if longest else None  # one day late is the first day
    return Figure(places.total(), since, places)


agenda.add(
    Dated(
        "halal-task",
        _("Halal tasks"),
        Group.WORK,
        of_one=_("Halal task"),
        of=lambda user: HalalTask.objects.within_reach(user).filter(ended_on=None),
        day="due_on",
        number="product__establishment__number",
        name="product__name",
        who="assigned_to__full_name",
        person="assigned_to",
        own=_("Halal tasks of yours"),
        own_of_one=_("Halal task of yours"),
        action=_("See to them"),
        icon="clipboard-check",
        url=_maker,
    ),
    Dated(
        "document",
        _("Permits and documents of makers"),
        Group.EXPIRY,
        of_one=_("Permit or document of a maker"),
        of=_documents,
        day="valid_until",
        number="establishment__number",
        name="establishment__name",
        note="kind",
        notes=dict(rules.DocumentKind.choices),
        regency="establishment__regency",
        desk=_("The makers themselves"),
        icon="file-earmark-text",
        url=_maker,
    ),
    Dated(
        "halal",
        _("Halal certificates with an end"),
        Group.EXPIRY,
        of_one=_("Halal certificate with an end"),
        of=lambda user: (
            HalalCertification.objects.within_reach(user).current().filter(valid_until__isnull=False, revoked_on=None)
        ),
        day="valid_until",
        name="establishment__name",
        desk=_("The makers themselves"),
        icon="check-circle",
        url=lambda number: reverse("industries:halalcertification-detail", args=[number]),
    ),
    Dated(
        "green",
        _("Green-industry certificates"),
        Group.EXPIRY,
        of_one=_("Green-industry certificate"),
        of=lambda user: (
            GreenCertification.objects.within_reach(user).current().filter(valid_until__isnull=False, revoked_on=None)
        ),
        day="valid_until",
        name="establishment__name",
        desk=_("The makers themselves"),
        icon="globe",
        url=lambda number: reverse("industries:greencertification-detail", args=[number]),
    ),
    Waiting(
        "halal-duty",
        _("Products past their halal deadline"),
        of_one=_("Product past its halal deadline"),
        of=_past_the_duty,
        url=lambda _user: agenda.address("industries:halal-work", past="on") + "#produk",
        action=_("See the products"),
        desk=_("Officers of the regencies and cities"),
        icon="exclamation-triangle",
        is_late=True,
    ),
    Waiting(
        "quality",
        _("Makers whose data can be better"),
        of_one=_("Maker whose data can be better"),
        of=lambda user: Quality.objects.within_reach(user).to_do() if user.regency_id else None,
        url=lambda _user: reverse("industries:quality-work"),
        action=_("See the worst first"),
        icon="clipboard-check",
    ),
)

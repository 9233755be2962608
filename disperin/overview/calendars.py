"""A person's due days for the calendar of a telephone or computer, under a secret address that they make and end."""

import datetime
import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from disperin.accounts import actions
from disperin.accounts.models import CalendarAddress
from disperin.desk.pages import Desk
from disperin.overview import due_days
from disperin.overview.due_days import Asked, Item
from disperin.overview.icalendar import Event, calendar

PAST, AHEAD = datetime.timedelta(days=60), datetime.timedelta(days=366)
MOST = 500  # events; the earliest


@method_decorator(never_cache, name="dispatch")
class CalendarFile(View):
    """`/tenggat/<token>.ics`: what lies within the owner's reach now. Kind, number, day and link, and nothing else.

    Whoever keeps calendars for others reads it too: no name, no title, no person.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        owner = CalendarAddress.objects.owner_of(token)
        if owner is None:
            raise Http404
        today, now = timezone.localdate(), timezone.now()
        near = Asked(since=today - PAST, until=today + AHEAD)
        items = due_days.items(owner, near, today, start=0, stop=MOST)
        name = _("Due days, %(province)s") % {"province": settings.PROVINCE}
        zone = timezone.get_default_timezone()
        text = calendar((_event(request, item) for item in items), name=name, zone=zone, now=now)
        return HttpResponse(text, content_type="text/calendar; charset=utf-8")


class CalendarPage(Desk):
    """`/tenggat/kalender/`: what the address is for; POST makes it, anew each time, or ends it. It is shown once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest) -> HttpResponseBase:
        user: Any = request.user
        if "end" in request.POST:
            actions.end_calendar_address(user, by=user)
            messages.success(request, _("The address has ended: calendars get nothing from it any more."))
            return redirect("overview:calendar")
        token = actions.make_calendar_address(user, by=user)
        return self._page(request.build_absolute_uri(reverse("overview:calendar-file", args=[token])))

    def _page(self, address: str = "") -> HttpResponse:
        made = CalendarAddress.objects.filter(user=self.request.user.pk).first()
        context = {"address": address, "made": made, "past": PAST.days, "most": MOST}
        return render(self.request, "overview/calendar.html", context)


def _event(request: HttpRequest, item: Item) -> Event:
    return Event(
        uid=f"{_uid(item)}@{urlsplit(settings.PUBLIC_ORIGIN).hostname}",
        day=item.day,
        title=f"{item.kind.of_one}: {item.number}" if item.number else str(item.kind.of_one),
        category=str(item.kind.group.label),
        url=request.build_absolute_uri(item.url),
    )


def _uid(item: Item) -> str:
    """What an event is known by for ever: nothing of its key, which may itself be a secret's."""
    return hashlib.blake2b(f"{item.kind.key}-{item.key}".encode(), digest_size=16).hexdigest()

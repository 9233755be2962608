"""One's own notices: what was decided, with a text to send on. Opening one marks it as read."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import ListView, View

from disperin.accounts.models import Absence, represented_by
from disperin.accounts.requests import UserRequest
from disperin.notices.actions import mark_read
from disperin.notices.models import Notice, NoticeQuerySet
from disperin.ui.context import in_language
from disperin.ui.listing import with_query

PAGE_SIZE = 20
_MOST_ID = 2**63 - 1


@method_decorator(never_cache, name="dispatch")
class NoticeList(LoginRequiredMixin, ListView):
    """`/pemberitahuan/`: the newest first, without counting; `?sebelum=<id>` goes on where the page before ended.

    `?mewakili=<id>` shows what somebody was told since they are away, to who stands in; it stays unread for them.
    """

    request: UserRequest
    template_name = "notices/list.html"
    context_object_name = "notices"

    def get_queryset(self) -> NoticeQuerySet:
        self.absence = self._represented()
        notices = Notice.objects.of(self.request.user)
        if self.absence:
            begun = datetime.datetime.combine(self.absence.first_day, datetime.time.min)
            notices = Notice.objects.of(self.absence.user).filter(created_at__gte=timezone.make_aware(begun))
        before = self.request.GET.get("sebelum", "")
        if before:
            if not (before.isascii() and before.isdecimal() and len(before) < 20 and int(before) <= _MOST_ID):
                raise Http404
            notices = notices.filter(pk__lt=int(before))
        return notices[: PAGE_SIZE + 1]

    def _represented(self) -> Absence | None:
        """The absence of the person in whose place one reads (`?mewakili=<id>`); 404 for whom one does not stand in."""
        asked = self.request.GET.get("mewakili")
        if asked is None:
            return None
        for absence in represented_by(self.request.user, timezone.localdate()):
            if str(absence.user_id) == asked:
                return absence
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notices = list(self.object_list)
        shown = notices[:PAGE_SIZE]
        more = len(notices) > PAGE_SIZE
        return super().get_context_data(
            **{
                **kwargs,
                "object_list": shown,
                "next_url": with_query(self.request, sebelum=shown[-1].pk) if more else "",
                "newest_url": self.request.path if "sebelum" in self.request.GET else "",
                "absence": self.absence,
                "has_unread": not self.absence and Notice.objects.of(self.request.user).unread().exists(),
            }
        )


class NoticeOpen(LoginRequiredMixin, View):
    """`/pemberitahuan/<id>/buka/`: marks it as read and leads to what it is about, in the language of the page."""

    def post(self, request: UserRequest, pk: str) -> HttpResponse:
        notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
        mark_read(Notice.objects.of(request.user).filter(pk=notice.pk))
        if not url_has_allowed_host_and_scheme(notice.path, allowed_hosts=None):
            return redirect("notices:list")
        return redirect(in_language(notice.path, get_language()))


class NoticeReadAll(LoginRequiredMixin, View):
    """`/pemberitahuan/dibaca/`: marks all of one's own as read."""

    def post(self, request: UserRequest) -> HttpResponse:
        mark_read(Notice.objects.of(request.user))
        messages.success(request, _("All notices are marked as read."))
        return redirect("notices:list")

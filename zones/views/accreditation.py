"""`/kawasan/<slug>/akreditasi/`: the accreditation self-check of a zone, inside the office."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.desk.refusals import Refused, Stale, add_refused
from disperin.history.views import timeline
from disperin.registers.lists.views import name_in_addresses
from disperin.ui.abilities import TakesFile
from zones import actions
from zones.forms import SelfCheckForm
from zones.models import SelfCheckAnswer, Zone, accreditation_items, self_checks
from zones.rules.accreditation import Aspect, Scheme


class ZoneSelfCheck(Desk):
    """What the items come to, for those whose reach includes the zone; who proposes for it answers them here."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        slug = name_in_addresses(Zone, number, request.user)
        if slug and slug != number:
            return redirect("zones:zone-self-check", slug, permanent=True)
        self._look_up(number)
        return self._page(self._form(), actions.last_answered(self.zone))

    def post(self, request: UserRequest, number: str) -> HttpResponse:
        self._look_up(number)
        if not request.user.can_propose:
            raise Refused(_("Your role reads; it does not answer."))
        post, refused_files = self._with_files()
        form, seen = self._form(post), _moment(post.get("seen", ""))
        for name, problem in refused_files.items():
            form.add_error(name, problem)
        if not form.is_valid():
            return self._page(form, seen, status=400)
        try:
            actions.answer_self_check(self.zone, form.answers, by=request.user, seen=seen)
        except ValidationError as refused:
            add_refused(form, refused)
            return self._page(form, seen, status=400)
        except Stale:
            return self._page(form, actions.last_answered(self.zone), status=409, theirs=self._theirs(seen))
        messages.success(request, _("The self-check is kept."))
        return redirect("zones:zone-self-check", number)

    def _look_up(self, number: str) -> None:
        """The zone with its items and answers; 404 where it lies out of reach, as if it were not there."""
        if "\x00" in number:
            raise Http404
        reachable = Zone.objects.within_reach(self.request.user).in_lists()
        self.zone = get_object_or_404(reachable.select_related("regency"), slug=number)
        self.items = accreditation_items(timezone.localdate())
        answers = self.zone.self_check_answers.select_related("document", "item", "answered_by")
        self.stored = {answer.item_id: answer for answer in answers}

    def _form(self, data: QueryDict | None = None) -> SelfCheckForm:
        return SelfCheckForm(data, items=self.items, answers=self.stored, by=self.request.user)

    def _with_files(self) -> tuple[QueryDict, dict[str, str]]:
        """The posted texts with the ids of the files that were sent along, and what went wrong with files."""
        post, refused = self.request.POST.copy(), {}
        for name, field in self._form().fields.items():
            if isinstance(field, TakesFile):
                post[name], problem = field.take_in(
                    post, self.request.FILES, name, regency=self.zone.regency, by=self.request.user
                )
                post.pop(f"{name}-clear", None)
                if problem:
                    refused[name] = problem
        return post, refused

    def _theirs(self, seen: datetime.datetime | None) -> list[SelfCheckAnswer]:
        """What others have answered since the page was opened."""
        return [answer for answer in self.stored.values() if seen is None or answer.answered_at > seen]

    def _rows(self, form: SelfCheckForm, aspect: str) -> list[Any]:
        """`[(item, [bound field], answer or None)]` of the items of an aspect."""
        return [(item, form.fields_of(item), self.stored.get(item.pk)) for item in self.items if item.aspect == aspect]

    def _page(
        self,
        form: SelfCheckForm,
        seen: datetime.datetime | None,
        *,
        status: int = 200,
        theirs: Sequence[SelfCheckAnswer] = (),
    ) -> HttpResponse:
        check, scheme = self_checks(self.items, [self.zone])[self.zone.pk], Scheme()
        context = {
            "zone": self.zone,
            "form": form,
            "check": check,
            "threshold": scheme.threshold,
            "aspects": [(Aspect(key), score, self._rows(form, key)) for key, score in check.aspects.items()],
            "without_items": [Aspect(key).label for key in check.without_items],
            "seen": seen.isoformat() if seen else "",
            "theirs": theirs,
            "may_answer": self.request.user.can_propose and self.zone.closed_on is None,
            "events": timeline(self.zone),
        }
        return render(self.request, "zones/self_check.html", context, status=status)


def _moment(text: str) -> datetime.datetime | None:
    """The time of the last answer that the page showed; None for none (and for nonsense, which is then stale)."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None

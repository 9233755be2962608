"""`/data/<register>/belum-ada/`: how many records within reach lack each thing that is wanted, each with its list."""

from collections.abc import Sequence
from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from disperin.accounts.requests import UserRequest
from disperin.desk.counting import Count, answers
from disperin.mydata.forms import PlaceForm
from disperin.mydata.models import LackTask
from disperin.mydata.views.tables import OfRegister
from disperin.registers.lists.addresses import table_address
from disperin.registers.lists.lacks import wanted_of
from disperin.registers.lists.one_moment import TookTooLong, not_longer_than

TOGETHER, ALONE = 2_000, 500  # milliseconds of all counts in one statement, and of one where that took too long


class Lacking(OfRegister):
    """Counts up to 1,000, and of how many somebody sees to it; the province may look at one regency."""

    def get(self, request: UserRequest, slug: str) -> HttpResponse:
        register, form = self.register(slug), PlaceForm(request.GET, by=request.user)
        if not form.is_valid():
            context = {"register": register, "form": form, "problems": form}
            return render(request, "mydata/lacking.html", context, status=400)
        regency = form.cleaned_data.get("regency")
        reached = register.model.objects.within_reach(request.user).unclosed().in_lists()
        given = LackTask.objects.within_reach(request.user).unended().filter(register=register.slug)
        if regency:
            reached, given = reached.filter(regency=regency), given.filter(regency=regency)
        wanted = wanted_of(register)
        asked = [Count(reached), *(Count(reached.filter(lack.is_missing)) for lack in wanted)]
        asked += [Count(given.filter(lack=lack.name)) for lack in wanted]
        total, *numbers = _counted(asked)
        within = {"regency": regency.pk} if regency else {}
        tiles = [
            (lack.label, number, tasks, f"{table_address(register)}?{urlencode({'lack': lack.name, **within})}")
            for lack, number, tasks in zip(wanted, numbers[: len(wanted)], numbers[len(wanted) :], strict=True)
        ]
        whole_url = f"{table_address(register)}?{urlencode(within or {'all': 'on'})}"
        context = {"register": register, "form": form, "regency": regency, "total": total, "tiles": tiles}
        context["is_whole"] = None not in numbers
        return render(request, "mydata/lacking.html", context | {"whole_url": whole_url})


def _counted(asked: Sequence[Count]) -> list[int | None]:
    """What these count: all in one statement, or each by itself where that takes too long; None for one that does."""
    with suppress(TookTooLong), not_longer_than(TOGETHER):
        return answers(asked)
    return [_counted_alone(count) for count in asked]


def _counted_alone(count: Count) -> int | None:
    with suppress(TookTooLong), not_longer_than(ALONE):
        return answers([count])[0]
    return None

"""`/data/<register>/belum-ada/`: how many records within reach lack each thing that is wanted, each with its list."""

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


class Lacking(OfRegister):
    """Counts up to 1,000, and of how many somebody sees to it; the province may look at one regency."""

    def get(self, request: UserRequest, slug: str) -> HttpResponse:
        register, form = self.register(slug), PlaceForm(request.GET, by=request.user)
        if not form.is_valid():
            context = {"register": register, "form": form, "problems": form}
            return render(request, "mydata/lacking.html", context, status=400)
        regency = form.cleaned_data.get("regency")
        reached = register.model.objects.within_reach(request.user).unclosed()
        given = LackTask.objects.within_reach(request.user).unended().filter(register=register.slug)
        if regency:
            reached, given = reached.filter(regency=regency), given.filter(regency=regency)
        wanted = wanted_of(register)
        asked = [Count(reached), *(Count(reached.filter(one.is_missing)) for one in wanted)]
        asked += [Count(given.filter(lack=one.name)) for one in wanted]
        total, *numbers = answers(asked)
        within = {"regency": regency.pk} if regency else {}
        tiles = [
            (one.label, number, tasks, f"{table_address(register)}?{urlencode({'lack': one.name, **within})}")
            for one, number, tasks in zip(wanted, numbers[: len(wanted)], numbers[len(wanted) :], strict=True)
        ]
        whole_url = f"{table_address(register)}?{urlencode(within or {'all': 'on'})}"
        context = {"register": register, "form": form, "regency": regency, "total": total, "tiles": tiles}
        return render(request, "mydata/lacking.html", context | {"whole_url": whole_url})

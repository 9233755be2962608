"""The classes of KBLI that everyday words may mean, fetched while somebody types."""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import render

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from disperin.registers.values.fields import ListInput
from industries.forms.kbli import choices_for, choices_of_each

MOST = 20  # of several texts
_FIELD = re.compile(r"[a-z0-9_-]{1,60}", re.ASCII)


class KbliChoices(Desk):
    """`/industri/kbli/pilihan/?field=products-0-kbli&products-0-kbli=keripik`: what may be picked in that field.

    Where nothing is typed there, the name of the product beside it speaks. With `several`, each line is asked for.
    """

    def get(self, request: UserRequest) -> HttpResponse:
        name = request.GET.get("field", "kbli")
        if not _FIELD.fullmatch(name):
            raise Http404
        if "several" in request.GET:
            given = ListInput().value_from_datadict(request.GET, {}, name) or []
            context = {"several": choices_of_each(name, given[:MOST])}
            return render(request, "industries/_kbli_list_choices.html", context)
        beside = request.GET.get(f"{name.removesuffix('kbli')}name", "")
        choices = choices_for(name, request.GET.get(name, ""), beside.strip())
        return render(request, "industries/_kbli_choices.html", {"choices": choices})

"""The classes of KBLI that everyday words may mean, fetched while somebody types."""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import render

from disperin.accounts.requests import UserRequest
from disperin.desk.pages import Desk
from industries.forms.kbli import choices_for

_FIELD = re.compile(r"[a-z0-9_-]{1,60}", re.ASCII)


class KbliChoices(Desk):
    """`/industri/kbli/pilihan/?field=products-0-kbli&products-0-kbli=keripik`: what may be picked in that field.

    Where nothing is typed there, the name of the product beside it speaks.
    """

    def get(self, request: UserRequest) -> HttpResponse:
        name = request.GET.get("field", "kbli")
        if not _FIELD.fullmatch(name):
            raise Http404
        beside = request.GET.get(f"{name.removesuffix('kbli')}name", "")
        choices = choices_for(name, request.GET.get(name, ""), beside.strip())
        return render(request, "industries/_kbli_choices.html", {"choices": choices})

"""The makers whose data can be better, the worst first, each with what lifts it most."""

from typing import ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.requests import UserRequest
from disperin.desk.lists import DeskList
from disperin.registers.lists.listing import Order
from industries.filters import QualityFilter
from industries.models import Quality
from industries.models.quality import FIRST_TO_DO, fix_label, is_being_judged, scores_are_of
from industries.models.quality_judging import fix_address

TO_DO = Order("first", _("Lowest score first"), FIRST_TO_DO)


class QualityWork(DeskList):
    """`/mutu/`: the makers within reach whose data can be better, the lowest scores first, each with its best fix."""

    filterset_class = QualityFilter
    columns: ClassVar[tuple[str, ...]] = (
        "establishment__number", "establishment__name", "regency__name", "score", "fix", "lift",
    )  # fmt: skip

    def get(self, request: UserRequest) -> HttpResponse:
        context = self.narrowed(Quality.objects.within_reach(request.user).to_do(), TO_DO)
        for row in context["rows"]:
            row["fix_text"] = fix_label(row["fix"])
            row["url"] = fix_address(row["establishment__number"], row["fix"])
        context |= {"day": scores_are_of(timezone.localdate()), "is_being_judged": is_being_judged()}
        return render(request, "industries/quality_work.html", context, status=400 if context["problems"] else 200)
